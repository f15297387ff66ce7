"""Climbing: who is told of an alert, in which order, and that it never ends in silence (P4)."""

from datetime import datetime, timedelta
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from core.state.directory import Directory, Found, Question
from core.state.person import Person
from core.state.task import Task, answered
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary.escalation_policy import (
    Cause,
    EscalationPolicy,
    EscalationStep,
    EscalationTarget,
    Notified,
    Unreached,
)
from core.vocabulary.words import AssignmentState, Role

ON_DUTY = (EscalationTarget.UNIT_SUPERVISORS_ON_DUTY, EscalationTarget.SUPERVISORS_ON_DUTY)
NOBODY = Found(people={})
_EVERYBODY = (EscalationTarget.SUPERVISORS, EscalationTarget.ADMINS)


class Reach(Struct, frozen=True, kw_only=True):
    """The people and rooms that a step reaches now: people by id, rooms by number; when nobody, why.

    ``after``: more people follow after this id.
    """

    people: tuple[int, ...] = ()
    rooms: tuple[int, ...] = ()
    why_not: Unreached = Unreached.EMPTY
    after: int | None = None


def climb(task: Task, directory: Directory, now: datetime, cause: Cause) -> tuple[e.TaskEvent, ...]:
    """Climb to the next step that reaches somebody; others are passed at once, with the reason.

    After the last round comes the broadcast to everybody, again and again. A task without a policy climbs to everybody,
    once.
    """
    policy = task.policy
    if policy is None:
        return (_broadcast(task, directory, cause, None),)
    anew = cause in (Cause.UNACKNOWLEDGED, Cause.REPORTER_BACK) or (
        cause is Cause.LOST and task.acknowledged_at is not None
    )
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
    heard = cause in (Cause.BY_HAND, Cause.LOST, Cause.REPORTER_BACK)
    return (*passed, _broadcast(task, directory, cause, None)) if heard else tuple(passed)


def climb_by(
    person: int | None, task: Task, directory: Directory, now: datetime, cause: Cause
) -> tuple[e.TaskEvent, ...]:
    """Climb at somebody's word; whoever is told on a later page hears whose it was."""
    events = climb(task, directory, now, cause)
    return tuple(
        replace(one, by=person) if isinstance(one, e.Escalated) and one.after is not None else one for one in events
    )


def reached_by(step: EscalationStep, task: Task, directory: Directory) -> Reach:
    """The reach of a step, without the reporter, who knows already: the first page of it."""
    asked = tuple(person for person in directory.assignees if _asked(task, person) and not _knows(task, person.id))
    targets = _targets(step)
    found = directory.ask(question(task, step)) if targets else NOBODY
    people: dict[int, None] = {}
    for target in step.notify:
        named = asked if target is EscalationTarget.ASSIGNEE else ()
        named = named if isinstance(target, int) else found.people.get(target, named)
        people |= dict.fromkeys(person.id for person in named if person.reachable)
    rooms = dict.fromkeys(target for target in step.notify if isinstance(target, int) and not task.silent)
    if found.deaf or any(not person.reachable for person in asked):
        why_not = Unreached.UNREACHABLE
    elif any(target in ON_DUTY for target in targets) and found.led:
        why_not = Unreached.OFF_DUTY
    else:
        why_not = Unreached.EMPTY
    return Reach(people=tuple(people), rooms=tuple(rooms), why_not=why_not, after=found.after)


def question(task: Task, step: EscalationStep | None, after: int = 0) -> Question:
    """The people whom a step names, None for the broadcast to all who lead, whose ids follow this one.

    Agents who were asked are told first of all: nobody asks for them again.
    """
    hidden = {task.alarm.person} if task.silent and task.alarm is not None else set()
    if step is None:
        return Question(targets=_EVERYBODY, but=frozenset(hidden), after=after)
    reporter = {task.reporter} if task.reporter is not None else set()
    asked = {part.agent for part in task.assignments if part.state.holds or part.state is AssignmentState.OFFERED}
    but = hidden | reporter | (asked if EscalationTarget.ASSIGNEE in step.notify else set())
    return Question(targets=_targets(step), unit=task.unit, but=frozenset(but), after=after)


def _targets(step: EscalationStep) -> tuple[EscalationTarget, ...]:
    named = (target for target in step.notify if isinstance(target, EscalationTarget))
    return tuple(dict.fromkeys(target for target in named if target is not EscalationTarget.ASSIGNEE))


def has_climbed_to(task: Task, person: Person, *, on_duty: bool) -> bool:
    """Whether the steps of an alert have named somebody so far; after the last of them, all who lead are named."""
    if _knows(task, person.id):
        return False
    policy = task.policy
    if policy is None or task.repetition or task.step >= len(policy.steps):
        return person.active and person.role >= Role.SUPERVISOR
    return any(names(step, task, person, on_duty=on_duty) for step in policy.steps[: task.step])


def names(step: EscalationStep, task: Task, person: Person, *, on_duty: bool) -> bool:
    """Whether a step names somebody, whether or not a message reaches them."""
    return not _knows(task, person.id) and any(_names(target, task, person, on_duty) for target in step.notify)


def _names(target: Notified, task: Task, person: Person, on_duty: bool) -> bool:
    supervises = person.active and person.role is Role.SUPERVISOR
    match target:
        case EscalationTarget.ASSIGNEE:
            return _asked(task, person)
        case EscalationTarget.UNIT_SUPERVISORS_ON_DUTY:
            return supervises and on_duty and person.unit == task.unit
        case EscalationTarget.SUPERVISORS_ON_DUTY:
            return supervises and on_duty
        case EscalationTarget.SUPERVISORS:
            return supervises
        case EscalationTarget.ADMINS:
            return person.active and person.role is Role.ADMIN
        case int():
            return False  # a room is reached as a whole
        case _:
            assert_never(target)


def _asked(task: Task, person: Person) -> bool:
    part = task.part_of(person.id)
    asked = part is not None and (part.state.holds or part.state is AssignmentState.OFFERED)
    return asked and person.active


def _knows(task: Task, person: int) -> bool:
    """Whether nobody has to tell them, or nobody may."""
    return person == task.reporter or task.hides_from(person)


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
        after=reach.after,
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
    found = directory.ask(question(task, None))
    notified = dict.fromkeys(person.id for target in _EVERYBODY for person in found.people.get(target, ()))
    return e.Escalated(notified=tuple(notified), cause=cause, next_at=next_at, after=found.after)


def notify_more(task: Task, directory: Directory) -> n.Notified | None:
    """The next page of the people whom a climb names and has not told yet; None: everybody knows, or nobody must."""
    if not telling_on(task):
        return None
    telling = task.telling[0]
    step = task.policy.steps[telling.step] if task.policy is not None and telling.step is not None else None
    found = directory.ask(question(task, step, telling.after))
    people = dict.fromkeys(person.id for named in found.people.values() for person in named)
    return n.Notified(
        climb=telling.climb,
        cause=telling.cause,
        step=telling.step,
        people=tuple(people),
        after=found.after,
        by=telling.by,
    )


def broadcasts(task: Task) -> bool:
    """Whether the steps are over, and everybody is told again and again."""
    policy = task.policy
    return policy is not None and policy.broadcast_every is not None and task.step >= len(policy.steps)


def escalates(task: Task) -> bool:
    """Whether the alert goes on climbing: it is open and nobody has answered."""
    return task.policy is not None and not task.state.closed and not answered(task)


def telling_on(task: Task) -> bool:
    """Whether a climb still has people to tell, and nobody has answered."""
    return bool(task.telling) and not task.state.closed and not answered(task)
