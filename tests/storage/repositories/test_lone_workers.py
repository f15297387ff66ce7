"""Check-ins and duress words on disk, and what a step of somebody's live location costs."""

from datetime import UTC, datetime, timedelta
from functools import partial

from core.rules.timers import Timer, TimerKind
from core.state.checkins import CheckIn, Sighting
from core.state.duress import DuressWord, digest_of, matches
from core.state.person import Person
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Membership
from storage.engine.session import Session
from storage.queues import timers
from storage.repositories import checkins, duress, people
from tests.support.databases import Direct

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
JUAN = 500
CHECK_IN = CheckIn(
    person=1,
    every=30 * MINUTE,
    grace=2 * MINUTE,
    still_after=10 * MINUTE,
    due_at=NOON + 30 * MINUTE,
    still_since=NOON,
    by_hand=True,
)


def seen(minutes: float, *, until: float | None = None) -> tuple[int, Sighting]:
    """Juan, so many minutes after noon, a hundred metres on with each."""
    position = Position(place=Place(-2.18 + minutes / 1_000, -79.88), at=NOON + minutes * MINUTE)
    return JUAN, Sighting(position=position, live_until=NOON + until * MINUTE if until is not None else None)


def due(direct: Direct) -> list[tuple[TimerKind, float]]:
    """Pending timers, each with its minutes after noon."""

    async def look(session: Session) -> tuple[Timer, ...]:
        found = await timers.take_due(session, NOON + timedelta(days=1), 100)
        await timers.set_timers(session, found)
        return found

    return [(timer.kind, (timer.due_at - NOON) / MINUTE) for timer in direct.run(look)]


def test_a_step_sets_a_timer_only_when_one_is_due_earlier(direct: Direct) -> None:
    direct.run(lambda session: people.save(session, None, _person()))
    direct.run(lambda session: checkins.save(session, JUAN, CHECK_IN))
    assert not direct.run(lambda session: checkins.follow(session, [seen(1)]))
    assert due(direct) == []

    assert direct.run(lambda session: checkins.follow(session, [seen(2, until=60), seen(3, until=60)]))
    assert due(direct) == [(TimerKind.CHECK_IN, 12)]
    assert not direct.run(lambda session: checkins.follow(session, [seen(4, until=60)]))
    assert due(direct) == [(TimerKind.CHECK_IN, 12)], "a look that comes too early is put off when it comes"

    assert direct.run(lambda session: checkins.follow(session, [seen(5, until=5)]))
    assert due(direct) == [(TimerKind.CHECK_IN, 5)]
    kept = direct.run(lambda session: checkins.find(session, JUAN))
    assert kept is not None
    assert len(kept.track) == 5

    direct.run(lambda session: checkins.save(session, JUAN, None))
    assert direct.run(lambda session: checkins.find(session, JUAN)) is None


def test_whoever_has_no_check_in_is_just_seen(direct: Direct) -> None:
    direct.run(lambda session: people.save(session, None, _person()))
    direct.run(lambda session: checkins.save(session, 999, CHECK_IN))
    assert not direct.run(lambda session: checkins.follow(session, [seen(2, until=60)]))
    person = direct.run(lambda session: people.by_account(session, JUAN))
    assert person is not None
    assert person.position == seen(2)[1].position
    assert due(direct) == []


def test_of_a_duress_word_only_what_can_not_be_read_is_kept(direct: Direct) -> None:
    for salt, word in ((b"a", "Girasol"), (b"b", "Dulce de membrillo")):
        kept = DuressWord(salt=salt, digest=digest_of(word, salt))
        direct.run(partial(duress.keep, person=1, word=kept))
        direct.run(lambda session: duress.note(session, 1, 7))
    found = direct.run(lambda session: duress.find(session, 1))
    assert found is not None
    assert found.alarm == 7
    assert matches("¡dulce de MEMBRILLO!", found)
    assert not matches("girasol", found)
    assert direct.run(lambda session: duress.find(session, 2)) is None


def _person() -> Person:
    return Person(id=0, account=JUAN, name="Juan", membership=Membership.ACTIVE)
