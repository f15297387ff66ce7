"""When a program's token was used last: kept once a minute at most, beside the requests."""

import asyncio
import logging
from datetime import datetime, timedelta

from bot.runtime.clock import Timepiece
from core.desk.ports import Unavailable
from storage.engine.store import Store
from storage.repositories import tokens

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)


class TokenUse:
    """Told by the side server of each use; as many entries as there are tokens."""

    def __init__(self, store: Store, clock: Timepiece) -> None:
        self._store = store
        self._clock = clock
        self._kept: dict[str, datetime] = {}
        self._writing: set[asyncio.Task[None]] = set()

    def __call__(self, name: str) -> None:
        now = self._clock.now()
        last = self._kept.get(name)
        if last is not None and timedelta(0) <= now - last < EVERY:
            return
        self._kept[name] = now
        writing = asyncio.create_task(self._keep(name, now))
        self._writing.add(writing)
        writing.add_done_callback(self._writing.discard)

    async def _keep(self, name: str, now: datetime) -> None:
        try:
            await self._store.write(lambda session: tokens.used(session, name, now))
        except Unavailable:
            log.debug("when the token %s was used could not be kept", name)

    async def written(self) -> None:
        """Wait for what is being written."""
        await asyncio.gather(*self._writing)
