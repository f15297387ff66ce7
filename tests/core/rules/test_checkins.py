"""When somebody who works alone is asked, and when an emergency opens in their name; at random, too."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.rules.checkin_rules import decide_check_in, following
from core.rules.permissions import DESK
from core.rules.situation import Rules, Situation
from core.state.checkins import MOVED, TRACKED, CheckIn, Sighting, evolve, followed, next_look, wanted, way_of
from core.vocabulary import checkin_commands as cc
from core.vocabulary import checkin_events as k
from core.vocabulary import events as e
from core.vocabulary.places import Place, Position, distance
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Kind, Membership
from tests.core.stages import ANA, BETO, NOON, staged

MINUTE = timedelta(minutes=1)
GRACE, STILL = 2 * MINUTE, 10 * MINUTE
RULES = Rules(checkin_grace=GRACE, still_after=STILL)


def north(metres: float) -> Place:
    return Place(lat=-2.0 + metres / 110_574, lon=-79.0)


def seen(metres: float, minutes: float, *, until: float | None = None) -> Sighting:
    """So far north, so many minutes after noon; ``until``: with a live location that lasts until then."""
    position = Position(place=north(metres), at=NOON + minutes * MINUTE)
    return Sighting(position=position, live_until=NOON + until * MINUTE if until is not None else None)


class Night:
    """One person's check-in, and a desk that looks at it just when it said it would."""

    def __init__(self) -> None:
        self.now = NOON
        self.check_in: CheckIn | None = None
        self.happened: list[tuple[datetime, k.CheckInEvent]] = []

    def asks(self, command: cc.CheckInCommand) -> Refusal | None:
        situation = Situation(caller=DESK, rules=RULES, agent=ANA, check_in=self.check_in)
        answer = decide_check_in(situation, command, self.now)
        if isinstance(answer, Refusal):
            return answer
        for event in answer:
            self.check_in = evolve(self.check_in, event, ANA.id, self.now)
            self.happened.append((self.now, event))
            if self.check_in is not None and isinstance(event, k.CheckInMissed | k.HelpWanted):
                self.check_in = replace(self.check_in, alarm=7)
        return None

    def passes(self, minutes: float) -> None:
        until = self.now + minutes * MINUTE
        while self.check_in is not None and (look := next_look(self.check_in)) is not None and look <= until:
            self.now = max(self.now, look)
            asked = self.check_in.asked is not None
            self.asks(cc.MissCheckIn(person=ANA.id) if asked else cc.RemindCheckIn(person=ANA.id))
        self.now = until

    def sees(self, sighting: Sighting) -> None:
        if self.check_in is not None:
            self.check_in = followed(self.check_in, sighting)

    @property
    def asked(self) -> str | None:
        return self.check_in.asked if self.check_in is not None else None

    @property
    def kinds(self) -> list[str]:
        return [str(event.__struct_config__.tag) for _, event in self.happened]


@pytest.fixture
def night() -> Night:
    begun = Night()
    assert begun.asks(cc.StartCheckIn(person=ANA.id, every=30 * MINUTE)) is None
    return begun


def test_p4_no_word_leads_to_a_question_and_no_answer_to_an_emergency(night: Night) -> None:
    night.passes(200)
    assert [(at - NOON, type(event)) for at, event in night.happened[1:]] == [
        (30 * MINUTE, k.CheckInReminded),
        (32 * MINUTE, k.CheckInMissed),
    ]


def test_a_word_in_the_grace_is_in_time(night: Night) -> None:
    night.passes(31.9)
    night.asks(cc.AnswerCheckIn(person=ANA.id))
    night.passes(29)
    assert night.kinds == ["check_in_started", "check_in_reminded", "check_in_answered"]


def test_a_late_timer_changes_nothing(night: Night) -> None:
    """The grace was over in the moment in which the answer came: whoever was first counts."""
    night.passes(30)
    night.asks(cc.AnswerCheckIn(person=ANA.id))
    night.now += GRACE
    night.asks(cc.MissCheckIn(person=ANA.id))
    night.asks(cc.RemindCheckIn(person=ANA.id))
    assert night.kinds[-1] == "check_in_answered"


def test_whoever_is_shut_out_is_no_longer_asked(night: Night) -> None:
    gone = Situation(
        caller=DESK, rules=RULES, agent=replace(ANA, membership=Membership.DISABLED), check_in=night.check_in
    )
    assert decide_check_in(gone, cc.RemindCheckIn(person=ANA.id), NOON) == (k.CheckInStopped(),)


@pytest.mark.parametrize("minutes", [-1, 0, 0.5, 721, 10_000])
def test_an_interval_that_is_none_is_refused_and_the_running_one_goes_on(night: Night, minutes: float) -> None:
    before = night.check_in
    refusal = night.asks(cc.StartCheckIn(person=ANA.id, every=minutes * MINUTE))
    assert refusal is not None
    assert refusal.reason is Reason.BAD_INTERVAL
    assert night.check_in == before


def test_a_live_location_that_ends_or_stands_still_is_a_reason_to_ask(night: Night) -> None:
    night.sees(seen(0, 0, until=5))
    night.passes(5)
    assert night.asked == "lost"
    night.asks(cc.AnswerCheckIn(person=ANA.id))
    night.sees(seen(0, 5, until=60))
    night.passes(9.9)
    night.sees(seen(20, 14, until=60))
    night.passes(0.2)
    assert night.asked == "still"


def test_whoever_shares_no_location_may_stand_still(night: Night) -> None:
    night.sees(seen(0, 0))
    night.passes(29)
    assert night.kinds == ["check_in_started"]


