"""Measures the desk's clock against Telegram's and the database's; several processes go by the database's (P13)."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from math import copysign, inf
from typing import Any, NamedTuple

from bot.runtime.clock import SystemClock, Timepiece
from bot.runtime.conditions import Condition, Conditions
from bot.runtime.pulse import Pulse
from bot.transport.server_dates import ServerDates
from storage.engine.database_time import database_time
from storage.engine.store import Store

EVERY = timedelta(seconds=5)
WINDOW = timedelta(minutes=10)
DOUBT = timedelta(hours=1)  # in which a way whose date was earlier than that of a message is not believed
LATEST = 7_258_118_400  # seconds since the epoch, the year 2200: a date beyond is no clock's
ILL_BEYOND = 2.0  # seconds
SURE = 1.0  # seconds: what took longer on its way says nothing sure about a clock
DATABASE, TELEGRAM = "database", "telegram"


class _Sample(NamedTuple):
    """By how many seconds ours may be ahead: between ``least``, which a message alone does not tell, and ``most``."""

    at: datetime
    least: float
    most: float


class ClockWatch:
    """Keeps what was measured. ``measured`` is called with the other clock's name and how far ours is ahead of it.

    ``dates`` are those of Telegram's answers: whoever is called by a webhook, or by nobody, has its time by them.
    """

    def __init__(
        self,
        store: Store,
        clock: Timepiece,
        conditions: Conditions,
        measured: Callable[[str, float], None],
        dates: ServerDates,
    ) -> None:
        self._store = store
        self._clock = clock
        self._conditions = conditions
        self._measured = measured
        self._samples: deque[_Sample] = deque()
        self._dates = dates
        self._doubted_at: datetime | None = None
        self._set_back = clock.set_back
        dates.measure_by(clock.now, self.answered)

    async def run(self, pulse: Pulse) -> None:
        """Until cancelled."""
        never = asyncio.Event()
        while True:
            pulse.begins()
            await self.look()
            pulse.rests(self._clock.now() + EVERY)
            await self._clock.wait(never, self._clock.now() + EVERY)

    async def look(self) -> None:
        """Set the process's clock by that of the database which processes share; a file's is this machine's.

        Telegram's next answer is measured by, too.
        """
        clock = self._clock
        self._dates.wanted = True
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
        if not dates:
            return
        most = now.timestamp() - max(dates)
        if self._set_back == self._clock.set_back and any(most < sample.least for sample in self._samples):
            # A message is never of later than now: the date was of somebody on the way, whose clock is behind.
            self._doubted_at = now
        self._take(_Sample(now, -inf, most))

    def answered(self, asked: datetime, date: float) -> None:
        """Take the date of an answer of Telegram's to what was asked then: it was written on the way back."""
        now = self._clock.now()
        doubted = self._doubted_at is not None and self._doubted_at <= now < self._doubted_at + DOUBT
        if doubted or now < asked or not 0 < date < LATEST:
            return
        self._set_back = self._clock.set_back
        self._dates.wanted = (now - asked).total_seconds() > SURE
        self._take(_Sample(now, asked.timestamp() - date - 1, now.timestamp() - date))

    def _take(self, new: _Sample) -> None:
        """Keep it with those of the last minutes that say more than it does.

        What it gainsays was taken before a clock was set.
        """
        self._samples = deque(
            old
            for old in self._samples
            if new.at - WINDOW <= old.at <= new.at
            and old.least <= new.most
            and new.least <= old.most
            and (old.least > new.least or old.most < new.most)
        )
        self._samples.append(new)
        self._say(TELEGRAM, self.ahead_of_telegram, "the desk's clock")

    @property
    def ahead_of_telegram(self) -> float:
        """Seconds by which the desk's clock is ahead of Telegram's, as far as that is sure; 0 while nobody knows.

        Telegram's dates are whole seconds, half of one too early in the mean.
        """
        now = self._clock.now()
        # A sample of later than now was measured by a clock that was set back since.
        samples = [sample for sample in self._samples if sample.at <= now]
        least = max((sample.least for sample in samples), default=-inf)
        most = min((sample.most for sample in samples), default=0.5)
        if least == -inf:
            return most - 0.5
        middle, unsure = (least + most) / 2, max(0.0, (most - least - 1) / 2)
        return copysign(max(0.0, abs(middle) - unsure), middle)

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
