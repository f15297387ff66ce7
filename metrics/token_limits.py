"""Rates of programs: each token has a number of calls in so many seconds, its own."""

from datetime import datetime
from typing import Protocol

from core.desk.ports import Clock


class TokenLimits(Protocol):
    """Counts the calls of tokens."""

    async def wait(self, name: str, calls: int, seconds: int) -> float:
        """Count a call of a token; the seconds until the next may be made, 0 when this one may."""


def window(now: datetime, seconds: int) -> tuple[int, float]:
    """The number of the span of time that it is, and how many seconds are left of it."""
    moment = now.timestamp()
    number = int(moment // seconds)
    return number, (number + 1) * seconds - moment


class OwnTokenLimits:
    """Those of one process, in its memory: as many as there are tokens."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._counts: dict[str, tuple[int, int]] = {}

    async def wait(self, name: str, calls: int, seconds: int) -> float:
        number, left = window(self._clock.now(), seconds)
        last, count = self._counts.get(name, (number, 0))
        count = count + 1 if last == number else 1
        self._counts[name] = number, count
        return left if count > calls else 0.0
