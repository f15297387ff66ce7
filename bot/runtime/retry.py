"""Trying again for as long as the storage is to blame."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from bot.runtime.clock import Timepiece
from storage.engine.errors import StorageError

T = TypeVar("T")

PAUSE = timedelta(seconds=1)


async def retry_while_down(clock: Timepiece, act: Callable[[], Awaitable[T]]) -> T:
    """Run it again until the storage accepts it; its answer.

    Telegram's updates and answers can't be asked for again, and a database that another program has locked is no fault
    of an update.
    """
    never = asyncio.Event()
    while True:
        try:
            return await act()
        except StorageError:  # `bot.runtime.outage` says it, once
            await clock.wait(never, clock.now() + PAUSE)
