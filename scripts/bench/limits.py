"""Cost of asking the limits: in the process, and shared through Redis.

    python scripts/bench/limits.py

In the process: microseconds a call, with the chats of a busy minute in memory. Shared: whole decisions a second, asked
one after the other and by four processes' worth at once, beside those of the process alone, and how many commands the
server was sent for each. Times are passed in and go on at the limit's pace.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path

import uvloop
from redis.asyncio import Redis

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.transport.rate_limits import Limits, Rates
from bot.transport.redis_client import connect
from bot.transport.shared_rate_limits import SharedLimits
from core.vocabulary.words import Lane
from scripts.performance.figures import Figure
from tests.support.servers.redis import RedisServer

CALLS, SHARED_CALLS = 200_000, 20_000
PER_SECOND = Rates().per_second
PACE = 1 / (PER_SECOND - 1.5)


def busy() -> tuple[Limits, float]:
    """A minute at full speed, a third of it in groups."""
    limits = Limits()
    now = 0.0
    for number in range(28 * 60):
        now = number / 27
        limits.start(-number if number % 3 == 0 else number, Lane.ROUTINE, now)
    return limits, now


def cost(call: Callable[[int], object]) -> float:
    """Microseconds of one call."""
    started = time.perf_counter()
    for number in range(CALLS):
        call(number)
    return (time.perf_counter() - started) / CALLS * 1e6


def in_the_process() -> dict[str, float]:
    """Microseconds of each question."""
    limits, now = busy()
    lifted = Limits.lifted()
    calls: dict[str, Callable[[int], object]] = {
        "ready_at, emergency": lambda n: limits.ready_at(n - CALLS // 2, Lane.EMERGENCY, now),
        "ready_at, routine": lambda n: limits.ready_at(n - CALLS // 2, Lane.ROUTINE, now),
        "start, a chat each": lambda n: limits.start(n, Lane.ROUTINE, now + n / 27),
        "start, a group each": lambda n: limits.start(-n, Lane.ROUTINE, now + (CALLS + n) / 27),
        "ready_at, lifted": lambda n: lifted.ready_at(n, Lane.ROUTINE, now),
    }
    return {name: cost(call) for name, call in calls.items()}


async def decisions(limits: Limits, number: int, at_once: int, begin: float) -> float:
    """So many places asked for; how many a second."""
    messages = iter(range(number))

    async def ask() -> None:
        for each in messages:
            await limits.reserve(each, Lane.ROUTINE, begin + each * PACE)

    started = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(at_once)))
    return number / (time.perf_counter() - started)


async def commands(redis: Redis) -> int:
    """How many the server was sent from outside: scripts."""
    stats = await redis.info("commandstats")
    return sum(stats.get(f"cmdstat_{name}", {}).get("calls", 0) for name in ("evalsha", "eval", "script|load"))


async def shared(server: RedisServer, number: int = SHARED_CALLS) -> dict[int, float]:
    """Decisions a second through Redis, by how many ask at once."""
    found: dict[int, float] = {}
    alone = await decisions(Limits(), CALLS, 1, 0.0)
    print(f"{'in the process':22}{alone:9,.0f} decisions/s")
    redis = connect(server.url)
    for at_once in (1, 4):
        await redis.flushall()
        limits = SharedLimits(redis, callers_clock=True, ahead=0.0)
        await limits.reserve(0, Lane.ROUTINE, 0.0)
        before = await commands(redis)
        rate = found[at_once] = await decisions(limits, number, at_once, 10.0)
        trips = (await commands(redis) - before) / number
        print(
            f"{f'shared, {at_once} at once':22}{rate:9,.0f} decisions/s   {trips:.2f} round trips each   "
            f"{rate / PER_SECOND:,.0f} x what {PER_SECOND}/s needs"
        )
    await redis.aclose()
    return found


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    costs, server = in_the_process(), RedisServer()
    try:
        found = uvloop.run(shared(server, SHARED_CALLS // 20 if short else SHARED_CALLS))
    finally:
        server.stop()
    return [
        Figure("limits", [max(costs.values())], f"{min(costs.values()):.2f} to {max(costs.values()):.2f} µs"),
        Figure(
            "limits-shared", [rate / PER_SECOND for rate in found.values()], f"{found[1]:,.0f}/s one after the other"
        ),
    ]


def main() -> None:
    for name, microseconds in in_the_process().items():
        print(f"{name:22}{microseconds:6.2f} µs")
    server = RedisServer()
    try:
        uvloop.run(shared(server))
    finally:
        server.stop()


if __name__ == "__main__":
    main()
