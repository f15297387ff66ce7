"""Work in flight: taken by a loop from a queue, and not done yet."""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress

log = logging.getLogger(__name__)


class InFlight:
    """The work in hand, and how the loop that takes it comes to its end. ``bell`` wakes the loop.

    The loop takes while it is ``open``, and holds ``taking`` from before it asks for rows until their work was begun:
    rows that the database gave to this process and that it forgot would wait for their lease, and nobody could know
    what became of them.
    """

    def __init__(self) -> None:
        self.bell = asyncio.Event()
        self.taking = asyncio.Lock()
        self.open = True
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    @property
    def idle(self) -> bool:
        """Whether nothing is in hand, nor on its way there."""
        return not self._tasks and not self.taking.locked()

    def begin(self, work: Coroutine[None, None, None]) -> None:
        """Work on something; the bell rings when it is done."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def finish(self, patience: float) -> None:
        """Take nothing more; wait for what is in hand, at most so many seconds."""
        self.open = False
        self.bell.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                async with self.taking:
                    pass
                if self._tasks:
                    await asyncio.wait(self._tasks)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self.bell.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            # The row stays taken: its lease gives it back.
            log.error("what was in hand could not be settled: %s", type(error).__name__, exc_info=error)
