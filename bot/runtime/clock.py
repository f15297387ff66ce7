"""The time that everything is told, and the waiting for it."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

log = logging.getLogger(__name__)

SLEW = 0.01
JUMPED = 5.0  # seconds; what is less, the machine's own time keeping does every day


class Timepiece(Protocol):
    """A clock that can be waited on; tests pass one that they move themselves."""

    def now(self) -> datetime:
        """Now: aware, UTC, whole milliseconds, as it is kept on disk."""

    async def wait(self, bell: asyncio.Event, until: datetime | None) -> None:
        """Return when the bell rings or the moment has come (None: for the bell alone); the bell is quiet again."""


def steady() -> float:
    """Seconds that only ever pass; those in which the machine slept count too, where it can tell."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class SystemClock:
    """This machine's clock, made steady.

    It goes as the ``steady`` one does, and follows the ``wall`` one by at most ``SLEW`` of the time that passes:
    setting the wall clock makes nothing fire early and nothing be skipped (P8). Any thread may read it.
    """

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = steady) -> None:
        self._wall = wall
        self._steady = steady
        self._reading = threading.Lock()
        self._told, self._at = wall(), steady()
        self._jumped = False

    def now(self) -> datetime:
        with self._reading:
            moment = datetime.fromtimestamp(self._go_on(), UTC)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def _go_on(self) -> float:
        at = self._steady()
        passed = at - self._at
        behind = self._wall() - (self._told + passed)
        most = passed * SLEW
        self._told, self._at = self._told + passed + max(-most, min(behind, most)), at
        if self._jumped is not (abs(behind) > JUMPED):
            self._jumped = not self._jumped
            if self._jumped:
                log.warning("the machine's clock jumped by %+.0f s; the desk follows it little by little", behind)
        return self._told

    async def wait(self, bell: asyncio.Event, until: datetime | None) -> None:
        """Sleeps by the loop's clock, which nobody sets; never past the moment, however fast this one follows."""
        while not bell.is_set():
            left = (until - self.now()).total_seconds() if until is not None else None
            if left is not None and left <= 0:
                await asyncio.sleep(0)
                return
            try:
                async with asyncio.timeout(left / (1 + SLEW) if left is not None else None):
                    await bell.wait()
            except TimeoutError:
                continue
        bell.clear()
