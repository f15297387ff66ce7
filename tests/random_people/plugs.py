"""Plugs that are pulled: the processes of a desk die beside the people, anywhere or at a named point."""

from __future__ import annotations

import random

from tests.chaos.points import points
from tests.chaos.site import Fate, Site

AT_A_POINT = 0.5  # how many of the newborn have their end in them
AS_TIME_PASSES = 0.25
PATIENCE = 60.0  # seconds: a machine may be slow


class Plugs:
    """Keeps so many processes alive; ``deaths`` is how many have died."""

    def __init__(self, site: Site, processes: int, chance: random.Random) -> None:
        self.deaths = 0
        self._site = site
        self._processes = processes
        self._chance = chance
        self._named = [(name, moment, point) for name, point in points(site.intake).items() for moment in point.moments]

    async def begin(self) -> None:
        """Start all of them, and wait until they are open."""
        ports = [await self._site.begin() for _ in range(self._processes)]
        for port in ports:
            await self._site.ready(port, PATIENCE)

    async def may_fall(self) -> None:
        """As time passes, one is pulled now and then."""
        if self._chance.random() < AS_TIME_PASSES:
            await self.pull()
        else:
            await self.replace()

    async def pull(self) -> None:
        """One of them dies now, and another one begins in its place."""
        await self._site.kill(self._chance.choice(self._site.ports))
        self.deaths += 1
        await self.replace()

    async def replace(self) -> None:
        """Bury those that have died by themselves, and begin as many."""
        for port in self._site.dead:
            await self._site.kill(port)
            self.deaths += 1
        while len(self._site.ports) < self._processes:
            port = await self._site.begin(self._fate())
            if len(self._site.ports) == 1:
                await self._site.ready(port, PATIENCE)

    def _fate(self) -> Fate | None:
        if self._chance.random() >= AT_A_POINT:
            return None
        name, moment, point = self._chance.choice(self._named)
        return Fate(name, moment, self._chance.randint(1, point.passes))
