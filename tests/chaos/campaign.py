"""Death after death, and a process at the end that is let live until all is done."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeAlias

from msgspec import Struct

from tests.chaos.crowd import Crowd
from tests.chaos.evidence import gather
from tests.chaos.points import points
from tests.chaos.site import Fate, Site
from tests.chaos.verdict import Count, judge

Told: TypeAlias = Callable[[int, int], None]
NEWBORN = 0.15  # how many of the deaths come while the process still opens
OPENING, LIFE = 1.5, 2.0  # seconds: the longest until a newborn dies, and until one dies that works
PATIENCE = 60.0  # seconds: a machine may be slow
AT_A_POINT = 10.0
REST_PATIENCE = 180.0
_BUSY = """
    SELECT 'update', state, count(*) FROM inbox WHERE state < 3 GROUP BY state UNION ALL
    SELECT 'message', state, count(*) FROM outbox WHERE state < 3 GROUP BY state UNION ALL
    SELECT 'alert', 1, count(*) FROM task WHERE alerting = 1 AND kind = 'emergency' HAVING count(*) > 0
"""


class Deaths(Struct):
    """How they died: anywhere, at a named point, or there too but not before time was up."""

    anywhere: int = 0
    at_points: int = 0
    late: int = 0
    tally: dict[str, int] = {}


def fates(intake: str, kills: int, each: int, chance: random.Random) -> list[Fate | None]:
    """So many deaths at random, and ``each`` so often at each moment of each point, shuffled."""
    named: list[Fate | None] = [
        Fate(name, moment, chance.randint(1, point.passes))
        for name, point in points(intake).items()
        for moment in point.moments
        for _ in range(each)
    ]
    everything = [None] * kills + named
    chance.shuffle(everything)
    return everything


async def campaign(
    site: Site,
    deaths: list[Fate | None],
    *,
    seed: int,
    rate: float,
    processes: int = 1,
    notified: Told = lambda *_: None,
) -> tuple[Deaths, list[Count]]:
    """People act ``rate`` times a second while the site's processes die these deaths; what came of it, counted."""
    crowd = Crowd(site, random.Random(seed), rate)
    people = asyncio.create_task(crowd.run())
    died = await pull_plugs(site, deaths, random.Random(seed), processes=processes, notified=notified)
    people.cancel()
    with suppress(asyncio.CancelledError):
        await people
    code = await come_to_rest(site, crowd)
    counts = judge(await gather(site, crowd))
    return died, [
        *counts,
        Count("ends after SIGTERM with an error", code, "P1"),
        Count("`gad audit verify` finds the chain of events broken", await site.gad("audit", "verify"), "P10"),
    ]


async def pull_plugs(
    site: Site, deaths: list[Fate | None], chance: random.Random, *, processes: int, notified: Told
) -> Deaths:
    """Start and kill; with several processes the others go on. ``notified`` hears how far it is."""
    died = Deaths()
    for _ in range(processes - 1):
        await site.ready(await site.begin(), PATIENCE)
    for number, fate in enumerate(deaths, 1):
        port = await site.begin(fate)
        if fate is None:
            await _live_for_a_while(site, port, chance)
            await site.kill(chance.choice(site.ports))
            died.anywhere += 1
        else:
            await site.ready(port, PATIENCE)
            if await site.ends(port, AT_A_POINT):
                died.at_points += 1
                name = f"{fate.point}, {fate.moment}"
                died.tally[name] = died.tally.get(name, 0) + 1
            else:
                died.late += 1
            await site.kill(port)
        notified(number, len(deaths))
    return died


async def _live_for_a_while(site: Site, port: int, chance: random.Random) -> None:
    if chance.random() < NEWBORN:
        await asyncio.sleep(OPENING * chance.random())
    else:
        assert await site.ready(port, PATIENCE), "it does not open"
        await asyncio.sleep(LIFE * chance.random())


async def come_to_rest(site: Site, crowd: Crowd) -> int:
    """The last process sees to everything that was said, asked and left lying, and is told to end: its exit code.

    What falls due while it ends is left to one more. AssertionError when it never comes to rest.
    """
    crowd.tire()
    left: list[Any] = []
    try:
        async with asyncio.timeout(REST_PATIENCE):
            while True:
                code = await _last_life(site, crowd, left)
                if code or not await site.asks(_BUSY):
                    return code
    except TimeoutError:
        raise AssertionError(f"it never comes to rest: {left}") from None


async def _last_life(site: Site, crowd: Crowd, left: list[Any]) -> int:
    port = await site.begin()
    assert await site.ready(port, PATIENCE), "the last process does not open"
    superseded = 0
    while superseded < 2:
        if {what for what, *_ in left} == {"alert"}:
            crowd.look_through()
        await asyncio.sleep(0.5)
        left[:] = [*([("at Telegram", site.unconfirmed)] if site.unconfirmed else []), *await site.asks(_BUSY)]
        superseded = 0 if left else superseded + 1
    for other in [each for each in site.ports if each != port]:
        await site.close(other)
    return await site.close(port)
