"""The time that everything is told, and the waiting for it."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Timepiece(Protocol):
    """A clock that can be waited on; tests pass one that they move themselves."""

    def now(self) -> datetime:
        """Now: aware, UTC, whole milliseconds, as it is kept on disk."""

    async def wait(self, bell: asyncio.Event, until: datetime | None) -> None:
        """Return when the bell rings or the moment has come (None: for the bell alone); the bell is quiet again."""


class SystemClock:
    """This machine's clock."""

    def now(self) -> datetime:
        moment = datetime.now(UTC)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    async def wait(self, bell: asyncio.Event, until: datetime | None) -> None:
        patience = None if until is None else max(0.0, until.timestamp() - time.time())
        try:
            async with asyncio.timeout(patience):
                await bell.wait()
        except TimeoutError:
            return
        bell.clear()
