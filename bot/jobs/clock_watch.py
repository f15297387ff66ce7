"""Measures the desk's clock against Telegram's and the database's; several processes go by the database's (P13)."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.runtime.clock import SystemClock, Timepiece
from bot.runtime.conditions import Condition, Conditions
from bot.runtime.pulse import Pulse
from storage.engine.database_time import database_time
from storage.engine.store import Store

EVERY = timedelta(seconds=5)
WINDOW = timedelta(minutes=10)
LATEST = 7_258_118_400  # seconds since the epoch, the year 2200: a date beyond is no clock's
ILL_BEYOND = 2.0  # seconds
SURE = 1.0  # seconds: what took longer on its way says nothing about a clock
DATABASE, TELEGRAM = "database", "telegram"


class ClockWatch:
    """Keeps what was measured. ``measured`` is called with the other clock's name and how far ours is ahead of it."""

    def __init__(
        self, store: Store, clock: Timepiece, conditions: Conditions, measured: Callable[[str, float], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._conditions = conditions
        self._measured = measured
        self._samples: deque[tuple[datetime, float]] = deque()

    async def run(self, pulse: Pulse) -> None:
        """Until cancelled."""
        never = asyncio.Event()
        while True:
            pulse.begins()
            await self.look()
            pulse.rests(self._clock.now() + EVERY)
            await self._clock.wait(never, self._clock.now() + EVERY)

    async def look(self) -> None:
        """Set the process's clock by that of the database which processes share; a file's is this machine's."""
        clock = self._clock
        if not self._store.shared or not isinstance(clock, SystemClock):
            return
        before = clock.machine()
        there = await self._store.read(database_time)
        after = clock.machine()
        if there is None or not 0 <= after - before <= SURE:
            return
        ahead = there - (before + after) / 2
        clock.follow(ahead)
        self._say(DATABASE, -ahead, "this machine's clock")

    def heard(self, updates: Sequence[object]) -> None:
        """Take updates that came as they were sent: the one that was underway the shortest tells Telegram's time."""
        now = self._clock.now()
        dates = list(_dates(updates))
        if dates:
            self._samples.append((now, now.timestamp() - max(dates)))
        while self._samples and not now - WINDOW <= self._samples[0][0] <= now:
            self._samples.popleft()
        if dates:
            self._say(TELEGRAM, self.ahead_of_telegram, "the desk's clock")

    @property
    def ahead_of_telegram(self) -> float:
        """Seconds by which the desk's clock is ahead of Telegram's; 0 while nobody knows.

        Telegram's dates are whole seconds, half of one too early in the mean.
        """
        now = self._clock.now()
        # A sample of later than now was measured by a clock that was set back since.
        return min((seconds for at, seconds in self._samples if at <= now), default=0.5) - 0.5

    @property
    def correction(self) -> timedelta:
        """Time to add to a date of Telegram's to have it by the desk's clock; none while both clocks are well."""
        ahead = self.ahead_of_telegram
        return timedelta(seconds=ahead) if abs(ahead) > ILL_BEYOND else timedelta(0)

    def _say(self, other: str, ahead: float, whose: str) -> None:
        self._measured(other, ahead)
        if abs(ahead) > ILL_BEYOND:
            why = f"{whose} is {abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} {other.capitalize()}'s"
            self._conditions.ill(Condition.CLOCK, why, part=other)
        else:
            self._conditions.well(Condition.CLOCK, part=other)


def _dates(updates: Sequence[object]) -> Iterator[float]:
    """When the messages among them were sent; a button and an edit tell nothing of it."""
    for update in updates:
        message: Mapping[str, Any] | object = update.get("message") if isinstance(update, dict) else None
        date = message.get("date") if isinstance(message, dict) else None
        if isinstance(date, int) and 0 < date < LATEST:
            yield float(date)
