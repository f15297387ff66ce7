"""A night in this process: the story's desk over HTTP beside the emulator, and a clock that the night moves."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from emulator import Person
from tests.random_people.driver import grow_quiet, live_through
from tests.random_people.oracle import judge
from tests.random_people.people import somewhere
from tests.random_people.steps import Step
from tests.random_people.traces import gather
from tests.random_people.world import World
from tests.story.desk import SURE, StoryDesk

AGENTS = ("Ana Mora", "Beto Salas", "Carla Ríos", "Dino Vega")
SUPERVISORS = ("Sara Luna", "Luis Paz")
ALERT_GROUP = -5002
LEAP = 4.0  # seconds
PATIENCE = 20.0  # seconds: of a machine that is busy


class Outcome(NamedTuple):
    """The story of a night, step by step, and everything that the oracle found wrong in the end."""

    told: list[str]
    wrong: list[str]


class NightDesk(StoryDesk):
    """A story's desk that settles too where something waits for longer than a moment, or no news can be had."""

    async def settle(self) -> None:
        still = waits = 0
        async with asyncio.timeout(PATIENCE):
            while still < SURE and waits < 2 * SURE:
                await asyncio.sleep(0.001)
                held = not self._moving and await self._waits()
                still = still + 1 if not self._moving and not held else 0
                waits = waits + 1 if held else 0
                if waits >= SURE and self._pass_to_next_alarm():
                    waits = 0

    @property
    def _coming(self) -> int:
        """None while the next poll is put off: that needs time to pass."""
        return 0 if self.app.poller.trouble is not None else super()._coming

    async def passes(self, seconds: float) -> None:
        """Let time pass in leaps: some alarms are late, as on a machine that is busy."""
        end = self.clock.now() + timedelta(seconds=seconds)
        while (left := (end - self.clock.now()).total_seconds()) > 0:
            await self._quiet()
            alarm = self.clock.next_alarm
            pause = (alarm - self.clock.now()).total_seconds() + 0.001 if alarm is not None else left
            self.clock.advance(min(max(pause, LEAP), left))
        await self._quiet()

    async def reopen(self) -> None:
        """Close it, and open it again."""
        await self.close()
        await self.open(settled=False)
        await self.settle()


async def night(folder: Path, steps: Iterable[Step]) -> Outcome:
    """Open a desk, let the people live through these steps, make the world quiet, and judge."""
    desk = NightDesk(folder, alerts={"group_chat_id": ALERT_GROUP}, escalation={"broadcast_every": "10m"})
    desk.telegram.history.per_chat = desk.telegram.history.in_all = 1_000_000
    await desk.open()
    try:
        world = await _town(desk)
        told = await live_through(world, steps)
        await grow_quiet(world)
        traces = await gather(desk.app.store, desk.app.config.storage.url, world, desk.clock.now())
        return Outcome([*told, traces.summary], judge(traces, world, desk.app.texts))
    finally:
        for phone in desk.phones:
            phone.reads_all()
        await desk.end()


async def _town(desk: NightDesk) -> World:
    world = World(desk.telegram, desk.bot, breathe=desk.settle, passes=desk.passes, restart=desk.reopen)
    chance = random.Random(0)
    phones = [await desk.agent(name, at=somewhere(chance)) for name in AGENTS]
    phones += [await desk.supervisor(name) for name in SUPERVISORS]
    phones += [await desk.admin("Marta Solís"), desk.stranger("Iván Paz")]
    people: list[Person] = [phone.user for phone in phones]
    for title, forum in (("Guardia", False), ("Norte", True)):
        world.groups.append(desk.telegram.add_group(title, [*people, desk.bot], forum=forum))
    world.joins(*people)
    return world
