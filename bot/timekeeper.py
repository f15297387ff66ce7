"""Sleeps until the next thing is due and lets the desk act on it (P8); the due times are in the database."""

import asyncio
import logging
from datetime import timedelta

from bot.clock import Timepiece
from core.desk import Desk
from storage import timers
from storage.store import Store

log = logging.getLogger(__name__)

BATCH = 100
PAUSE = timedelta(seconds=1)


class Timekeeper:
    """One for each process; each due time fires in the transaction that takes it off the list, so once in all.

    ``bell`` says that there may be an earlier due time.
    """

    def __init__(self, store: Store, desk: Desk, clock: Timepiece) -> None:
        self._store = store
        self._desk = desk
        self._clock = clock
        self.bell = asyncio.Event()

    async def run(self) -> None:
        """Fire what is due, wait, and again, until cancelled."""
        while True:
            while await self._desk.fire_due(limit=BATCH) == BATCH:
                pass
            await self._clock.wait(self.bell, await self._store.read(timers.next_due))
