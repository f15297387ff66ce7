"""Redis that is there and no help: it reads its data, its disk is full, a replica with old numbers took over (P13)."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.exceptions import RedisError

from bot.runtime.conditions import Condition
from bot.transport.redis_client import connect
from bot.transport.shared_rate_limits import SharedLimits
from core.vocabulary.words import Lane
from tests.bot.transport.test_shared_rate_limits import GROUP, Processes
from tests.support.servers.redis import RedisServer

LOADING = b"-LOADING Valkey is loading the dataset in memory\r\n"


@pytest.fixture
async def processes(redis: RedisServer) -> AsyncIterator[Processes]:
    cluster = Processes(redis, 4)
    await cluster.clients[0].flushall()
    yield cluster
    await cluster.close()


async def leaves_within(limits: SharedLimits, seconds: float) -> None:
    """An emergency leaves within so many seconds, whatever Redis answers."""
    now = 1_000.0
    while not (await limits.reserve(7, Lane.EMERGENCY, now, "sendMessage"))[1]:
        now += 0.25
        assert now - 1_000 <= seconds


def said_of(limits: SharedLimits) -> str:
    trouble = limits._conditions.trouble(Condition.LIMITS)
    return "" if trouble is None else trouble.why


async def test_p13_a_redis_with_a_full_disk_is_said_by_its_name_and_delays_no_emergency(
    processes: Processes, redis: RedisServer
) -> None:
    first, *_ = processes.limits
    await first._be_counted(processes.now)
    redis.cant_save()
    try:
        await leaves_within(first, 2)
        assert "the server can't write to its disk" in said_of(first)
    finally:
        redis.can_save()
    await first._come_back(processes.now)
    assert said_of(first) == ""


async def test_p13_a_redis_that_still_reads_its_data_is_said_by_its_name_and_delays_no_emergency() -> None:
    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while asked := await reader.read(4096):
            writer.write(LOADING * max(1, asked.count(b"*")))
        writer.close()

    async with await asyncio.start_server(answers, "127.0.0.1", 0) as server:
        client = connect(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0")
        limits = SharedLimits(client, callers_clock=True)
        await leaves_within(limits, 2)
        assert "the server is still reading its data" in said_of(limits)
        await client.aclose()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"+OK\r\n", "its answers are not Redis's"),
        (b"*-1\r\n", "its answers are not Redis's"),
        (b":99999999999999999999999\r\n", "its answers are not Redis's"),
        (b":soon\r\n", "its answers are not Redis's"),
        (b"$3\r\n\xff\xfe\xfd\r\n", "its answers are not Redis's"),
        (b"*6\r\n:1\r\n:0\r\n:0\r\n:0\r\n:7\r\n:0\r\n", "its answers are not Redis's"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "its answers are not Redis's"),
        (b"-ERR max number of clients reached\r\n", "it has no connection left"),
        (b"-CLUSTERDOWN The cluster is down\r\n", "the server's cluster is down"),
        (b"-MASTERDOWN Link with MASTER is down\r\n", "its master is away"),
        (b"-MOVED 3999 127.0.0.1:1\r\n", "it is one server of a cluster, and refers to another"),
    ],
)
async def test_p13_whatever_stands_at_redis_address_delays_no_emergency(answer: bytes, why: str) -> None:
    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while asked := await reader.read(4096):
            writer.write(answer * max(1, asked.count(b"*")))
        writer.close()

    async with await asyncio.start_server(answers, "127.0.0.1", 0) as server:
        client = connect(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0")
        limits = SharedLimits(client, callers_clock=True)
        await leaves_within(limits, 2)
        assert why in said_of(limits)
        with pytest.raises(RedisError):
            await limits._be_counted(1_002.0)
        await client.aclose()


async def test_p6_p13_a_replica_that_takes_over_with_old_numbers_breaks_no_limit(processes: Processes) -> None:
    """A failover in the middle of a group's minute: what was counted last never reached the replica."""
    redis = processes.clients[0]
    await processes.all_ask(GROUP, Lane.ROUTINE)
    old = [(key, await redis.dump(key), await redis.pttl(key)) for key in await redis.keys("{gad}:*")]
    while len(processes.left) < 13:
        processes.now += 1
        await processes.all_ask(GROUP, Lane.ROUTINE)

    await redis.flushall()
    for key, content, left in old:
        assert content is not None
        await redis.restore(key, max(left, 0), content)

    while processes.now < 1_050:
        processes.now += 5
        await processes.all_ask(GROUP, Lane.ROUTINE)
        for limits in processes.limits:
            await limits._be_counted(processes.now)
    assert processes.most_in(60.0) <= 20
    assert any(said_of(limits) for limits in processes.limits), "it is said"
    processes.now += 5
    assert await processes.all_ask(77, Lane.EMERGENCY), "an emergency leaves"
