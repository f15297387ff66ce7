"""Hardships of a desk in several processes: standstills, partitions, kills, updates twice or out of their order.

Each is over by itself after some seconds, or when the night is: a partition forwards nothing and closes nothing.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tests.chaos.site import Site

STANDSTILL = 4.0  # seconds
PARTITION = (1.0, 14.0)  # seconds: some are longer than the desk's patience with an answer, most are not


class Span(NamedTuple):
    """When the way to a server was shut, or processes stood still."""

    what: str
    begun: datetime
    ended: datetime


def during(spans: Sequence[Span], what: str, moment: datetime, after: timedelta) -> bool:
    """Whether it was so at this moment, or so shortly before that the desk may suffer from it still."""
    return any(span.what == what and span.begun <= moment <= span.ended + after for span in spans)


class Hardships:
    """Begins them, one of a kind at a time, and remembers when each was."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._open: dict[str, datetime] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._ending = asyncio.Event()
        self.spans: list[Span] = []

    @property
    def table(self) -> dict[str, Callable[[random.Random], Awaitable[str]]]:
        """Each of them by its name, as a step of the night."""
        return {"standstill": self._stands_still, "partition": self._shuts, "strange order": self._mixes_up}

    async def end(self) -> None:
        """All of it is over now."""
        self._ending.set()
        self._site.balancer.mischief = None
        await asyncio.gather(*self._running)

    async def _stands_still(self, chance: random.Random) -> str:
        """One process, or all of them: a machine that swaps, a virtual one that is moved."""
        ports = self._site.ports if chance.random() < 0.4 else [chance.choice(self._site.ports)]
        if "standstill" in self._open:
            return "it stands still already"
        for port in ports:
            self._site.freeze(port)

        def goes_on() -> None:
            for port in ports:
                self._site.thaw(port)

        self._begin("standstill", STANDSTILL, goes_on)
        return f"{len(ports)} processes stand still"

    async def _shuts(self, chance: random.Random) -> str:
        """Nothing comes through between the desk and one of its servers."""
        name = chance.choice([*self._site.lines])
        line, seconds = self._site.lines[name], round(chance.uniform(*PARTITION), 1)
        if name in self._open:
            return f"the way to {name} is shut already"
        line.fall_silent()
        self._begin(name, seconds, line.resume)
        return f"the way to {name} is shut for {seconds} s"

    async def _mixes_up(self, chance: random.Random) -> str:
        """Telegram brings updates twice, or later than it brings others, until it does so no more."""
        balancer = self._site.balancer
        balancer.mischief = None if balancer.mischief is not None else random.Random(chance.random())
        return f"updates come twice and out of their order: {balancer.mischief is not None}"

    def _begin(self, what: str, seconds: float, ends: Callable[[], None]) -> None:
        self._open[what] = datetime.now(UTC)
        task = asyncio.create_task(self._lasts(what, seconds, ends))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _lasts(self, what: str, seconds: float, ends: Callable[[], None]) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._ending.wait()
        except TimeoutError:
            pass
        finally:
            ends()
            self.spans.append(Span(what, self._open.pop(what), datetime.now(UTC)))
