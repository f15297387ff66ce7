"""Second thoughts: an end or a *No puedo* that is taken back at once, and closed tasks that begin again."""

from datetime import datetime, timedelta
from typing import assert_never

from core.rules.capabilities import wanted_still
from core.rules.escalation import climb_by
from core.rules.offers import first_wave, no_longer_asked, taken
from core.rules.situation import Situation
from core.state.person import Person
from core.state.task import Assignment, Task, evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import reopening_events as r
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.seats import Reserved
from core.vocabulary.words import AssignmentState, Availability, TaskState

Answer = tuple[e.TaskEvent, ...] | Refusal

# After a day it is something else: place, people and ladder are those of yesterday.
REOPENABLE = timedelta(hours=24)


def undo(situation: Situation, task: Task, command: c.Undo, now: datetime) -> Answer:
    """*Deshacer*: what the caller has just done is as if it had not been; for a few seconds, and only theirs."""
    act = situation.act
    if task.drill and task.state.closed:
        return Refusal(reason=Reason.DRILL_OVER, task=task.id)
    if act is None:
        return Refusal(reason=Reason.NOT_YOUR_ACT, task=task.id)
    if now - act.at > situation.rules.undo_window:
        return Refusal(reason=Reason.UNDO_OVER, task=task.id)
    match act.event:
        case e.Completed() | e.Cancelled():
            return _undo_end(situation, task, act.event.was, now)
        case e.Declined():
            return _undo_decline(situation, task, act.event, now)
        case _:
            assert_never(act.event)


def reopen(situation: Situation, task: Task, command: c.Reopen, now: datetime) -> Answer:
    """*Reabrir*: the search begins again; those who had it are free, and hear of it."""
    if not task.state.closed:
        return Refusal(reason=Reason.ALREADY, task=task.id)
    if task.drill:
        return Refusal(reason=Reason.DRILL_OVER, task=task.id)
    if task.closed_at is not None and now - task.closed_at > REOPENABLE:
        return Refusal(reason=Reason.REOPEN_OVER, task=task.id)
    seats = _seats(task)
    reopened = r.Reopened(
        state=TaskState.SCHEDULED, anew=True, released=tuple(part.agent for part in seats), had=_had(task)
    )
    after = evolve(task, reopened, now)
    if task.emergency:
        return (reopened, *_look_again(situation, after, now))
    return (reopened, *_ask_again(situation, seats))


def is_lately_closed(task: Task, window: timedelta, now: datetime) -> bool:
    """Whether what its reporter sends still goes to those who had it."""
    return task.urgent and task.closed_at is not None and now - task.closed_at <= window


def _undo_end(situation: Situation, task: Task, was: TaskState | None, now: datetime) -> Answer:
    """As before; an agent who is somewhere else by now keeps that, and the search begins again.

    Whoever was in charge (the situation's ``agent``) and is out by now is not in charge again (P14).
    """
    if not task.state.closed:
        return Refusal(reason=Reason.ALREADY, task=task.id)
    seats = _seats(task)
    gone = tuple(part.agent for part in seats if _elsewhere(situation, task, part))
    alone = task.emergency and len(gone) == len(seats)
    fallback = TaskState.IN_PROGRESS if len(gone) < len(seats) else TaskState.SCHEDULED
    charge_lost = situation.agent is not None and not situation.agent.active
    reopened = r.Reopened(
        state=TaskState.SCHEDULED if seats and alone else was or fallback,
        undone=True,
        anew=charge_lost or (alone and task.acknowledged_at is None),
        released=gone,
        had=_had(task),
    )
    return (reopened, *_look_again(situation, evolve(task, reopened, now), now))


def _undo_decline(situation: Situation, task: Task, declined: e.Declined, now: datetime) -> Answer:
    me, part = situation.caller.person, task.part_of(declined.agent)
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    if me is None or part is None or part.state is not AssignmentState.DECLINED:
        return Refusal(reason=Reason.ALREADY, task=task.id)
    reserve = declined.was is AssignmentState.RELEASED
    if not task.missing:
        return (Reserved(agent=me.id),) if reserve else taken(task)
    if task.emergency and me.hold not in (None, task.id):
        return Refusal(reason=Reason.AGENT_BUSY, person=me.id)
    before = AssignmentState.OFFERED if reserve or declined.was is None else declined.was
    if not before.holds:
        until = now + situation.rules.offer_timeout if task.emergency else None
        return (r.DeclineUndone(agent=me.id, part=before, until=until),)
    return (r.DeclineUndone(agent=me.id, part=before), *no_longer_asked(task, me.id))


def _look_again(situation: Situation, task: Task, now: datetime) -> tuple[e.TaskEvent, ...]:
    """Ask the nearest for missing seats; the ladder begins again unless somebody goes or is in charge (P4)."""
    if not task.emergency or not task.missing:
        return ()
    asked = first_wave(situation, task.missing, now, wanted_still(task.wants, task.assignments))
    if task.acknowledged_at is not None or task.owner is not None:
        return asked
    for offered in asked:
        task = evolve(task, offered, now)
    return (*asked, *climb_by(situation.caller.id, task, situation.directory, now, Cause.REOPENED))


def _ask_again(situation: Situation, seats: tuple[Assignment, ...]) -> tuple[e.TaskEvent, ...]:
    """Ordinary work is offered to whoever had it; who reopens their own has it at once."""
    found: list[e.TaskEvent] = []
    for part in seats:
        person = situation.directory.person(part.agent)
        if person is None or not _fit(person):
            continue
        found.append(e.Offered(agent=person.id, by=situation.caller.id, by_hand=True))
        if person.id == situation.caller.id:
            found.append(e.Accepted(agent=person.id))
    return tuple(found)


def _fit(person: Person) -> bool:
    off = person.availability in (Availability.OFF_DUTY, Availability.UNAVAILABLE)
    return person.active and person.reachable and not off


def _elsewhere(situation: Situation, task: Task, part: Assignment) -> bool:
    person = situation.directory.person(part.agent)
    held = task.emergency and person is not None and person.hold not in (None, task.id)
    return person is None or not person.active or held


def _seats(task: Task) -> tuple[Assignment, ...]:
    return tuple(part for part in task.assignments if part.state.holds)


def _had(task: Task) -> tuple[int, ...]:
    charged = (task.acknowledged_by,) if task.acknowledged_by is not None else ()
    return tuple(dict.fromkeys((*(part.agent for part in _seats(task)), *charged)))
