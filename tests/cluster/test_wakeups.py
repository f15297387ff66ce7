"""Processes ring each other, and look for themselves when nobody rings."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple

import pytest

from bot.cli.check import redis as check_redis
from bot.config.schema import Config
from bot.runtime.pulse import Pulse
from bot.runtime.wakeups import Wakeups
from bot.transport.redis_client import connect
from tests.story.clock import MovedClock
from tests.support.servers.redis import RedisServer


class Pair(NamedTuple):
    """One process that tells and another that is rung; ``loops`` are what both run."""

    here: Wakeups
    rung: asyncio.Event
    loops: list[asyncio.Task[None]]


@asynccontextmanager
async def pair(url: str, clock: MovedClock) -> AsyncIterator[Pair]:
    rung, clients = asyncio.Event(), [connect(url) for _ in range(2)]
    here, there = Wakeups(clock, lambda: None, clients[0]), Wakeups(clock, rung.set, clients[1])
    loops = [asyncio.create_task(loop) for loop in (here.speak(Pulse(clock)), there.listen(Pulse(clock)))]
    yield Pair(here, rung, loops)
    for loop in loops:
        loop.cancel()
        with suppress(asyncio.CancelledError):
            await loop
    for client in clients:
        await client.aclose()


async def test_what_one_process_tells_rings_the_others(redis: RedisServer) -> None:
    async with pair(redis.url, MovedClock()) as both, asyncio.timeout(5):
        while not both.rung.is_set():  # until the other listens
            both.here.tell()
            await asyncio.sleep(0.05)


async def test_after_redis_was_away_they_ring_again() -> None:
    """Listeners come back by themselves; meanwhile no process fails."""
    server, clock = RedisServer(), MovedClock()
    async with pair(server.url, clock) as both:

        async def rings() -> None:
            both.rung.clear()
            async with asyncio.timeout(10):
                while not both.rung.is_set():
                    both.here.tell()
                    clock.advance(0.1)
                    await asyncio.sleep(0.02)

        await rings()
        server.halt()
        for _ in range(20):
            both.here.tell()
            clock.advance(0.5)
            await asyncio.sleep(0.01)
        assert not any(loop.done() for loop in both.loops)
        server.start()
        await rings()
    server.stop()


async def test_p8_without_anybody_who_rings_each_looks_once_a_second() -> None:
    rings: list[float] = []
    clock = MovedClock()
    loop = asyncio.create_task(Wakeups(clock, lambda: rings.append(clock.seconds())).look(Pulse(clock)))
    for _ in range(3):
        await asyncio.sleep(0.01)
        clock.advance(1)
    await asyncio.sleep(0.01)
    loop.cancel()
    assert len(rings) == 3


def settings(mode: str, storage: str, redis: str) -> Config:
    telegram = {"mode": mode, "webhook_url": "https://gad.example.org", "webhook_secret": "s" * 32}
    sections = {"telegram": telegram, "storage": {"url": storage}, "redis": {"url": redis}}
    return Config.model_validate(sections)


@pytest.mark.parametrize(
    ("mode", "storage", "line"),
    [
        ("polling", "postgresql+asyncpg://h/gad", "telegram.mode: several processes can't poll"),
        ("webhook", "sqlite+aiosqlite:///gad.db", "storage.url: several processes need a database of PostgreSQL's"),
        ("webhook", "postgresql+asyncpg://h/gad", "redis.url: the server gives no answer"),
    ],
)
async def test_what_several_processes_lack_is_said_in_one_line(mode: str, storage: str, line: str) -> None:
    assert (await check_redis(settings(mode, storage, "redis://127.0.0.1:1/0")) or "").startswith(line)


async def test_a_redis_that_answers_is_well(redis: RedisServer) -> None:
    assert await check_redis(settings("webhook", "postgresql+asyncpg://h/gad", redis.url)) is None
