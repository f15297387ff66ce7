"""Due times as they are kept: what each event sets, what fires again, and the command that it becomes."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from core.rules.situation import Rules
from core.rules.timers import (
    CHANGING,
    LEAVING,
    Timer,
    TimerKind,
    again,
    command_of,
    first_in_vain,
    following,
    searching,
    spare_later,
    task_timers,
    watched,
)
from core.state.task import Task, evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary import reopening_events as r
from core.vocabulary.access_commands import RemindFreeze
from core.vocabulary.checkin_commands import MissCheckIn, RemindCheckIn
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.rounds import CallRound
from core.vocabulary.unit_commands import ChangeShifts
from core.vocabulary.words import AssignmentState, Kind
from tests.core.stages import ANA, BETO, NOON, SARA, SECOND, opening, staged

RULES = Rules()
LATER = NOON + 5 * SECOND
ANSWER, PROGRESS = LATER + timedelta(seconds=45), LATER + timedelta(minutes=10)
CLIMBED = e.Escalated(step=0, notified=(SARA.id,), cause=Cause.OPENED, next_at=NOON + timedelta(minutes=1))
ASKED = staged(Kind.EMERGENCY, e.Offered(agent=ANA.id, until=NOON + timedelta(seconds=45)), CLIMBED)
TAKEN = evolve(ASKED, e.Accepted(agent=ANA.id), NOON)
NOBODY = evolve(ASKED, e.Expired(agent=ANA.id), NOON)
CHARGED = evolve(ASKED, e.Acknowledged(person=SARA.id), NOON)


def timer(kind: TimerKind, due_at: datetime, **more: int) -> Timer:
    """A due time of the emergency."""
    return Timer(kind=kind, task=7, due_at=due_at, urgent=True, **more)


def set_by(before: Task | None, *events: e.TaskEvent) -> tuple[Timer, ...]:
    """The due times that these events set."""
    task = before
    for event in events:
        task = staged(Kind.EMERGENCY) if task is None else evolve(task, event, LATER)
    assert task is not None
    return task_timers(before, task, events, RULES, LATER)


PAGED = replace(CLIMBED, after=30)
NOON_AND_A_MINUTE = NOON + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("before", "events", "timers"),
    [
        (ASKED, (e.Offered(agent=BETO.id, until=ANSWER),), (timer(TimerKind.OFFER, ANSWER, person=BETO.id),)),
        (ASKED, (e.Offered(agent=BETO.id),), ()),
        (ASKED, (CLIMBED,), (timer(TimerKind.CLIMB, NOON_AND_A_MINUTE),)),
        (ASKED, (replace(CLIMBED, next_at=None),), ()),
        (
            ASKED,
            (PAGED,),
            (timer(TimerKind.CLIMB, NOON_AND_A_MINUTE), timer(TimerKind.NOTIFY, LATER)),
        ),
        (ASKED, (e.Accepted(agent=ANA.id),), (timer(TimerKind.PROGRESS, PROGRESS),)),
        (ASKED, (e.Acknowledged(person=SARA.id),), (timer(TimerKind.PROGRESS, PROGRESS),)),
        (TAKEN, (e.EnRoute(agent=ANA.id),), (timer(TimerKind.PROGRESS, PROGRESS),)),
        (TAKEN, (e.Noted(text="?"),), (timer(TimerKind.PROGRESS, PROGRESS),)),
        (TAKEN, (e.Located(address="?"),), ()),
        (TAKEN, (e.OnScene(agent=ANA.id),), ()),
        (CHARGED, (e.Acknowledged(person=SARA.id, quiet=True),), ()),
        (TAKEN, (e.Completed(),), ()),
        (ASKED, (e.Expired(agent=ANA.id),), (timer(TimerKind.SEARCH, ANSWER),)),
        (NOBODY, (e.Noted(text="?"),), ()),
        (
            TAKEN,
            (e.Released(agent=ANA.id, held=True),),
            (timer(TimerKind.CLIMB, LATER + timedelta(minutes=1)), timer(TimerKind.SEARCH, ANSWER)),
        ),
        (
            evolve(ASKED, e.Declined(agent=ANA.id), NOON),
            (r.DeclineUndone(agent=ANA.id, part=AssignmentState.OFFERED, until=ANSWER),),
            (timer(TimerKind.OFFER, ANSWER, person=ANA.id),),
        ),
    ],
)
def test_p8_an_event_sets_just_these_due_times(
    before: Task, events: tuple[e.TaskEvent, ...], timers: tuple[Timer, ...]
) -> None:
    assert set_by(before, *events) == timers


def test_p8_a_drill_ends_by_itself_and_a_ladder_begins_at_its_first_step() -> None:
    begin = opening(Kind.EMERGENCY)
    drill = replace(staged(Kind.EMERGENCY), drill=True)
    (ends, search) = task_timers(None, drill, (replace(begin, drill=True),), RULES, LATER)
    assert (ends.kind, ends.due_at, ends.urgent) == (TimerKind.DRILL, LATER + RULES.drill_length, False)
    assert search.kind is TimerKind.SEARCH
    assert begin.policy is not None
    first, last = begin.policy.steps
    for after, climbs in ((timedelta(0), []), (timedelta(minutes=3), [LATER + timedelta(minutes=3)])):
        policy = replace(begin.policy, steps=(replace(first, after=after), last))
        found = task_timers(
            None, replace(staged(Kind.EMERGENCY), policy=policy), (replace(begin, policy=policy),), RULES, LATER
        )
        assert [each.due_at for each in found if each.kind is TimerKind.CLIMB] == climbs


@pytest.mark.parametrize(
    ("task", "looks", "vain"),
    [
        (NOBODY, True, True),
        (replace(NOBODY, earlier=1), True, False),
        (replace(NOBODY, drill=True), True, False),
        (replace(NOBODY, quiet=True), False, False),
        (evolve(NOBODY, e.Completed(), NOON), False, False),
        (ASKED, False, False),
        (TAKEN, False, False),
        (staged(Kind.TASK), False, False),
    ],
)
def test_an_emergency_that_nobody_has_and_nobody_is_asked_for_looks_on(task: Task, looks: bool, vain: bool) -> None:
    assert (searching(task), first_in_vain(task)) == (looks, vain)


@pytest.mark.parametrize(
    ("task", "is_watched"),
    [
        (TAKEN, True),
        (CHARGED, True),
        (ASKED, False),
        (replace(TAKEN, drill=True), False),
        (replace(TAKEN, answer_in_doubt=True), False),
        (replace(CHARGED, quiet=True), False),
        (evolve(TAKEN, e.OnScene(agent=ANA.id), NOON), False),
        (evolve(TAKEN, e.Completed(), NOON), False),
        (staged(Kind.TASK, e.Offered(agent=ANA.id), e.Accepted(agent=ANA.id)), False),
        (staged(Kind.TASK, e.Acknowledged(person=SARA.id)), True),
        (staged(Kind.TASK, e.Acknowledged(person=SARA.id), e.Started()), False),
        (staged(Kind.TASK, e.Acknowledged(person=SARA.id), e.Started(), e.Paused()), False),
    ],
)
def test_p4_an_answer_is_watched_until_somebody_is_there(task: Task, is_watched: bool) -> None:
    assert watched(task) is is_watched


def test_p8_what_found_nothing_to_do_yet_is_not_forgotten() -> None:
    search, offer = timer(TimerKind.SEARCH, NOON), timer(TimerKind.OFFER, NOON, person=ANA.id)
    climb = timer(TimerKind.CLIMB, NOON)
    everybody = replace(NOBODY, step=2)
    for fired, task, then in (
        (search, NOBODY, (timer(TimerKind.SEARCH, ANSWER), timer(TimerKind.SPARE, LATER))),
        (search, replace(NOBODY, earlier=1), (timer(TimerKind.SEARCH, ANSWER),)),
        (search, TAKEN, ()),
        (search, None, ()),
        (offer, ASKED, (timer(TimerKind.OFFER, ANSWER, person=ANA.id),)),
        (replace(offer, person=BETO.id), ASKED, ()),
        (offer, TAKEN, ()),
        (climb, everybody, (timer(TimerKind.CLIMB, LATER + LEAVING),)),
        (climb, NOBODY, ()),
        (climb, evolve(everybody, e.Acknowledged(person=SARA.id), NOON), ()),
        (timer(TimerKind.PROGRESS, NOON), everybody, ()),
    ):
        assert again(fired, task, RULES, LATER) == then, (fired.kind, task)
    assert spare_later(NOBODY, LATER) == timer(TimerKind.SPARE, LATER + CHANGING)


def test_what_follows_for_several_tasks_is_due_at_once_and_in_their_order() -> None:
    found = following(TimerKind.VACATE, ANA.id, (9, 4, 6), NOON)
    assert [(each.task, (NOON - each.due_at) / timedelta(milliseconds=1)) for each in found] == [(9, 3), (4, 2), (6, 1)]
    assert {(each.kind, each.person, each.urgent) for each in found} == {(TimerKind.VACATE, ANA.id, True)}
    (calm,) = following(TimerKind.REDRAW, ANA.id, (9,), NOON, urgent=False)
    assert not calm.urgent


def test_p8_each_due_time_becomes_its_own_command() -> None:
    made = {kind: command_of(Timer(kind=kind, due_at=NOON, task=7, person=2, unit=3)) for kind in TimerKind}
    vacate = c.Vacate(task=7, person=2)
    wanted = {
        TimerKind.OFFER: c.ExpireOffer(task=7, agent=2),
        TimerKind.CLIMB: c.EscalateDue(task=7),
        TimerKind.PROGRESS: c.CheckProgress(task=7),
        TimerKind.SEARCH: c.Search(task=7),
        TimerKind.DRILL: c.Complete(task=7),
        TimerKind.NOTIFY: n.NotifyMore(task=7),
        TimerKind.SHIFT: ChangeShifts(unit=3),
        TimerKind.CHECK_IN: RemindCheckIn(person=2),
        TimerKind.GRACE: MissCheckIn(person=2),
        TimerKind.GO_PAST: c.EscalateDue(task=7, silenced=True),
        TimerKind.TELL_AGAIN: c.TellAgain(task=7, person=2),
        TimerKind.VACATE: vacate,
        TimerKind.MOVED: replace(vacate, moved=True),
        TimerKind.REPORTED: replace(vacate, reported=True),
        TimerKind.FROZEN: RemindFreeze(person=2),
        TimerKind.ROUND: CallRound(task=7),
    }
    assert made == dict.fromkeys(TimerKind) | wanted
