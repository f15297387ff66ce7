"""Keeps the loops of the desk running: one that fails is started again, and says so.

One that the storage refused is not to blame: it waits for it, and `bot.runtime.outage` says it for all of them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.runtime.clock import Timepiece
from storage.engine.errors import StorageError

log = logging.getLogger(__name__)

PAUSE = timedelta(seconds=1)
AGAIN = 0.5  # seconds


class Crew:
    """The tasks that run for as long as the desk is open."""

    def __init__(self, clock: Timepiece) -> None:
        self._clock = clock
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._failing: set[str] = set()

    def start(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Run ``work`` until `stop`; when it fails, again after a second."""
        self._tasks[name] = asyncio.create_task(self._keep(name, work), name=name)

    def failing(self, name: str) -> bool:
        """Whether it has failed and has not started again."""
        return name in self._failing

    async def stop(self, *names: str) -> None:
        """End these, or all when none is named."""
        left = {self._tasks.pop(name) for name in names or tuple(self._tasks) if name in self._tasks}
        while left:
            for task in left:
                task.cancel()
            # Again and again: a library that is closing a connection may make an error of its own of it.
            _, left = await asyncio.wait(left, timeout=AGAIN)

    async def _keep(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        never = asyncio.Event()
        while True:
            try:
                return await work()
            except StorageError:
                pass  # whoever keeps the store has said so already, once (`bot.runtime.outage`)
            except Exception:
                log.exception("%s failed and starts again", name)
                self._failing.add(name)
            await self._clock.wait(never, self._clock.now() + PAUSE)
            self._failing.discard(name)
