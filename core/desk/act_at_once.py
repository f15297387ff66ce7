"""Acts on what follows for others as soon as it is kept, each in a transaction of its own.

What follows from one person's silence touches every open alert, and what follows from their coming back every card that
they have. In one transaction it would hold them all, and keep everybody waiting. Each is a due time that is kept with
its cause, so a process that dies in between leaves it to the timekeeper.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from core.desk.outcome import Outcome, PersonDone, UnitDone
from core.desk.person_follow_ups import FOLLOWED
from core.desk.ports import Clock, Repository, Unavailable, UnitOfWork
from core.rules.timers import Timer
from core.vocabulary import unit_events as u

Fire = Callable[[Repository, Timer, datetime], Awaitable[None]]


def changed_by(outcome: Outcome) -> tuple[int, ...]:
    """The people from whose change something follows for others."""
    match outcome:
        case PersonDone() if any(isinstance(event, FOLLOWED) for event in outcome.events):
            return (outcome.person.id,)
        case UnitDone():
            return tuple(event.person for event in outcome.events if isinstance(event, u.Enrolled | u.Dismissed))
        case _:  # no other outcome is about people themselves
            return ()


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
