"""The database that a process knows, told from another that took its place while the process ran.

A standby that takes over, and a dump that is put back, may lack the last things that the process did. Every connection
says where it leads to before anything is done on it (P7).
"""

import asyncio
from collections.abc import Awaitable, Callable
from operator import itemgetter

from storage.engine.identity import IDENTITY_SQL
from storage.engine.pipeline import Pipeline


class SameServer:
    """Proves connections. ``meet`` is what to do on the first one that leads elsewhere, before all else."""

    def __init__(self) -> None:
        self._known: int | None = None
        self._meet: Callable[[Pipeline], Awaitable[None]] | None = None
        self._meeting = asyncio.Lock()

    async def know(self, pipeline: Pipeline, meet: Callable[[Pipeline], Awaitable[None]]) -> None:
        """From now on the database is the one that this connection leads to."""
        self._known, self._meet = await _identity(pipeline), meet

    async def prove(self, pipeline: Pipeline) -> bool:
        """Whether the connection leads to the database that was known; the other one has been met by then."""
        if self._meet is None or await _identity(pipeline) == self._known:
            return True
        async with self._meeting:
            found = await _identity(pipeline)
            if found == self._known:  # somebody else has met it meanwhile
                return True
            await self._meet(pipeline)
            self._known = found
        return False


async def _identity(pipeline: Pipeline) -> int | None:
    return next(iter(pipeline.rows(await pipeline.ask(IDENTITY_SQL), itemgetter(0))), None)
