"""Ages in the database: older rows are deleted or blanked, and rows of just that age are not (P15)."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from core.desk.ports import Record
from core.rules.guesses import Guesses
from core.state.checkins import CheckIn, Sighting
from core.state.person import Person
from core.vocabulary import events as e
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Membership, Role
from storage.audit import chain, dead_letters, record
from storage.engine.session import Session
from storage.queues import inbox
from storage.queues.inbox import Arrival
from storage.repositories import checkins, forms, lost_words, old_people, old_places, old_requests, people
from storage.repositories.forms import Form
from tests.storage.team import SEVEN, Team
from tests.support.databases import Direct

BEFORE = SEVEN
MOMENT = timedelta(milliseconds=1)
PLAZA, PORT = Place(-2.19, -79.88), Place(-2.28, -79.91)


@pytest.fixture
def team(direct: Direct) -> Team:
    return Team(direct)


def see(direct: Direct, person: Person, at: datetime, live_until: datetime | None = None) -> None:
    seen = Sighting(position=Position(place=PLAZA, at=at), live_until=live_until)
    direct.run(lambda session: people.move(session, [(person.account, seen)]))


def place_of(direct: Direct, person: Person) -> Position | None:
    found = direct.run(lambda session: people.by_id(session, person.id))
    assert found is not None
    return found.position


def forget_places(direct: Direct) -> list[int]:
    async def unit(session: Session) -> list[int]:
        found, _ = await old_places.seen_before(session, BEFORE, 0, 100)
        await old_places.blank(session, found, BEFORE)
        return found

    return direct.run(unit)


def test_p15_a_place_is_forgotten_when_it_is_old_and_nobody_shares_it_any_more(direct: Direct, team: Team) -> None:
    old, young, shared = team.adds("Ana"), team.adds("Beto"), team.adds("Caro")
    see(direct, old, BEFORE - MOMENT)
    see(direct, young, BEFORE)
    see(direct, shared, BEFORE - timedelta(hours=3), live_until=BEFORE)
    assert forget_places(direct) == [old.id]
    assert place_of(direct, old) is None
    assert place_of(direct, young) is not None
    assert place_of(direct, shared) is not None
    assert forget_places(direct) == [], "what is forgotten is not looked for again"


def test_p15_a_place_that_is_new_meanwhile_is_kept(direct: Direct, team: Team) -> None:
    ana = team.adds("Ana")
    see(direct, ana, BEFORE - MOMENT)
    found, _ = direct.run(partial(old_places.seen_before, before=BEFORE, after=0, most=10))
    see(direct, ana, BEFORE)
    direct.run(partial(old_places.blank, people=found, before=BEFORE))
    assert place_of(direct, ana) is not None


@pytest.mark.parametrize("membership", [Membership.PENDING, Membership.DISABLED])
def test_p15_no_place_is_kept_of_who_is_not_let_in(direct: Direct, team: Team, membership: Membership) -> None:
    eva = team.adds("Eva", membership=membership)
    see(direct, eva, BEFORE + timedelta(hours=1))
    assert place_of(direct, eva) is None
    known = Position(place=PLAZA, at=BEFORE + timedelta(hours=1))
    former = team.adds("Fito", membership=membership, position=known)
    assert forget_places(direct) == [former.id], "nor for as long as another's"
    assert place_of(direct, former) is None


def test_p15_of_a_way_only_the_last_place_outlives_its_time(direct: Direct) -> None:
    def at(*ages: timedelta) -> tuple[Position, ...]:
        return tuple(Position(place=PORT, at=BEFORE - age) for age in ages)

    hour = timedelta(hours=1)
    ways = {1: at(2 * hour, MOMENT, 0 * hour, -hour), 2: at(2 * hour, hour), 3: at(0 * hour, -hour), 4: ()}
    for account, way in ways.items():
        check_in = CheckIn(
            person=account, every=hour, grace=hour, still_after=hour, due_at=SEVEN, still_since=SEVEN, track=way
        )
        direct.run(partial(checkins.save, account=account, check_in=check_in))

    old, further = direct.run(partial(old_places.tracked_before, before=BEFORE, after=0, most=3))
    assert (old, further) == ([1, 2], 3)
    direct.run(partial(old_places.shorten, accounts=old, before=BEFORE))
    kept = {account: direct.run(partial(checkins.find, account=account)) for account in ways}
    assert {account: one.track for account, one in kept.items() if one} == ways | {1: ways[1][2:], 2: ways[2][1:]}
    assert direct.run(partial(old_places.tracked_before, before=BEFORE, after=3, most=3)) == ([], None)


def test_p15_a_request_that_nobody_answers_is_forgotten_and_the_record_says_so(direct: Direct, team: Team) -> None:
    def asks(name: str, at: datetime, membership: Membership = Membership.PENDING) -> Person:
        person = team.adds(name, membership=membership)
        asked = Record(at=at, event=e.AccessRequested(name=name), by=None, via="chat", person=person.id)
        direct.run(lambda session: record.add(session, [asked]))
        return person

    old, _, _, last = (
        asks("Ana", BEFORE - MOMENT),
        asks("Beto", BEFORE),
        asks("Caro", BEFORE - MOMENT, Membership.ACTIVE),
        asks("Dora", BEFORE - MOMENT),
    )
    found, further = direct.run(partial(old_requests.asked_before, before=BEFORE, after=0, most=10))
    assert (found, further) == ([old.id, last.id], None)
    direct.run(partial(old_requests.forget, people=found, before=BEFORE, now=SEVEN))
    assert direct.run(lambda session: people.by_id(session, old.id)) is None
    kept = direct.run(lambda session: people.by_id(session, last.id))
    assert kept is not None, "the highest number would be given again, and a button that was sent would let in another"
    rows = direct.run(lambda session: chain.page(session, 0))
    assert [row.body for row in rows[4:]] == [f'{{"type":"forgotten","people":[{old.id}]}}']


def test_p15_a_form_that_nobody_ends_is_forgotten(direct: Direct) -> None:
    form = Form(kind="new", step="title", data={"title": "Robo en la plaza"})
    for person, (at, topic) in enumerate([(BEFORE - MOMENT, None), (BEFORE, None), (BEFORE - MOMENT, 5), (BEFORE, 5)]):
        direct.run(partial(forms.keep, person=person, chat=-7, form=form, now=at, topic=topic))
    assert direct.run(partial(forms.old_chats, before=BEFORE)) == (-7, -7)
    direct.run(partial(forms.forget, chats=[-7], before=BEFORE))
    found = [direct.run(partial(forms.find, person=n, chat=-7, topic=t)) for n, t in enumerate([None, None, 5, 5])]
    assert [one is not None for one in found] == [False, True, False, True]
    assert direct.run(partial(forms.old_chats, before=BEFORE)) == ()


def test_p15_what_was_set_aside_and_nobody_looks_at_is_dropped_and_the_record_says_so(direct: Direct) -> None:
    async def set_aside(session: Session, at: datetime, number: int) -> None:
        arrival = Arrival(update_id=number, line=f"{number}", urgent=False, payload='{"text": "secreto"}')
        await inbox.receive(session, [arrival], at)
        for row in await inbox.take(session, at, timedelta(minutes=1), 1):
            await inbox.park(session, row, at, "RuntimeError")

    for number, at in ((1, BEFORE - MOMENT), (2, BEFORE)):
        direct.run(partial(set_aside, at=at, number=number))
    expire = partial(dead_letters.expire, before=BEFORE, most=10, now=SEVEN)
    assert [direct.run(expire) for _ in range(2)] == [1, 0]
    rows = direct.run(lambda session: chain.page(session, 0))
    assert [(row.via, row.reason) for row in rows] == [("desk", "nobody looked at it in time")]
    assert '"number":1' in rows[0].body
    assert "secreto" not in rows[0].body


def test_p15_who_has_been_out_for_long_has_no_name_any_more_and_the_record_says_so(direct: Direct, team: Team) -> None:
    """Members' names are kept as long as their work's words; a stranger's who was refused, as long as a request."""
    young = BEFORE - timedelta(days=300)
    ages = old_people.Ages(member=young, refused=BEFORE)

    def out(name: str, at: datetime, *events: e.AccessEvent, membership: Membership = Membership.DISABLED) -> Person:
        person = team.adds(name, membership=membership)
        said = [Record(at=at, event=event, by=None, via="chat", person=person.id) for event in events]
        direct.run(lambda session: record.add(session, said))
        return person

    admitted = e.Admitted(role=Role.AGENT)
    gone = [
        out("Ana", young - MOMENT, admitted, e.Disabled()),
        out("Beto", BEFORE - MOMENT, e.AccessRequested(name="Beto"), e.Rejected()),
    ]
    stay = [
        out("Caro", young, admitted, e.Disabled()),
        out("Dora", BEFORE, e.AccessRequested(name="Dora"), e.Rejected()),
        out("Eva", BEFORE - MOMENT, admitted, e.Disabled(), e.AccessRequested(name="Eva"), e.Rejected()),
        out("Fito", young - MOMENT, admitted, membership=Membership.ACTIVE),
        out("Gala", young - MOMENT, admitted, membership=Membership.FROZEN),
    ]
    found, further = direct.run(partial(old_people.out_before, ages=ages, after=0, most=10))
    assert (found, further) == ([one.id for one in gone], None)
    assert direct.run(partial(old_people.out_before, ages=ages, after=0, most=2)) == (found, found[-1])
    for one in [*gone, *stay]:
        direct.run(partial(old_people.forget, person=one.id, ages=ages, now=SEVEN))
    for one in gone:
        left = direct.run(partial(people.by_id, person_id=one.id))
        assert left is not None
        assert (left.membership, left.name, left.account) == (Membership.FORGOTTEN, "—", -one.id)
    for one in stay:
        assert direct.run(partial(people.by_id, person_id=one.id)) == one
    rows = direct.run(lambda session: chain.page(session, 0))
    assert [(row.person, row.body) for row in rows if "data_erased" in row.body] == [
        (one.id, '{"type":"data_erased","by_age":true}') for one in gone
    ]
    assert direct.run(partial(old_people.out_before, ages=ages, after=0, most=10)) == ([], None)


def test_p15_wrong_guesses_that_count_no_more_are_forgotten_though_nobody_guesses_again(direct: Direct) -> None:
    old, new = "account:7", "account:8"
    for whose, since in ((old, BEFORE - MOMENT), (new, BEFORE)):
        counted = Guesses(wrong=1, since=since, until=None)
        direct.run(partial(lost_words.count, whose=whose, counted=counted, now=BEFORE))
    direct.run(partial(lost_words.forget_guesses, before=BEFORE))
    assert set(direct.run(partial(lost_words.guesses, whose=(old, new)))) == {new}
