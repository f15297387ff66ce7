"""Climbing: who is told of an alert, in which order, and that it never ends in silence (P4)."""

from datetime import datetime, timedelta
from typing import assert_never

from msgspec import Struct

from core.state.directory import Directory
from core.state.person import Person
from core.state.task import Task, answered
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import (
    Cause,
    EscalationPolicy,
    EscalationStep,
    EscalationTarget,
    Notified,
    Unreached,
)
from core.vocabulary.words import Role

ON_DUTY = (EscalationTarget.UNIT_SUPERVISORS_ON_DUTY, EscalationTarget.SUPERVISORS_ON_DUTY)


class Reach(Struct, frozen=True, kw_only=True):
    """The people and rooms that a step reaches now: people by id, rooms by number; when nobody, why."""

    people: tuple[int, ...] = ()
    rooms: tuple[int, ...] = ()
    why_not: Unreached = Unreached.EMPTY


def climb(task: Task, directory: Directory, now: datetime, cause: Cause) -> tuple[e.TaskEvent, ...]:
    """Climb to the next step that reaches somebody; others are passed at once, with the reason.

    After the last round comes the broadcast to everybody, again and again. A task without a policy climbs to everybody,
    once.
    """
    policy = task.policy
    if policy is None:
        return (_broadcast(task, directory, cause, None),)
    anew = cause is Cause.UNACKNOWLEDGED or (cause is Cause.LOST and task.acknowledged_at is not None)
    step, repetition = (0, 0) if anew else (task.step, task.repetition)
    passed: list[e.TaskEvent] = []
    for _ in range(len(policy.steps)):
        if step >= len(policy.steps) and repetition < policy.repeat:
            step, repetition = 0, repetition + 1
        if step >= len(policy.steps):
            break
        reach = reached_by(policy.steps[step], task, directory)
        if reach.people or reach.rooms:
            return (*passed, _escalated(policy, step, repetition, reach, now, cause))
        passed.append(e.Passed(step=step, repetition=repetition, why=reach.why_not))
        step += 1
    if policy.broadcast_every is not None:
        return (*passed, _broadcast(task, directory, cause, now + policy.broadcast_every))
    # A climb by hand, or for lack of who had it, wants to be heard even at the end of the ladder of ordinary work.
    heard = cause in (Cause.BY_HAND, Cause.LOST)
    return (*passed, _broadcast(task, directory, cause, None)) if heard else tuple(passed)


def reached_by(step: EscalationStep, task: Task, directory: Directory) -> Reach:
    """The reach of a step, without the reporter, who knows already."""
    others = named_by(step, task, directory)
    people = dict.fromkeys(person.id for person in others if person.reachable)
    rooms = dict.fromkeys(target for target in step.notify if isinstance(target, int) and not task.silent)
    if others:
        why_not = Unreached.UNREACHABLE
    elif any(target in ON_DUTY for target in step.notify) and directory.supervisors:
        why_not = Unreached.OFF_DUTY
    else:
        why_not = Unreached.EMPTY
    return Reach(people=tuple(people), rooms=tuple(rooms), why_not=why_not)


def climbed_to(task: Task, directory: Directory) -> tuple[Person, ...]:
    """Everybody whom the steps of an alert have named so far; after the last of them, all who lead."""
    policy = task.policy
    if policy is None or task.repetition or task.step >= len(policy.steps):
        leaders = (*directory.supervisors, *directory.admins)
        return tuple(person for person in leaders if person.id != task.reporter and not task.hides_from(person.id))
    return tuple(person for step in policy.steps[: task.step] for person in named_by(step, task, directory))


def named_by(step: EscalationStep, task: Task, directory: Directory) -> tuple[Person, ...]:
    """Everybody whom a step names, whether or not a message reaches them."""
    named = (person for target in step.notify for person in _named(target, task, directory))
    return tuple(person for person in named if person.id != task.reporter and not task.hides_from(person.id))


def _named(target: Notified, task: Task, directory: Directory) -> tuple[Person, ...]:
    on_duty = (p for p in directory.supervisors if p.id in directory.on_duty)
    match target:
        case EscalationTarget.ASSIGNEE:
            asked = {part.agent for part in task.assignments if part.state.holds} | {p.agent for p in task.offers}
            return tuple(person for person in directory.assignees if person.id in asked and person.active)
        case EscalationTarget.UNIT_SUPERVISORS_ON_DUTY:
            return tuple(person for person in on_duty if person.unit == task.unit)
        case EscalationTarget.SUPERVISORS_ON_DUTY:
            return tuple(on_duty)
        case EscalationTarget.SUPERVISORS:
            return directory.supervisors
        case EscalationTarget.ADMINS:
            return directory.admins
        case int():
            return ()  # a room is reached as a whole
        case _:
            assert_never(target)


def _escalated(
    policy: EscalationPolicy, step: int, repetition: int, reach: Reach, now: datetime, cause: Cause
) -> e.Escalated:
    return e.Escalated(
        step=step,
        repetition=repetition,
        notified=reach.people,
        rooms=reach.rooms,
        cause=cause,
        next_at=_next_at(policy, step, repetition, now),
    )


def _next_at(policy: EscalationPolicy, step: int, repetition: int, now: datetime) -> datetime | None:
    """The pause between two steps stays what it is, however the climb came to be early or late."""
    if step + 1 < len(policy.steps):
        return now + policy.steps[step + 1].after - policy.steps[step].after
    pause: timedelta | None = policy.broadcast_every
    if pause is None and repetition < policy.repeat:
        pause = policy.steps[-1].after - policy.steps[0].after or timedelta(minutes=1)
    return now + pause if pause is not None else None


def next_escalation(task: Task, now: datetime) -> datetime | None:
    """When an alert that has lost its answer climbs on, unless somebody answers; None: it is at its end."""
    if task.policy is None:
        return None
    if task.step == 0:
        return now + task.policy.steps[0].after
    return _next_at(task.policy, task.step - 1, task.repetition, now)


def _broadcast(task: Task, directory: Directory, cause: Cause, next_at: datetime | None) -> e.Escalated:
    everybody = [p for p in (*directory.supervisors, *directory.admins) if p.reachable and p.role >= Role.SUPERVISOR]
    notified = dict.fromkeys(p.id for p in everybody if not task.hides_from(p.id))
    return e.Escalated(notified=tuple(notified), cause=cause, next_at=next_at)


def escalates(task: Task) -> bool:
    """Whether the alert goes on climbing: it is open and nobody has answered."""
    return task.policy is not None and not task.state.closed and not answered(task)
