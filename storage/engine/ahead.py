"""Units that go ahead: what is due waits neither behind a crowd, nor for long for what somebody holds (P8)."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Connections beyond those of all others, opened when they are needed.
KEPT = 4
# Seconds for which one that goes ahead waits for a lock, and after which it begins anew no more.
SOON = 1

_ahead: ContextVar[bool] = ContextVar("ahead", default=False)


def goes_ahead() -> bool:
    """Whether what is done now goes ahead."""
    return _ahead.get()


@contextmanager
def ahead(*, goes: bool = True) -> Iterator[None]:
    """Let the units of what follows go ahead, or no longer."""
    before = _ahead.set(goes)
    try:
        yield
    finally:
        _ahead.reset(before)


class ConnectionLimit:
    """So many connections may be in use at once, and a few more by those that go ahead."""

    def __init__(self, most: int) -> None:
        self._most, self._behind = most + KEPT, most
        self._all = asyncio.Semaphore(self._most)
        self._others = asyncio.Semaphore(self._behind)

    async def take(self, patience: float) -> tuple[asyncio.Semaphore, ...]:
        """Take one of them, to be given back; it is waited for this many seconds.

        Raises:
            TimeoutError: all are in use for longer.
        """
        taken: list[asyncio.Semaphore] = []
        try:
            async with asyncio.timeout(patience):
                for limit in (self._all,) if goes_ahead() else (self._others, self._all):
                    await limit.acquire()
                    taken.append(limit)
        except BaseException:
            give_back(taken)
            raise
        return tuple(taken)

    async def close(self) -> None:
        """Wait until none is in use, nor waited for; nobody gets one any more."""
        for limit, number in ((self._others, self._behind), (self._all, self._most)):
            for _ in range(number):
                await limit.acquire()


def give_back(taken: Iterable[asyncio.Semaphore]) -> None:
    """Let others have the connection."""
    for limit in taken:
        limit.release()
