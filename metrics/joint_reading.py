"""One reading for all who ask the same at the same time, begun after the last of them asked."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class JointReading(Generic[Answer]):
    """Readings by what is asked: one goes on, and those who come meanwhile share the next.

    Nobody gets what was read before they asked: whoever changed something and reads it back finds the change.
    """

    def __init__(self) -> None:
        self._going_on: dict[Hashable, asyncio.Task[Answer]] = {}
        self._next: dict[Hashable, asyncio.Task[Answer]] = {}

    async def get(self, asked: Hashable, read: Callable[[], Awaitable[Answer]]) -> Answer:
        """Wait for the answer; it raises what ``read`` raises, the same to all who share it."""
        going_on, reading = self._going_on.get(asked), self._next.get(asked)
        if reading is None:
            reading = asyncio.create_task(self._read(asked, read, going_on))
            (self._going_on if going_on is None else self._next)[asked] = reading
        # Shielded, for one who goes away must not take the others' answer along.
        return await asyncio.shield(reading)

    async def _read(
        self, asked: Hashable, read: Callable[[], Awaitable[Answer]], before: asyncio.Task[Answer] | None
    ) -> Answer:
        if before is not None:
            await asyncio.wait([before])
            self._going_on[asked] = self._next.pop(asked)
        try:
            return await read()
        finally:
            # The next one takes this place itself, once it hears that this one is over.
            if asked not in self._next:
                del self._going_on[asked]
