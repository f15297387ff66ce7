"""Acts on what follows for others as soon as it is kept, each in a transaction of its own.

What follows from one person's silence touches every open alert. In one transaction it would hold them all, and keep
everybody waiting. Each is a due time that is kept with its cause, so a process that dies in between leaves it to the
timekeeper.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from core.desk.ports import Clock, Repository, Unavailable, UnitOfWork
from core.rules.timers import Timer

Fire = Callable[[Repository, Timer, datetime], Awaitable[None]]


async def act_at_once(units: UnitOfWork, clock: Clock, fire: Fire, person: int) -> None:
    """Act on what follows from a change of this person, in its order.

    What somebody else is changing at this moment, and what a storage that fails now leaves over, is due.
    """
    try:
        for timer in await units.write(partial(_following, person)):
            await units.write(partial(_act, clock, fire, timer))
    except Unavailable:
        return


async def _following(person: int, repository: Repository) -> tuple[Timer, ...]:
    return await repository.following(person)


async def _act(clock: Clock, fire: Fire, timer: Timer, repository: Repository) -> None:
    if await repository.take(timer):
        await fire(repository, timer, clock.now())
