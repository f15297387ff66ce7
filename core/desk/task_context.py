"""Source of the notifications about a task: those who have to do with it, and a page of the others."""

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from core.desk.drill_report import drill_report
from core.desk.ports import Repository
from core.notifications.announcement import Announcement, Stage, rest, rings_leaders
from core.notifications.notifications import TaskContext, alerted
from core.rules.other_units import takes_from_unit
from core.rules.situation import Situation
from core.state.directory import PAGE
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary import reopening_events as r
from core.vocabulary.escalation_policy import EscalationTarget

ONE_MORE = PAGE + 1


async def near_context(
    repository: Repository, task: Task, group: int | None, caller: int | None, now: datetime, *, program: str = ""
) -> TaskContext:
    """The task with those who have to do with it: what anybody's card of it says."""
    involved = {part.agent for part in task.assignments} | {part.by for part in task.assignments}
    involved |= {task.reporter, task.acknowledged_by, caller}
    involved |= {task.alarm.person} if task.alarm is not None else set()
    over = task.drill and task.state.closed
    report = await drill_report(repository, task, now) if over else ()
    involved |= {part.person for part in report}
    return TaskContext(
        task=task,
        people=await repository.people(sorted(person for person in involved if person is not None)),
        group=group,
        caller=caller,
        program=program,
        report=report,
    )


async def task_context(
    repository: Repository, task: Task, situation: Situation, events: tuple[e.TaskEvent, ...], now: datetime
) -> tuple[TaskContext, Announcement | None]:
    """The task with everybody whom these events concern at once, and what is left to announce to others."""
    group, caller = situation.directory.group, situation.caller
    file = await near_context(repository, task, group, caller.id, now, program=caller.token)
    people = await _named(repository, situation, events, file) | file.people
    rings = rings_leaders(events, task)
    going_on = any(isinstance(event, e.Escalated) and event.after is not None for event in events)
    telling = all(isinstance(event, n.Notified) for event in events)
    most = 0 if telling or going_on else ONE_MORE
    seen = await repository.audience(task.id, tuple(people.values()), most=most)
    file = replace(file, people=people, shown_in=seen.shown)
    if telling:
        return _only_of(file, events), None
    file = replace(file, shown_in=(*seen.rooms, *seen.shown))
    if takes_from_unit(events, situation.caller.person, task):
        of_unit = await unit_after(repository, task, 0, now)
        file = replace(file, of_unit=of_unit[:PAGE])
        if len(of_unit) > PAGE:
            return file, rest(events, file, Stage.UNIT, of_unit[PAGE - 1].id)
    if rings:
        file, after = await _with_leaders(repository, file, now)
        if after is not None:
            return file, rest(events, file, Stage.LEADERS, after)
    if going_on:
        return file, rest(events, file)
    readers = seen.readers
    file = with_readers(file, readers[:PAGE])
    if any(isinstance(event, e.Noted) and event.afterwards for event in events) and not alerted(file):
        file, after = await _with_leaders(repository, file, now)
        if after is not None:
            return file, rest(events, file, Stage.LEADERS, after)
    return file, rest(events, file, after=readers[PAGE - 1].account) if len(readers) > PAGE else None


def with_readers(file: TaskContext, readers: tuple[Person, ...]) -> TaskContext:
    """The context with people who have the card beside those who have to do with the task."""
    shown = dict.fromkeys((*file.shown_in, *(reader.destination for reader in readers)))
    return replace(file, readers=readers, shown_in=tuple(shown))


async def unit_after(repository: Repository, task: Task, after: int, now: datetime) -> tuple[Person, ...]:
    """Its unit's supervisors on duty by id, a page and one more."""
    on_duty = EscalationTarget.UNIT_SUPERVISORS_ON_DUTY
    return await repository.named(on_duty, task.unit, now, after=after, most=ONE_MORE)


async def leaders_after(repository: Repository, after: int, now: datetime) -> tuple[Person, ...]:
    """Supervisors by id, a page and one more; where there are none, administrators."""
    targets = (EscalationTarget.SUPERVISORS, EscalationTarget.ADMINS)
    for target in targets:
        if found := await repository.named(target, None, now, after=after, most=ONE_MORE):
            return found
    return ()


async def _with_leaders(repository: Repository, file: TaskContext, now: datetime) -> tuple[TaskContext, int | None]:
    """The context with the first page of all leaders, and after whom the others follow."""
    leaders = await leaders_after(repository, 0, now)
    return replace(file, leaders=leaders[:PAGE]), leaders[PAGE - 1].id if len(leaders) > PAGE else None


def _only_of(file: TaskContext, events: tuple[e.TaskEvent, ...]) -> TaskContext:
    """The context of those whom a climb goes on to tell: nobody else's card is another by that."""
    named = {file.people[person].destination for person in _ids(events) if person in file.people}
    return replace(file, shown_in=tuple(place for place in file.shown_in if place in named))


async def _named(
    repository: Repository, situation: Situation, events: tuple[e.TaskEvent, ...], file: TaskContext
) -> dict[int, Person]:
    """The people whom the events name: a decision knows those whom it has asked for."""
    answers = situation.directory.answers.values()
    known = {person.id: person for found in answers for named in found.people.values() for person in named}
    pages = [event for event in events if isinstance(event, n.Notified) and event.by is not None]
    named = dict.fromkeys((*_ids(events), *(page.by for page in pages)))
    ids = [person for person in named if person is not None and person not in file.people]
    missing = await repository.people([person for person in ids if person not in known])
    return {person: known[person] for person in ids if person in known} | missing


def _ids(events: tuple[e.TaskEvent, ...]) -> Iterator[int]:
    for event in events:
        match event:
            case e.Escalated():
                yield from event.notified
            case n.Notified():
                yield from event.people
            case e.Reached():
                yield event.person
            case r.Reopened():
                yield from event.had
            case _:  # whom other events name has a part in the task
                pass
