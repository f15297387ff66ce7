"""Agents who are free again: emergencies that look for one ask them at once, each in a transaction of its own.

In one transaction with what freed somebody, it would hold up to five emergencies and everybody whom they ask, and keep
others waiting. It is a due time that is kept with its cause, so a process that dies in between leaves it to the
timekeeper.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from core.desk.outcome import Outcome, PersonDone, Refused, TaskDone
from core.desk.ports import Clock, Repository, Unavailable, UnitOfWork
from core.rules.timers import Timer, TimerKind
from core.vocabulary import commands as c
from core.vocabulary import events as e

Search = Callable[[Repository, c.Search, datetime], Awaitable[Outcome]]
# Emergencies that are looked at in one transaction, where whoever is free can't go to the first.
FEW = 5


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


async def search_on(repository: Repository, search: Search, freed: Timer, now: datetime, *, most: int = FEW) -> bool:
    """Let the first emergency that finds somebody ask; whether another may find one, in a transaction of its own."""
    passed: list[int] = []
    while len(passed) < most and (task := await repository.searching(passed)) is not None:
        if not isinstance(await search(repository, c.Search(task=task, fresh=True), now), Refused):
            await repository.set_timers([freed])
            return True
        passed.append(task)
    return False


async def search_at_once(units: UnitOfWork, clock: Clock, search: Search, freed: Timer) -> None:
    """Let one after the other ask, until one finds nobody; what a storage that fails now leaves over is due."""
    most = FEW
    try:
        while await units.write(partial(_search_next, clock, search, freed, most)):
            most = 1
    except Unavailable:
        return


async def _search_next(clock: Clock, search: Search, freed: Timer, most: int, repository: Repository) -> bool:
    return await repository.take(freed) and await search_on(repository, search, freed, clock.now(), most=most)
