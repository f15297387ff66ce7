"""Due times: what the desk does by itself when nobody else does anything (P8)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from msgspec import Struct

from core.rules.escalation import broadcasts, escalates, next_escalation, telling_on
from core.rules.maydays import on_scene
from core.rules.situation import Rules
from core.state.task import Task, answered
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary import reopening_events as r
from core.vocabulary import rounds as ro
from core.vocabulary.access_commands import RemindFreeze
from core.vocabulary.checkin_commands import MissCheckIn, RemindCheckIn
from core.vocabulary.escalation_policy import Cause, EscalationPolicy
from core.vocabulary.unit_commands import ChangeShifts
from core.vocabulary.words import AssignmentState, TaskState

# The pause after which a broadcast whose last round is still leaving is looked at again.
LEAVING = timedelta(seconds=5)
# The pause after which agents to spare are looked for again among emergencies that others were changing.
CHANGING = timedelta(seconds=2)


class TimerKind(StrEnum):
    """Kinds of due times."""

    OFFER = "offer"
    CLIMB = "climb"
    PROGRESS = "progress"
    SEARCH = "search"
    DRILL = "drill"
    SHIFT = "shift"
    CHECK_IN = "check_in"
    GRACE = "grace"
    NOTIFY = "notify"
    SHOW = "show"
    GO_PAST = "go_past"
    TELL_AGAIN = "tell_again"
    VACATE = "vacate"
    MOVED = "moved"
    REDRAW = "redraw"
    REPORTED = "reported"
    BLANK = "blank"
    PUT_OUT = "put_out"
    FROZEN = "frozen"
    SPARE = "spare"
    CIRCULAR = "circular"
    ERASE = "erase"
    FREED = "freed"
    ROUND = "round"


# Due as soon as they are kept: they follow for others from a change of a person.
FOLLOWING = frozenset(
    {
        TimerKind.GO_PAST,
        TimerKind.TELL_AGAIN,
        TimerKind.VACATE,
        TimerKind.MOVED,
        TimerKind.REDRAW,
        TimerKind.REPORTED,
    }
)
# Pages that follow at once, each in a unit of work of its own.
PAGES = (TimerKind.NOTIFY, TimerKind.SHOW, TimerKind.BLANK, TimerKind.CIRCULAR, TimerKind.ERASE)


class Timer(Struct, frozen=True, kw_only=True):
    """One due time; there is one of a kind for a task, a person and a unit (0: none), a newer one replaces it."""

    kind: TimerKind
    due_at: datetime
    task: int = 0
    person: int = 0
    unit: int = 0
    urgent: bool = False


def task_timers(
    before: Task | None, task: Task, events: tuple[e.TaskEvent, ...], rules: Rules, now: datetime
) -> tuple[Timer, ...]:
    """The due times that these events set. One that no longer matters is refused when it fires.

    At any time an open alert climbs, or is watched, or somebody is there (P4).
    """
    found = [timer for event in events for timer in _set_by(event, task, rules, now)]
    if before is not None and escalates(task) and not escalates(before) and not _climb_in(found):
        due_at = next_escalation(task, now)
        found += [_timer(TimerKind.CLIMB, task, due_at)] if due_at is not None else []
    # Also when an answer that stopped the telling is taken back, by whatever.
    if telling_on(task):
        found.append(_timer(TimerKind.NOTIFY, task, now))
    signs = any(isinstance(event, (*e.SIGNS, e.Noted)) for event in events)
    if task.policy is not None and watched(task) and (signs or before is None or not watched(before)):
        found.append(_timer(TimerKind.PROGRESS, task, now + task.policy.ack_timeout))
    # A search that is under way is not put off by what happens meanwhile; it goes on after whom it asked, and in vain.
    in_vain = any(isinstance(event, e.Escalated) and event.cause is Cause.NOBODY for event in events)
    goes_on = in_vain or any(isinstance(event, e.Offered) for event in events)
    if searching(task) and (before is None or not searching(before) or goes_on):
        found.append(_timer(TimerKind.SEARCH, task, now + rules.offer_timeout))
    return tuple(found)


def _set_by(event: e.TaskEvent, task: Task, rules: Rules, now: datetime) -> Iterator[Timer]:
    match event:
        case e.Opened(drill=True):
            yield _timer(TimerKind.DRILL, task, now + rules.drill_length)
        case e.Opened(policy=EscalationPolicy(steps=(first, *_))) if first.after:
            yield _timer(TimerKind.CLIMB, task, now + first.after)
        case e.Offered(until=datetime() as until):
            yield _timer(TimerKind.OFFER, task, until, event.agent)
        case r.DeclineUndone(until=datetime() as until):
            yield _timer(TimerKind.OFFER, task, until, event.agent)
        case e.OnScene() | ro.RoundCalled() if rules.round_every and _rounds(task, event):
            yield _timer(TimerKind.ROUND, task, now + rules.round_every)
        case e.Escalated(next_at=datetime() as next_at):
            yield _timer(TimerKind.CLIMB, task, next_at)
        case _:  # no other event starts a clock, nor these without a time
            pass


def _rounds(task: Task, event: e.OnScene | ro.RoundCalled) -> bool:
    """Whether a round follows by itself: from the first who arrives at an emergency on, until nobody is there."""
    there = on_scene(task)
    return task.urgent and (isinstance(event, ro.RoundCalled) or there == (event.agent,))


def _climb_in(timers: list[Timer]) -> bool:
    return any(timer.kind is TimerKind.CLIMB for timer in timers)


def watched(task: Task) -> bool:
    """Whether an answer still has to be followed by something: *Recibido*, or an agent's yes to an emergency."""
    charged = (task.acknowledged_at is not None or task.emergency) and not task.quiet
    return charged and not task.drill and not task.state.closed and answered(task) and not at_work(task)


