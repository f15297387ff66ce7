"""Rates of programs: several processes share one count over Redis, and go on alone while it is away."""

from redis.asyncio import Redis

from bot.transport.redis_client import connect
from bot.transport.shared_token_limits import SharedTokenLimits
from tests.story.clock import MovedClock
from tests.support.servers.redis import RedisServer


async def counted(clock: MovedClock, *lines: Redis) -> list[bool]:
    """Whether each of six calls may be made, at one process after the other."""
    limits = [SharedTokenLimits(line, clock) for line in lines]
    waits = [await limits[number % len(limits)].wait("radio", 4, 60) for number in range(6)]
    for line in lines:
        await line.aclose()
    assert all(0 <= wait <= 60 for wait in waits)
    return [not wait for wait in waits]


async def test_two_processes_count_together(redis: RedisServer) -> None:
    redis.forget()
    clock = MovedClock()
    assert await counted(clock, connect(redis.url), connect(redis.url)) == [True] * 4 + [False] * 2
    assert await counted(clock, connect(redis.url)) == [False] * 6
    clock.advance(60)
    assert await counted(clock, connect(redis.url)) == [True] * 4 + [False] * 2


async def test_without_redis_each_counts_for_itself() -> None:
    nowhere = "redis://127.0.0.1:1/0"
    assert await counted(MovedClock(), connect(nowhere), connect(nowhere)) == [True] * 6
    assert await counted(MovedClock(), connect(nowhere)) == [True] * 4 + [False] * 2
