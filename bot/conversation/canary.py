"""Says that this process is of a new release, or hears of one: who takes which chats is known within seconds."""

import asyncio
import logging
from datetime import timedelta
from functools import partial

from bot.runtime.clock import Timepiece
from bot.runtime.pulse import Pulse
from storage.engine.store import Store
from storage.queues import canary
from storage.queues.canary import Share

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=2)
# While others have a share, what is due may be theirs: it is looked for again after this, not at once.
LOOK_AGAIN = timedelta(milliseconds=250)


class Canary:
    """The share of this process, ``percent`` of the chats if that isn't 0; ``share`` is None where all are taken."""

    def __init__(self, store: Store, clock: Timepiece, percent: int) -> None:
        self._store = store
        self._clock = clock
        self._percent = percent
        self.share = Share(percent=percent, new=True) if percent else None

    async def run(self, pulse: Pulse) -> None:
        """Beat or listen, until cancelled."""
        never = asyncio.Event()
        while True:
            pulse.begins()
            if self._percent:
                await self._store.write(partial(canary.beat, percent=self._percent, now=self._clock.now()))
            else:
                self._hear(await self._store.read(partial(canary.heard, now=self._clock.now())))
            next_look = self._clock.now() + EVERY
            pulse.rests(next_look)
            await self._clock.wait(never, next_look)

    def _hear(self, percent: int) -> None:
        share = Share(percent=percent, new=False) if percent else None
        if share == self.share:
            return
        self.share = share
        if share is not None:
            log.warning("a new release takes %d %% of the chats, this process the rest and emergencies", percent)
        else:
            log.warning("no new release is heard any more: this process takes every chat")
