"""Climbing: who is told of an alert, in which order, and that it never ends in silence (P4)."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from core.state.directory import Directory
from core.state.person import Person
from core.state.task import Task, answered
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause, Ladder, Rung, Unreached
from core.vocabulary.words import Role


class Target(StrEnum):
    """Whom a rung may name; a chat is named by its (negative) number."""

    ASSIGNEE = "assignee"
    UNIT_SUPERVISORS_ON_DUTY = "unit_supervisors_on_duty"
    SUPERVISORS_ON_DUTY = "supervisors_on_duty"
    SUPERVISORS = "supervisors"
    ADMINS = "admins"


class Reach(Struct, frozen=True, kw_only=True):
    """Whom a rung reaches now: people by id, chats by number; when nobody, why."""

    people: tuple[int, ...] = ()
    chats: tuple[int, ...] = ()
    why_not: Unreached = Unreached.EMPTY


def climb(task: Task, directory: Directory, now: datetime, cause: Cause) -> tuple[e.TaskEvent, ...]:
    """The next rung that reaches somebody; those that don't are passed at once, with the reason. After the last round
    comes the broadcast to everybody, again and again. A task without a ladder climbs to everybody, once."""
    ladder = task.ladder
    if ladder is None:
        return (_broadcast(task, directory, cause, None),)
    rung, lap = (0, 0) if cause is Cause.UNACKNOWLEDGED else (task.rung, task.lap)
    passed: list[e.TaskEvent] = []
    for _ in range(len(ladder.rungs)):
        if rung >= len(ladder.rungs) and lap < ladder.repeat:
            rung, lap = 0, lap + 1
        if rung >= len(ladder.rungs):
            break
        reach = reached_by(ladder.rungs[rung], task, directory)
        if reach.people or reach.chats:
            return (*passed, _escalated(ladder, rung, lap, reach, now, cause))
        passed.append(e.Passed(rung=rung, lap=lap, why=reach.why_not))
        rung += 1
    if ladder.broadcast_every is not None:
        return (*passed, _broadcast(task, directory, cause, now + ladder.broadcast_every))
    # Whoever climbs by hand wants to be heard, even at the end of the ladder of ordinary work.
    return (*passed, _broadcast(task, directory, cause, None)) if cause is Cause.BY_HAND else tuple(passed)


def reached_by(rung: Rung, task: Task, directory: Directory) -> Reach:
    """Whom a rung reaches; the reporter, who knows, is nobody's answer."""
    others = named_by(rung, task, directory)
    people = dict.fromkeys(person.id for person in others if person.reachable)
    chats = dict.fromkeys(int(target) for target in rung.notify if target.startswith("-") and not task.silent)
    if others:
        why_not = Unreached.UNREACHABLE
    elif any(target.endswith("on_duty") for target in rung.notify) and directory.supervisors:
        why_not = Unreached.OFF_DUTY
    else:
        why_not = Unreached.EMPTY
    return Reach(people=tuple(people), chats=tuple(chats), why_not=why_not)


def named_by(rung: Rung, task: Task, directory: Directory) -> tuple[Person, ...]:
    """Everybody whom a rung names, whether or not a message reaches them."""
    named = (person for target in rung.notify for person in _named(target, task, directory))
    return tuple(person for person in named if person.id != task.reporter and not task.hides_from(person.id))


def _named(target: str, task: Task, directory: Directory) -> tuple[Person, ...]:
    on_duty = (p for p in directory.supervisors if p.id in directory.on_duty)
    match target:
        case Target.ASSIGNEE:
            asked = {part.agent for part in task.assignments if part.state.holds} | {p.agent for p in task.offers}
            return tuple(person for person in directory.assignees if person.id in asked)
        case Target.UNIT_SUPERVISORS_ON_DUTY:
            return tuple(person for person in on_duty if person.unit == task.unit)
        case Target.SUPERVISORS_ON_DUTY:
            return tuple(on_duty)
        case Target.SUPERVISORS:
            return directory.supervisors
        case Target.ADMINS:
            return directory.admins
        case _:
            return ()


def _escalated(ladder: Ladder, rung: int, lap: int, reach: Reach, now: datetime, cause: Cause) -> e.Escalated:
    return e.Escalated(
        rung=rung,
        lap=lap,
        told=reach.people,
        chats=reach.chats,
        cause=cause,
        next_at=_next_at(ladder, rung, lap, now),
    )


def _next_at(ladder: Ladder, rung: int, lap: int, now: datetime) -> datetime | None:
    """The pause between two rungs stays what it is, however the climb came to be early or late."""
    if rung + 1 < len(ladder.rungs):
        return now + ladder.rungs[rung + 1].after - ladder.rungs[rung].after
    pause: timedelta | None = ladder.broadcast_every
    if pause is None and lap < ladder.repeat:
        pause = ladder.rungs[-1].after - ladder.rungs[0].after or timedelta(minutes=1)
    return now + pause if pause is not None else None


def next_climb(task: Task, now: datetime) -> datetime | None:
    """When an alert that has lost its answer climbs on, unless somebody answers; None: it is at its end."""
    if task.ladder is None:
        return None
    if task.rung == 0:
        return now + task.ladder.rungs[0].after
    return _next_at(task.ladder, task.rung - 1, task.lap, now)


def _broadcast(task: Task, directory: Directory, cause: Cause, next_at: datetime | None) -> e.Escalated:
    everybody = [p for p in (*directory.supervisors, *directory.admins) if p.reachable and p.role >= Role.SUPERVISOR]
    told = dict.fromkeys(p.id for p in everybody if not task.hides_from(p.id))
    return e.Escalated(told=tuple(told), cause=cause, next_at=next_at)


def climbs(task: Task) -> bool:
    """Whether the alert goes on climbing: it is open and nobody has answered."""
    return task.ladder is not None and not task.state.closed and not answered(task)
