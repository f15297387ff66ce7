"""One answer for all who ask at the same time: a dear question that anybody may ask is worked on once at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class SharedAnswer(Generic[Answer]):
    """Asks ``question``; whoever comes while it is worked on gets that answer too, and the next one asks anew."""

    def __init__(self, question: Callable[[], Awaitable[Answer]]) -> None:
        self._question = question
        self._asking: asyncio.Task[Answer] | None = None

    async def get(self) -> Answer:
        """Wait for the answer; it raises what the question raises."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        # Shielded, for one who goes away must not take the others' answer along.
        return await asyncio.shield(self._asking)

    async def _ask(self) -> Answer:
        return await self._question()
