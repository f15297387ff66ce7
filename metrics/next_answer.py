"""One answer for all who wait for it: dear questions that anybody may ask are worked on once at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

# A scrape has 5 s, and one that meets a stuck database takes 2.
PATIENCE = timedelta(seconds=0.5)


class NextAnswer(Generic[Answer]):
    """Asks ``question`` anew for those who came after it was asked last, all of them together.

    So nobody gets an answer from before they came, and however many ask, it is worked on once at a time; one that takes
    longer than ``patience`` is not waited for.
    """

    def __init__(self, question: Callable[[], Awaitable[Answer]], *, patience: timedelta = PATIENCE) -> None:
        self._question = question
        self._patience = patience.total_seconds()
        self._asking: asyncio.Task[Answer] | None = None
        self._next: asyncio.Task[Answer] | None = None

    async def get(self) -> Answer:
        """Wait for the next answer; it raises what the question raises."""
        if self._next is None:
            self._next = asyncio.create_task(self._ask(self._asking))
        # Shielded, for one who goes away must not take the others' answer along.
        return await asyncio.shield(self._next)

    async def _ask(self, before: asyncio.Task[Answer] | None) -> Answer:
        if before is not None:
            await asyncio.wait([before], timeout=self._patience)
        self._asking, self._next = self._next, None
        return await self._question()
