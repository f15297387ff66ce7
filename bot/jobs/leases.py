"""Takes back unfinished work: rows that a dead process held, and rows that could not be marked as done (P1, P3).

Rows that another process put into the queues are looked at then too, and whether the database is still the same.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.runtime.clock import Timepiece
from bot.runtime.pulse import Pulse
from storage.engine.session import Session
from storage.engine.store import Store
from storage.queues import inbox, outbox

EVERY = timedelta(seconds=5)


class Leases:
    """Looks every few seconds for leases that ran out. ``freed`` is called after each look."""

    def __init__(self, store: Store, clock: Timepiece, freed: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._freed = freed

    async def run(self, pulse: Pulse) -> None:
        """Until cancelled."""
        never = asyncio.Event()
        while True:
            await self._clock.wait(never, self._clock.now() + EVERY)
            pulse.begins()
            await self._store.prove()
            await self._store.write(lambda session: take_back(session, self._clock.now()))
            self._freed()
            pulse.rests(self._clock.now() + EVERY)


async def take_back(session: Session, now: datetime, *, everything: bool = False) -> int:
    """Take back rows held too long; ``everything`` where no other process can hold any. Returns how many."""
    updates = await inbox.reclaim(session, now, everything=everything)
    return updates + await outbox.reclaim(session, now, everything=everything)
