"""Backlog: updates sent while the desk was away are read before due times are acted on, within a bound.

After a start, and whenever Telegram could not be asked: an answer that was given in time may still wait there.
"""

import asyncio
from datetime import datetime, timedelta

from bot.runtime.clock import Timepiece

# An emergency escalates no later than this after its time, whatever Telegram does.
BOUND = timedelta(seconds=30)
# A webhook is not told that nothing waits any more; updates that wait are pushed as soon as the address is set.
BOUND_OF_WEBHOOK = timedelta(seconds=3)
# Time in which what fell due meanwhile is acted on; what waits for longer waits for another reason.
TURN = timedelta(seconds=5)


class Backlog:
    """Holds due times back while updates may wait at Telegram. ``bell`` rings when all of them were read."""

    def __init__(self, clock: Timepiece, *, pushed: bool = False) -> None:
        self._clock = clock
        self._bound = BOUND_OF_WEBHOOK if pushed else BOUND
        self.bell = asyncio.Event()
        self._until: datetime | None = None
        self._let_go_at: datetime | None = None
        self.read_at: datetime | None = None
        self.away()

    def away(self) -> None:
        """Hold due times, at most for the bound: nobody knows what waits there.

        Once the bound is over, what is due has its turn before anything is held again.
        """
        now = self._clock.now()
        if self._until is None or self._until + TURN <= now:
            self._until = now + self._bound
        self.read_at = None

    def read(self) -> None:
        """All that waited is on disk: once it is handled, nothing is held any more."""
        if self._until is not None and self.read_at is None:
            self.read_at = self._clock.now()
            self.bell.set()

    def let_go(self) -> None:
        """All of it is handled: due times are acted on."""
        self._until, self._let_go_at, self.read_at = None, self._clock.now(), None

    @property
    def holds_until(self) -> datetime | None:
        """When due times are acted on at the latest; None: now."""
        now = self._clock.now()
        if self._until is not None and self._until > now + self._bound:  # the clock was set back meanwhile
            self._until = now + self._bound
        return self._until if self._until is not None and self._until > now else None

    def catches_up(self) -> bool:
        """Whether due times wait, or have had no time yet to be acted on since they did."""
        if self.holds_until is not None:
            return True
        begun = self._until or self._let_go_at
        return begun is not None and timedelta(0) <= self._clock.now() - begun < TURN
