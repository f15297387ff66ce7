"""Fires what is due, each in the transaction that takes it off the list (P8)."""

from datetime import timedelta
from functools import partial

from msgspec.structs import replace

from core.desk.act_at_once import Fire
from core.desk.committed import cause_of
from core.desk.ports import Clock, HeldUp, Repository, UnitOfWork
from core.rules.timers import PAGES, Timer
from core.vocabulary.causes import because

# The pause after which one is tried again that somebody held up.
PUT_OFF = timedelta(seconds=1)


async def fire_due(units: UnitOfWork, clock: Clock, fire: Fire, limit: int) -> int:
    """Fire up to so many; how many there were. One that somebody holds up is put off, so that others have their turn.

    Raises:
        HeldUp: it could not be put off either.
    """
    firing: list[Timer] = []

    async def unit(repository: Repository) -> int:
        firing.clear()
        now, fired = clock.now(), 0
        while fired < limit and (due := await repository.take_due(now, 1)):
            firing[:] = due
            with because(cause_of(due[0])):
                await fire(repository, due[0], now)
            fired += 1
            if due[0].kind in PAGES:
                break
        return fired

    try:
        return await units.write(unit)
    except HeldUp:
        if not firing:
            raise
        return await units.write(partial(_put_off, clock, firing[0]))


async def _put_off(clock: Clock, timer: Timer, repository: Repository) -> int:
    if not await repository.take(timer):
        return 0
    await repository.set_timers([replace(timer, due_at=clock.now() + PUT_OFF)])
    return 1