def test_a_stop_of_what_was_never_live_means_nothing(night: Night) -> None:
    night.sees(seen(0, 1, until=1))
    night.passes(5)
    assert night.kinds == ["check_in_started"]


def test_the_way_holds_the_last_places_and_ends_where_they_were_seen(night: Night) -> None:
    for step in range(20):
        night.sees(seen(10 * step, step))
    assert night.check_in is not None
    track = night.check_in.track
    assert len(track) == TRACKED
    assert all(distance(a.place, b.place) > MOVED for a, b in pairwise(track))
    last = seen(195, 25).position
    assert way_of(night.check_in, last)[-1] == last
    assert way_of(night.check_in, None) == ()


def test_an_old_sighting_does_not_turn_the_way_back(night: Night) -> None:
    night.sees(seen(100, 5))
    before = night.check_in
    night.sees(seen(500, 4))
    assert night.check_in == before


steps = st.lists(
    st.one_of(
        st.tuples(st.just("passes"), st.floats(0.1, 40)),
        st.tuples(st.just("answers"), st.just(0.0)),
        st.tuples(st.just("walks"), st.floats(-200, 200)),
        st.tuples(st.just("stops sharing"), st.just(0.0)),
        st.tuples(st.just("starts anew"), st.integers(1, 60).map(float)),
        st.tuples(st.just("asks for help"), st.just(0.0)),
    ),
    max_size=40,
)


@given(steps)
def test_p4_whatever_happens_nobody_is_forgotten(steps: list[tuple[str, float]]) -> None:
    """At any moment the desk has a time to look again, or an emergency is open.

    Nobody is overdue and not asked, and every emergency comes just one grace after a question without an answer.
    """
    night = Night()
    night.asks(cc.StartCheckIn(person=ANA.id, every=30 * MINUTE))
    where = 0.0
    for what, size in steps:
        minutes = (night.now - NOON) / MINUTE
        match what:
            case "passes":
                night.passes(size)
            case "answers":
                night.asks(cc.AnswerCheckIn(person=ANA.id))
            case "walks":
                where += size
                night.sees(seen(where, minutes, until=minutes + 45))
            case "stops sharing":
                night.sees(seen(where, minutes, until=minutes))
            case "starts anew":
                night.asks(cc.StartCheckIn(person=ANA.id, every=size * MINUTE))
            case _:
                night.asks(cc.NeedHelp(person=ANA.id))
        night.passes(0)
        check_in = night.check_in
        assert check_in is not None
        look = next_look(check_in)
        assert check_in.alarm is not None or (look is not None and look > night.now)
        assert wanted(check_in, night.now) is None
    for number, (at, event) in enumerate(night.happened):
        if isinstance(event, k.CheckInMissed):
            asked_at, question = night.happened[number - 1]
            assert question == k.CheckInReminded(why=event.why)
            assert at - asked_at == GRACE


OFFERED, ACCEPTED, STARTED = e.Offered(agent=ANA.id), e.Accepted(agent=ANA.id), e.Started()
GIVEN_ON = (e.Declined(agent=ANA.id), e.Offered(agent=BETO.id), e.Accepted(agent=BETO.id))
BEGINS, ENDS = cc.StartCheckIn(person=ANA.id, every=30 * MINUTE, task=7), cc.StopCheckIn(person=ANA.id, task=7)
WORK = (OFFERED, ACCEPTED, STARTED)


@pytest.mark.parametrize(
    ("before", "events", "commands"),
    [
        ((OFFERED, ACCEPTED), (STARTED,), (BEGINS,)),
        (WORK, (e.Paused(),), ()),
        (WORK, (e.Noted(text="?"),), ()),
        (WORK, (e.Completed(),), (ENDS,)),
        (WORK, (e.Cancelled(),), (ENDS,)),
        (WORK, GIVEN_ON[:1], (ENDS,)),
        (WORK, GIVEN_ON, (ENDS, replace(BEGINS, person=BETO.id))),
        ((OFFERED,), (e.Cancelled(),), ()),
    ],
)
def test_work_begins_a_check_in_and_ends_it(
    before: tuple[e.TaskEvent, ...], events: tuple[e.TaskEvent, ...], commands: tuple[cc.CheckInCommand, ...]
) -> None:
    was, task = staged(Kind.TASK, *before), staged(Kind.TASK, *before, *events)
    assert following(was, task, replace(RULES, checkin_types=frozenset({task.type}))) == commands
    assert following(was, task, RULES) == ()
    assert following(was, replace(task, drill=True), replace(RULES, checkin_types=frozenset({task.type}))) == ()


def test_two_reasons_for_one_check_in_end_one_by_one(night: Night) -> None:
    """Begun by hand, joined by two tasks: it ends when nobody wants it any more, or when the person says so."""
    for number in (7, 8):
        night.asks(cc.StartCheckIn(person=ANA.id, every=5 * MINUTE, task=number))
    assert night.check_in is not None
    assert night.check_in.every == 30 * MINUTE
    night.asks(cc.StopCheckIn(person=ANA.id, task=7))
    night.asks(cc.StopCheckIn(person=ANA.id, task=8))
    assert night.check_in is not None
    night.asks(cc.StopCheckIn(person=ANA.id))
    night.asks(cc.StartCheckIn(person=ANA.id, every=5 * MINUTE, task=8))
    assert night.asks(cc.StopCheckIn(person=ANA.id, task=7)) is not None
    night.asks(cc.StopCheckIn(person=ANA.id, task=8))
    assert night.check_in is None
