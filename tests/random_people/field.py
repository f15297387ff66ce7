"""A night in the field: the desk in processes that are killed beside the people, on a clock that nobody moves."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.config.schema import Config
from bot.runtime.backlog import BOUND_OF_WEBHOOK
from bot.ui.texts import Texts
from storage.engine.store import Store
from tests.chaos.site import Intake, Site, Storage, site
from tests.random_people.calm import deadlocks, grow_calm
from tests.random_people.driver import live_through
from tests.random_people.hardships import Hardships
from tests.random_people.logbook import untrue
from tests.random_people.nights import Outcome
from tests.random_people.oracle import judge
from tests.random_people.plugs import PATIENCE, Plugs
from tests.random_people.steps import Step
from tests.random_people.traces import Traces, gather
from tests.random_people.world import World

# A night in seconds: pauses are as short as they may be.
CONFIG = """
[alerts]
group_chat_id = -5002

[telegram]
watch_every = "2s"

[dispatch]
offer_timeout = "3s"

[escalation]
broadcast_every = "1m"

[[escalation.critica]]
after = "0s"
notify = ["supervisors"]

[[escalation.critica]]
after = "3s"
notify = ["admins"]
"""
FASTER = 60  # a minute of the people's is a second of the clock's
BREATH = 0.05  # seconds
REST_PATIENCE = 240.0
# Due times are held back for so long while a process opens, lest an answer waits still at Telegram.
HELD = BOUND_OF_WEBHOOK.total_seconds()
# A due time as old as this when the last process was told to close has not acted; a younger one may be acting.
CALM = timedelta(seconds=3)
_BUSY = """
    SELECT 'update', count(*) FROM inbox WHERE state < 3 HAVING count(*) > 0 UNION ALL
    SELECT 'message', count(*) FROM outbox WHERE state < 3 HAVING count(*) > 0
"""


async def night(
    folder: Path,
    steps: Sequence[Step],
    *,
    storage: Storage = "sqlite",
    intake: Intake = "polling",
    processes: int = 1,
    hard: bool = False,
) -> Outcome:
    """Start the processes, let the people live through these steps, make the world quiet, and judge.

    ``hard``, on PostgreSQL by webhook: beside the plugs there are `tests.random_people.hardships`.
    """
    async with site(folder, intake, storage) as scene:
        (folder / "config.toml").write_text(CONFIG)
        plugs = Plugs(scene, processes, random.Random(len(steps)))
        world = await _town(scene, plugs)
        hardships = await _hardships(scene, world) if hard else None
        await plugs.begin()
        told = await live_through(world, steps)
        wrong = await _after_hardships(scene, world, plugs, hardships) if hardships is not None else []
        closed_at = await _rest(scene, world)
        traces, config = await _gather(scene, world, closed_at - CALM), Config()
        told.append(f"{traces.summary}, {plugs.deaths} processes died")
        excused = ("stand-by",) if hard else ()
        return Outcome(told, wrong + judge(traces, world, Texts(config.language, config.timezone), excused))


async def _hardships(scene: Site, world: World) -> Hardships:
    await scene.leads_over_lines()
    hardships = Hardships(scene)
    world.hardships = hardships.table
    return hardships


async def _after_hardships(scene: Site, world: World, plugs: Plugs, hardships: Hardships) -> list[str]:
    """Everything works again, in as many processes: what is wrong still after a while, and what they said."""
    await hardships.end()
    _works_again(world)
    waits = await grow_calm(scene, world, plugs)
    assert scene.log is not None
    found = {
        "something waits after the last action": waits,
        "a deadlock": await deadlocks(scene),
        "the log is not true": [*untrue(scene.log.read_text("utf-8", "replace"), hardships.spans)],
    }
    return [f"{what}: {one}" for what, several in found.items() for one in several]


def _works_again(world: World) -> None:
    """Nothing fails any more, and everybody can be reached."""
    world.telegram.faults.clear()
    for person in world.people:
        world.telegram.unblock(person, world.bot)


async def _town(scene: Site, plugs: Plugs) -> World:
    async def breathe() -> None:
        await asyncio.sleep(BREATH)

    async def passes(seconds: float) -> None:
        await asyncio.sleep(seconds / FASTER)
        await plugs.may_fall()

    await scene.enrol(agents=5, supervisors=2)
    world = World(scene.telegram, scene.bot, breathe=breathe, passes=passes, restart=plugs.pull)
    people = [*scene.agents, *scene.bosses, scene.telegram.add_person("Iván Paz")]
    for number, person in enumerate(people):
        scene.telegram.change_username(person, f"persona{number}")
    for title, forum in (("Guardia", False), ("Norte", True)):
        world.groups.append(scene.telegram.add_group(title, [*people, scene.bot], forum=forum))
    world.joins(*people)
    return world


async def _rest(scene: Site, world: World) -> datetime:
    """Nothing fails any more, everybody can be reached; the last process sees to what waits.

    When that one was told to close: from then on nobody acts on what falls due. AssertionError when it never comes to
    rest. What it leaves undone as it ends is left to one more.
    """
    _works_again(world)
    end = time.monotonic() + REST_PATIENCE
    busy: list[object] = ["everything"]
    closed_at = datetime.now(UTC)
    while busy:
        for other in scene.ports:
            await scene.kill(other)
        port = await scene.begin()
        assert await scene.ready(port, PATIENCE), "the last process does not open"
        await asyncio.sleep(HELD)
        quiet = 0
        while quiet < 4:
            assert time.monotonic() < end, f"it never comes to rest: {busy}"
            await asyncio.sleep(0.5)
            busy = [*await scene.asks(_BUSY), *([scene.unconfirmed] if scene.unconfirmed else [])]
            quiet = 0 if busy else quiet + 1
        closed_at = datetime.now(UTC)
        code = await scene.close(port)
        assert code == 0, f"it ends with {code}"
        busy = list(await scene.asks(_BUSY))
    return closed_at


async def _gather(scene: Site, world: World, now: datetime) -> Traces:
    store = Store(scene.storage)
    await store.start()
    try:
        return await gather(store, scene.storage, world, now)
    finally:
        await store.stop()
