"""Agents who are free again: emergencies that look for one ask them at once, each in a transaction of its own.

In one transaction with what freed somebody, it would hold up to five emergencies and everybody whom they ask, and keep
others waiting. It is a due time that is kept with its cause, so a process that dies in between leaves it to the
timekeeper. Its ``unit`` is the emergency that was looked at last, 0 for none, negative where somebody went to it.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from msgspec.structs import replace

from core.desk.outcome import Outcome, PersonDone, Refused, TaskDone
from core.desk.ports import Clock, Repository, Unavailable, UnitOfWork
from core.desk.search_port import Sought
from core.rules.timers import Timer, TimerKind
from core.vocabulary import commands as c
from core.vocabulary import events as e

Search = Callable[[Repository, c.Search, datetime], Awaitable[Outcome]]
# Emergencies that are looked at in one transaction, where whoever is free can't go to the first.
FEW = 5
# The pause after which one that somebody else was changing is looked at again.
AGAIN = timedelta(milliseconds=250)


async def note_freed(repository: Repository, outcome: Outcome, now: datetime) -> None:
    """Keep that somebody is free, where an emergency waits for it."""
    if not any(isinstance(event, e.FREEING) for event in outcome.events) or not await repository.is_searched():
        return
    match outcome:
        case TaskDone():
            freed = Timer(kind=TimerKind.FREED, task=outcome.task.id, due_at=now, urgent=True)
        case PersonDone():
            freed = Timer(kind=TimerKind.FREED, person=outcome.person.id, due_at=now, urgent=True)
        case _:  # no other outcome frees anybody
            return
    await repository.set_timers([freed])
    repository.at_once.append(freed)


async def search_on(repository: Repository, search: Search, freed: Timer, now: datetime) -> Timer | None:
    """Let the next emergency that finds somebody ask; the due time with which it goes on at once, if it does.

    While somebody whom this freed is free, all that look for an agent have their turn. One that somebody else is
    changing at this moment is looked at again soon, with those after it: the due time isn't used up by passing it over.
    """
    free = await repository.still_free(await _whom(repository, freed))
    last, changing, found = freed.unit, None, False
    looking = await repository.searching(_sought(freed.unit))
    few = FEW if free else 1
    for one in looking[:few]:
        if await repository.try_task(one.task):
            found = not isinstance(await search(repository, c.Search(task=one.task, fresh=True), now), Refused)
        elif free and changing is None:
            changing = replace(freed, unit=last, due_at=now + AGAIN)
        last = -one.task if one.attended else one.task
        if found:
            break
    going_on = replace(freed, unit=last, due_at=now) if found or (free and len(looking) > few) else None
    await repository.set_timers(timer for timer in (changing, going_on) if timer is not None)
    return going_on


def _sought(unit: int) -> Sought | None:
    return Sought(task=abs(unit), attended=unit < 0) if unit else None


async def search_at_once(units: UnitOfWork, clock: Clock, search: Search, freed: Timer) -> None:
    """Let one after the other ask; what a storage that fails now leaves over is due."""
    going_on: Timer | None = freed
    try:
        while going_on is not None:
            going_on = await units.write(partial(_search_next, clock, search, going_on))
    except Unavailable:
        return


async def _search_next(clock: Clock, search: Search, freed: Timer, repository: Repository) -> Timer | None:
    return await search_on(repository, search, freed, clock.now()) if await repository.take(freed) else None


async def _whom(repository: Repository, freed: Timer) -> tuple[int, ...]:
    """Those whom it may have freed: a person, or everybody who had a part in a task, and its reporter."""
    if freed.person:
        return (freed.person,)
    task = await repository.task(freed.task)
    if task is None:
        return ()
    whose = task.alarm.person if task.alarm is not None else task.reporter
    return (*(part.agent for part in task.assignments), *(() if whose is None else (whose,)))
