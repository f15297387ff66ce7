"""A clock that the story moves."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


class MovedClock:
    """Stands still until `advance`; whoever waits for a moment that has come by then is woken."""

    def __init__(self, start: datetime = NOON) -> None:
        self._now = start
        self._alarms: dict[asyncio.Future[None], datetime] = {}

    def now(self) -> datetime:
        return self._now

    def seconds(self) -> float:
        """Seconds since the epoch, as the emulator counts."""
        return self._now.timestamp()

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)
        for alarm, moment in list(self._alarms.items()):
            if moment <= self._now and not alarm.done():
                alarm.set_result(None)

    @property
    def next_alarm(self) -> datetime | None:
        """The next moment that somebody waits for."""
        return min((m for alarm, m in self._alarms.items() if not alarm.done()), default=None)

    async def wait(self, bell: asyncio.Event, until: datetime | None) -> None:
        """As ``bot.runtime.clock.Timepiece.wait``."""
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
