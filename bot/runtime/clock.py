"""The time that everything is told, and the waiting for it."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

log = logging.getLogger(__name__)

SLEW = 0.01
JUMPED = 5.0  # seconds; what is less, the machine's own time keeping does every day
LASTS = 2.0  # seconds after which a jump is no mistake that somebody takes back, and is taken over whole
SETTLES = 10.0  # seconds after it was set back in which a moment that is waited for may be one of the wrong hour
LOOK = 1.0  # seconds between two looks at the clock while somebody waits: a jump is seen so soon


class Timepiece(Protocol):
    """A clock that can be waited on; tests pass one that they move themselves."""

    def now(self) -> datetime:
        """Now: aware, UTC, whole milliseconds, as it is kept on disk."""

    async def wait(self, bell: asyncio.Event, until: datetime | None) -> None:
        """Return when the bell rings or the moment has come (None: for the bell alone); the bell is quiet again."""

    @property
    def set_back(self) -> timedelta:
        """How far it was set back, in all, since it began to go."""

    @property
    def set_forward(self) -> timedelta:
        """How far it was set forward, in all: so much of the time between two moments did not pass."""

    def rings_when_set_back(self, bell: asyncio.Event) -> None:
        """Ring this bell, too, whenever it was set back."""


def steady() -> float:
    """Seconds that only ever pass; those in which the machine slept count too, where it can tell."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class SystemClock:
    """This machine's clock, made steady.

    It goes as the ``steady`` one does, and follows the ``wall`` one by at most ``SLEW`` of the time that passes: a
    moment's mistake makes nothing fire early and nothing be skipped (P8). A jump that lasts longer than ``LASTS`` is
    taken over: a machine that was paused knows by its wall clock alone how long. Any thread may read it.
    """

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = steady) -> None:
        self._wall = wall
        self._steady = steady
        self._reading = threading.Lock()
        self._ahead = 0.0  # seconds by which the clock that decides is ahead of this machine's
        self._told, self._at = wall(), steady()
        self._set_back = 0.0  # seconds in all: whoever waits goes on waiting for as long as they would have
        self._set_forward = 0.0  # seconds in all
        self._jumped: float | None = None  # when a jump was seen that is not taken over yet
        self._follows = False
        self._bells: list[asyncio.Event] = []
        self._rung_at = 0.0
        self._set_back_at = -SETTLES  # by the steady clock

    def now(self) -> datetime:
        with self._reading:
            moment = datetime.fromtimestamp(self._go_on(), UTC)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def machine(self) -> float:
        """This machine's own clock, in seconds since the epoch, whichever one decides."""
        return self._wall()

    def follow(self, ahead: float) -> None:
        """Follow a clock that is so many seconds ahead of this machine's: what was measured is no mistake.

        From then on a jump of this machine's alone is taken over no more: the next measurement tells.
        """
        with self._reading:
            self._ahead, self._follows = ahead, True
            self._go_on()
            behind = self._wall() + self._ahead - self._told
            if abs(behind) > JUMPED:
                self._take_over(behind)

    def _go_on(self) -> float:
        at = self._steady()
        passed = at - self._at
        behind = self._wall() + self._ahead - (self._told + passed)
        most = passed * SLEW
        self._told, self._at = self._told + passed + max(-most, min(behind, most)), at
        if abs(behind) <= JUMPED:
            self._jumped = None
        elif self._jumped is None:
            self._jumped = at
            log.warning("the machine's clock jumped by %+.0f s; the desk follows it little by little", behind)
        elif at - self._jumped > LASTS and not self._follows:
            self._take_over(self._wall() + self._ahead - self._told)
        return self._told

    def _take_over(self, behind: float) -> None:
        self._told += behind
        if behind < 0:
            self._set_back, self._set_back_at = self._set_back - behind, self._at
        else:
            self._set_forward += behind
        self._jumped = None
        log.warning("the clock was wrong by %+.0f s and is set", behind)

    @property
    def set_back(self) -> timedelta:
        return timedelta(seconds=self._set_back)

    @property
    def set_forward(self) -> timedelta:
        return timedelta(seconds=self._set_forward)

    def rings_when_set_back(self, bell: asyncio.Event) -> None:
        self._bells.append(bell)

    def _ring(self) -> None:
        """In the loop's thread, which the bells are of: any other may have read the clock first."""
        if self._set_back > self._rung_at:
            self._rung_at = self._set_back
            for bell in self._bells:
                bell.set()

    async def wait(self, bell: asyncio.Event, until: datetime | None) -> None:
        """Sleeps by the loop's clock, which nobody sets; never past the moment, however fast this one follows."""
        if until is not None and self._steady() - self._set_back_at < SETTLES:
            # A moment that was reckoned before the clock was set back would be waited for as long as it was wrong.
            until = min(until, self.now() + timedelta(seconds=LOOK))
        back = self._set_back
        while not bell.is_set():
            self._ring()
            left = (until - self.now()).total_seconds() - (self._set_back - back) if until is not None else None
            if left is not None and left <= 0:
                await asyncio.sleep(0)
                return
            try:
                async with asyncio.timeout(min(left / (1 + SLEW), LOOK) if left is not None else None):
                    await bell.wait()
            except TimeoutError:
                continue
        bell.clear()