def searching(task: Task) -> bool:
    """Whether an emergency has a seat that nobody has or is asked for: the desk keeps looking."""
    waits = task.missing > len(task.offers) and not task.quiet
    return task.emergency and not task.state.closed and waits


def first_in_vain(task: Task) -> bool:
    """Whether somebody's first emergency looks for an agent and nobody is free: others may have one to spare."""
    return task.urgent and task.earlier == 0 and task.owner is None and searching(task)


def spare_later(task: Task, now: datetime) -> Timer:
    """The due time at which agents to spare are looked for again."""
    return _timer(TimerKind.SPARE, task, now + CHANGING)


def again(timer: Timer, task: Task | None, rules: Rules, now: datetime) -> tuple[Timer, ...]:
    """The same timer once more, where it found nothing to do yet must not be forgotten.

    A search in vain also looks again for an agent whom another emergency may spare.
    """
    if task is None:
        return ()
    if timer.kind is TimerKind.SEARCH and searching(task):
        once_more = _timer(TimerKind.SEARCH, task, now + rules.offer_timeout)
        return (once_more, _timer(TimerKind.SPARE, task, now)) if first_in_vain(task) else (once_more,)
    if timer.kind is TimerKind.OFFER and any(part.agent == timer.person for part in task.offers):
        return (_timer(TimerKind.OFFER, task, now + rules.offer_timeout, timer.person),)
    if timer.kind is TimerKind.CLIMB and escalates(task) and broadcasts(task):
        return (_timer(TimerKind.CLIMB, task, now + LEAVING),)
    return ()


def following(
    kind: TimerKind, person: int, tasks: Sequence[int], now: datetime, *, urgent: bool = True
) -> tuple[Timer, ...]:
    """The due times of what follows from a change of this person for these tasks, in their order."""
    moments = (now - timedelta(milliseconds=left) for left in range(len(tasks), 0, -1))
    return tuple(
        Timer(kind=kind, task=task, person=person, due_at=due_at, urgent=urgent)
        for task, due_at in zip(tasks, moments, strict=True)
    )


def command_of(timer: Timer) -> c.AnyCommand | None:
    """The command that the desk gives itself when it is due; None: there is nothing to decide."""
    match timer.kind:
        case TimerKind.OFFER:
            return c.ExpireOffer(task=timer.task, agent=timer.person)
        case TimerKind.CLIMB:
            return c.EscalateDue(task=timer.task)
        case TimerKind.PROGRESS:
            return c.CheckProgress(task=timer.task)
        case TimerKind.SEARCH:
            return c.Search(task=timer.task)
        case TimerKind.DRILL:
            return c.Complete(task=timer.task)
        case TimerKind.NOTIFY:
            return n.NotifyMore(task=timer.task)
        case TimerKind.SHOW | TimerKind.REDRAW | TimerKind.BLANK | TimerKind.PUT_OUT:
            return None
        case TimerKind.SPARE | TimerKind.CIRCULAR | TimerKind.ERASE | TimerKind.FREED:
            return None
        case TimerKind.SHIFT:
            return ChangeShifts(unit=timer.unit)
        case TimerKind.CHECK_IN:
            return RemindCheckIn(person=timer.person)
        case TimerKind.GRACE:
            return MissCheckIn(person=timer.person)
        case TimerKind.GO_PAST:
            return c.EscalateDue(task=timer.task, silenced=True)
        case TimerKind.TELL_AGAIN:
            return c.TellAgain(task=timer.task, person=timer.person)
        case TimerKind.VACATE:
            return c.Vacate(task=timer.task, person=timer.person)
        case TimerKind.MOVED:
            return c.Vacate(task=timer.task, person=timer.person, moved=True)
        case TimerKind.REPORTED:
            return c.Vacate(task=timer.task, person=timer.person, reported=True)
        case TimerKind.ROUND:
            return ro.CallRound(task=timer.task)
        case TimerKind.FROZEN:
            return RemindFreeze(person=timer.person)
        case _:
            assert_never(timer.kind)


def at_work(task: Task) -> bool:
    """Whether somebody is there, or has begun what is no emergency: nothing more needs to be watched."""
    begun = not task.emergency and task.state in (TaskState.IN_PROGRESS, TaskState.PAUSED)
    return begun or any(part.state is AssignmentState.ON_SCENE for part in task.assignments)


def _timer(kind: TimerKind, task: Task, due_at: datetime, person: int = 0) -> Timer:
    return Timer(kind=kind, task=task.id, person=person, due_at=due_at, urgent=task.urgent)
