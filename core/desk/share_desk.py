"""The desk's work on shares: what a reporter has open, and agents whom one emergency gives up for another."""

from collections.abc import Awaitable, Sequence
from datetime import datetime

from msgspec.structs import replace

from core.desk.joined_reports import reports_in
from core.desk.ports import Repository
from core.rules.permissions import Caller
from core.rules.shares import ALONE, count_again, counts, flood, spared, wants_an_agent
from core.rules.situation import Report, Situation
from core.rules.timers import first_in_vain, spare_later
from core.state.person import Person
from core.state.task import Task, answered
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import shares as s
from core.vocabulary.places import Place

# Open at once only in what earlier releases left.
MOST = 500
# Of a reporter's open emergencies, for one that a further report may join.
LOOKED_AT = 10


async def with_share(
    repository: Repository, situation: Situation, command: c.OpenEmergency, now: datetime
) -> Situation:
    """The situation with what the caller has open, and has just said; where that is enough, with the first of these.

    A person who sends the same twice in a hurry means it once; a program says so with its key.
    """
    caller = situation.caller
    if caller.id is not None:
        words, since = " ".join(command.title.split()), now - situation.rules.duplicate_window
        twin, own = await repository.reported_by(caller.id, words, since, LOOKED_AT)
        situation = replace(situation, duplicate_of=twin)
    else:
        own = await repository.open_of(None, caller.reports_as, LOOKED_AT, counting=True)
    if command.drill:
        return situation
    if len(own) < ALONE:
        return replace(situation, earlier=len(own))
    return replace(situation, earlier=len(own), task=await _first_unanswered(repository, own))


async def _first_unanswered(repository: Repository, own: Sequence[int]) -> Task | None:
    """The first of these that nobody has answered; what joined another one would be heard by nobody who looks."""
    for number in own:
        task = await repository.task(number)
        if task is not None and not task.state.closed and not answered(task):
            return task
    return None


async def with_report(
    repository: Repository, situation: Situation, command: s.TakeOut
) -> tuple[Situation, Place | None, int | None]:
    """The situation with the report that is to be taken out; its place, and whose it is."""
    situation = replace(situation, task=await repository.task(command.task))
    report = next(iter(reports_in(await repository.report(command.task, command.number))), None)
    if report is None:
        return situation, None, None
    agent = await repository.person(report.by) if report.by is not None else None
    return replace(situation, report=report, agent=agent), report.event.place, report.by


async def of_its_reporter(
    repository: Repository, command: c.AnyCommand, report: Report | None, before: Task | None, task: Task
) -> list[c.TaskCommand]:
    """Commands for others of its reporter that follow from the caller's: the same end or second thought.

    What came with a ``report`` that was taken out goes with it.
    """
    match command:
        case s.TakeOut() if report is not None:
            taken_over = [
                c.AddNote(task=task.id, media=note.media, attachment=note.attachment, more=True, author=report.by)
                for note in report.evidence
            ]
            return [s.MarkTakenOut(task=command.task, number=command.number, into=task.id), *taken_over]
        case c.Cancel(others=True):
            own = await repository.open_of(task.reporter, task.program, MOST)
            return [c.Cancel(task=one) for one in own if one != task.id]
        case c.Undo(others=True) if before is not None and before.state.closed:
            return [c.Undo(task=one) for one in await repository.ended_with(before)]
        case _:  # all else is about one task
            return []


def ask_others(
    repository: Repository, before: Task | None, events: tuple[e.TaskEvent, ...]
) -> Awaitable[Sequence[int]] | None:
    """Ask for others of its reporter where their first one ends; nobody waits for that alone."""
    if before is None or before.earlier or not counts(before):
        return None
    ends = any(isinstance(event, e.Completed | e.Cancelled) for event in events)
    return repository.ask_counting(before) if ends else None


async def recounted(
    repository: Repository, before: Task | None, task: Task, others: Awaitable[Sequence[int]] | None
) -> tuple[s.Count, ...]:
    """Another place among its reporter's for one that is open, where this one has just ended or come back."""
    if before is not None and before.state.closed and not task.state.closed and counts(task):
        others = repository.ask_counting(task)  # those that came back with it, too
    if others is None:
        return ()
    own = [one for each in await others if each != task.id and (one := await repository.task(each)) is not None]
    return count_again(before, task, own)


async def spare(repository: Repository, before: Task | None, task: Task, now: datetime) -> tuple[s.YieldAgent, ...]:
    """Another emergency's agent, where this one has just begun to look for one in vain."""
    return await look_for_one_to_spare(repository, task, now) if wants_an_agent(before, task) else ()


async def look_for_one_to_spare(repository: Repository, task: Task, now: datetime) -> tuple[s.YieldAgent, ...]:
    """Another emergency's agent; where none is found, those that others are changing now are looked at again soon."""
    if not first_in_vain(task):
        return ()
    others, all_seen = await repository.giving()
    asked = [part.agent for other in others for part in other.assignments]
    holding = [p.agent for other in others for p in other.assignments if p.state.holds and other.earlier]
    alone = await repository.alone(holding) if holding else frozenset[int]()
    found = spared(task, others, await repository.people(dict.fromkeys(asked)), alone) if asked else None
    if found is None and not all_seen:
        await repository.set_timers([spare_later(task, now)])
    return (found,) if found is not None else ()


async def quietened(repository: Repository, person: Person, caller: Caller) -> list[c.AnyCommand]:
    """The flood of somebody who is put out: whoever puts them out is in charge of it.

    Where nobody does, as with their own word, nobody has answered it: it goes on (P4).
    """
    if caller.id is None:
        return []
    own = [await repository.task(task) for task in await repository.open_of(person.id, None, MOST)]
    found = flood([task for task in own if task is not None])
    return [s.Quieten(task=task.id, by=caller.id) for task in found]


def before_of(situation: Situation, events: tuple[e.TaskEvent, ...]) -> Task | None:
    """The task before these events; one that they begin has none, whatever else was looked at."""
    return None if isinstance(events[0], e.Opened) else situation.task
