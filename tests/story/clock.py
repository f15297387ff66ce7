"""A clock that the story moves."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.runtime import clock

SETTLES, LOOK = timedelta(seconds=clock.SETTLES), timedelta(seconds=clock.LOOK)
NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


class MovedClock:
    """Stands still until `advance`; whoever waits for a moment that has come by then is woken."""

    def __init__(self, start: datetime = NOON) -> None:
        self._now = start
        self._alarms: dict[asyncio.Future[None], datetime] = {}
        self.set_back = self.set_forward = timedelta(0)
        self._wrong = 0.0
        self._set_back_at: datetime | None = None
        self._bells: list[asyncio.Event] = []

    def now(self) -> datetime:
        return self._now

    def seconds(self) -> float:
        """Seconds since the epoch, as the emulator counts: by the true time."""
        return self._now.timestamp() - self._wrong

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)
        for alarm, moment in list(self._alarms.items()):
            if moment <= self._now and not alarm.done():
                alarm.set_result(None)

    def is_set(self, by: float) -> None:
        """Somebody sets it, wrong or right, by so many seconds; no time passes, and Telegram's clock stays.

        Whoever waits goes on waiting for as long as they would have, or less.
        """
        self._wrong += by
        if by > 0:
            self.set_forward += timedelta(seconds=by)
            self.advance(by)
            return
        back = timedelta(seconds=-by)
        self._now -= back
        self._set_back_at = self._now
        self._alarms = {alarm: moment - back for alarm, moment in self._alarms.items()}
        self.set_back += back
        for bell in self._bells:
            bell.set()

    def rings_when_set_back(self, bell: asyncio.Event) -> None:
        """As ``bot.runtime.clock.Timepiece.rings_when_set_back``."""
        self._bells.append(bell)

    @property
    def next_alarm(self) -> datetime | None:
        """The next moment that somebody waits for."""
        return min((m for alarm, m in self._alarms.items() if not alarm.done()), default=None)

    async def wait(self, bell: asyncio.Event, until: datetime | None) -> None:
        """As ``bot.runtime.clock.Timepiece.wait``."""
        if until is not None and self._set_back_at is not None and self._now - self._set_back_at < SETTLES:
            until = min(until, self._now + LOOK)
        if until is not None and until <= self._now:
            return
        ring = asyncio.ensure_future(bell.wait())
        alarm: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if until is not None:
            self._alarms[alarm] = until
        try:
            waiting: set[asyncio.Future[Any]] = {ring, alarm}
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            if ring.done():
                bell.clear()
        finally:
            ring.cancel()
            self._alarms.pop(alarm, None)
