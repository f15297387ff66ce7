"""Limits that processes keep together (P6): what all of them let out is never more than Telegram takes."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.runtime.conditions import Condition
from bot.transport.holds import LONGEST_HOLD, PROBE
from bot.transport.rate_limits import Rates
from bot.transport.redis_client import connect
from bot.transport.shared_rate_limits import SharedLimits
from core.vocabulary.words import Lane
from tests.support.servers.redis import RedisServer

GROUP = -100


class Processes:
    """Several processes, and what each of them let out: (second, lane, chat)."""

    def __init__(self, server: RedisServer, number: int, rates: Rates | None = None) -> None:
        self.clients = [connect(server.url) for _ in range(number)]
        self.limits = [SharedLimits(client, rates, callers_clock=True) for client in self.clients]
        self.left: list[tuple[float, Lane, int]] = []
        self.now = 1_000.0

    async def all_ask(self, chat: int, lane: Lane) -> int:
        """Each asks once; how many were let out."""
        granted = 0
        for limits in self.limits:
            at, ours = await limits.reserve(chat, lane, self.now)
            if ours:
                granted += 1
                self.left.append((at, lane, chat))
        return granted

    async def close(self) -> None:
        for client in self.clients:
            await client.aclose()

    def most_in(self, span: float, chats: set[int] | None = None) -> int:
        """The most that left within any such span."""
        times = sorted(at for at, _, chat in self.left if chats is None or chat in chats)
        return max((sum(1 for at in times if first <= at < first + span) for first in times), default=0)


@pytest.fixture
async def processes(redis: RedisServer) -> AsyncIterator[Processes]:
    cluster = Processes(redis, 4)
    await cluster.clients[0].flushall()
    yield cluster
    await cluster.close()


async def test_p6_four_processes_let_out_what_one_may_and_leave_little_unused(processes: Processes) -> None:
    chat = 0
    while processes.now < 1_010:
        await processes.all_ask(chat, Lane.ROUTINE)
        chat += 1
        processes.now += 0.01
    assert processes.most_in(1.0) <= 28
    assert len(processes.left) >= 0.95 * 27 * 10


async def test_p5_an_emergency_finds_a_place_within_one_slot(processes: Processes) -> None:
    waits, chat = [], 0
    while processes.now < 1_010:
        await processes.all_ask(chat, Lane.ROUTINE)
        chat += 1
        if chat % 110 == 0:
            at, granted = await processes.limits[chat % 4].reserve(10_000 + chat, Lane.EMERGENCY, processes.now)
            assert granted
            processes.left.append((at, Lane.EMERGENCY, 10_000 + chat))
            waits.append(at - processes.now)
        processes.now += 0.01
    assert max(waits) <= 0.05
    assert processes.most_in(1.0) <= 28


async def test_p6_a_chat_and_a_group_have_one_limit_for_all_processes(processes: Processes) -> None:
    while processes.now < 1_130:
        await processes.all_ask(GROUP, Lane.ACTION)
        processes.now += 0.25
    assert processes.most_in(60.0) <= 20
    assert processes.most_in(1.0) <= 4


async def test_p6_what_one_is_told_to_hold_back_all_hold_back(processes: Processes) -> None:
    first, *others = processes.limits
    first.hold_chat(7, processes.now + 30)
    await asyncio.gather(*first._telling)
    for limits in others:
        at, granted = await limits.reserve(7, Lane.EMERGENCY, processes.now)
        assert not granted
        assert at == pytest.approx(processes.now + PROBE, abs=0.001)
        at, granted = await limits.reserve(7, Lane.ROUTINE, processes.now)
        assert not granted
        assert at == pytest.approx(processes.now + 30, abs=0.001)
        assert (await limits.reserve(8, Lane.EMERGENCY, processes.now))[1], "nobody else waits"


@pytest.mark.parametrize("written", ["{hour}", "{day}", "1e300", "inf", "nan", "soon", ""])
@pytest.mark.parametrize(
    "key", ["{gad}:held", "{gad}:held:7", "{gad}:held:7:sendMessage", "{gad}:debt:7", "{gad}:pace"]
)
async def test_p13_whatever_stands_in_redis_an_emergency_leaves_within_seconds(
    processes: Processes, key: str, written: str
) -> None:
    """A hold or a debt an hour ahead, or none that can be read, by whomever, since before this process began."""
    first, second, *_ = processes.limits
    value = written.format(hour=processes.now + 3_600, day=processes.now + 86_400)
    await processes.clients[0].set(key, value)
    began = processes.now
    while not (await first.reserve(7, Lane.EMERGENCY, processes.now, "sendMessage"))[1]:
        processes.now += 0.25
    assert processes.now - began <= 10
    while not (await second.reserve(7, Lane.ROUTINE, processes.now, "sendMessage"))[1]:
        processes.now += 1
    assert processes.now - began <= LONGEST_HOLD + 2


async def test_p13_a_probe_that_is_taken_ends_the_hold_for_every_process(processes: Processes) -> None:
    first, second, *_ = processes.limits
    first.hold_all(processes.now + 3_600)
    await asyncio.gather(*first._telling)
    assert not (await second.reserve(8, Lane.EMERGENCY, processes.now, "sendMessage"))[1]
    processes.now += PROBE
    assert (await second.reserve(8, Lane.EMERGENCY, processes.now, "sendMessage"))[1]
    assert not (await second.reserve(9, Lane.EMERGENCY, processes.now, "sendMessage"))[1], "one probes at a time"
    second.lift(8, "sendMessage")
    await asyncio.gather(*second._telling)

    assert (await second.reserve(9, Lane.ROUTINE, processes.now, "sendMessage"))[1]


async def test_p6_when_redis_forgets_what_left_is_told_again(processes: Processes) -> None:
    for chat in range(9):
        assert await processes.all_ask(chat, Lane.EMERGENCY) == 3, "as many as a chat takes at once"
    assert await processes.all_ask(9, Lane.EMERGENCY) == 1, "the last place of the second"
    assert await processes.all_ask(50, Lane.EMERGENCY) == 0, "the second is full"

    await processes.clients[0].flushall()

    while processes.now < 1_002:
        await processes.all_ask(100, Lane.EMERGENCY)
        processes.now += 0.05
    assert processes.most_in(1.0) <= 28


async def test_p6_p13_a_redis_that_forgets_in_part_is_noticed_and_no_limit_is_broken(processes: Processes) -> None:
    """Everything is evicted but the name of its memory, in the middle of a group's minute."""
    redis = processes.clients[0]
    while len(processes.left) < 14:
        await processes.all_ask(GROUP, Lane.ROUTINE)
        processes.now += 0.25
    for key in await redis.keys("{gad}:*"):
        if key != "{gad}:kept":
            await redis.delete(key)

    for second in range(55):
        for _ in range(4):
            await processes.all_ask(GROUP, Lane.ROUTINE)
            processes.now += 0.25
        for limits in processes.limits:
            await limits._be_counted(processes.now)
        if second == 0:
            assert any(limits._conditions.trouble(Condition.LIMITS) for limits in processes.limits)
    assert processes.most_in(60.0) <= 20
    assert len(processes.left) >= 14, "and it goes on"
    processes.now += 60
    for limits in processes.limits:
        await limits._be_counted(processes.now)
        assert limits._conditions.trouble(Condition.LIMITS) is None


async def test_p6_what_leaves_while_redis_is_told_is_told_too(processes: Processes) -> None:
    """It has forgotten everything, and hears of it from one who goes on sending."""
    (limits, *_), redis = processes.limits, processes.clients[0]

    async def sends(chats: range) -> None:
        for chat in chats:
            assert (await limits.reserve(chat, Lane.EMERGENCY, processes.now))[1]
            await asyncio.sleep(0)

    await sends(range(20))
    processes.now += 2
    await redis.flushall()
    limits.away = True
    await asyncio.gather(limits._come_back(processes.now), sends(range(100, 105)))
    assert not limits.away
    assert await redis.zcard("{gad}:starts") == 25


REFUSING = {
    "full": ("CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0", "the server's memory is full"),
    "a replica": ("REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE", "is a replica and takes no writes"),
    "no rights": ("ACL SETUSER default -evalsha", "ACL SETUSER default +evalsha", "this user"),
    "another's format": ("LPUSH {gad}:held x", "DEL {gad}:held", "the server refuses it"),
}


@pytest.mark.parametrize("kind", REFUSING)
async def test_p13_a_redis_that_answers_with_a_refusal_is_said_and_delays_no_emergency(
    processes: Processes, redis: RedisServer, kind: str
) -> None:
    """It is there and takes nothing: each process keeps to its share, says why, and is back when it takes writes."""
    begins, ends, why = REFUSING[kind]
    first, *_ = processes.limits
    await first._be_counted(processes.now)
    assert redis.told(begins)[:1] in (b"+", b":")
    began = processes.now
    try:
        while not (await first.reserve(7, Lane.EMERGENCY, processes.now, "sendMessage"))[1]:
            processes.now += 0.25
    finally:
        assert redis.told(ends)[:1] in (b"+", b":")
    assert processes.now - began <= 2
    trouble = first._conditions.trouble(Condition.LIMITS)
    assert trouble is not None
    assert why in trouble.why
    await first._come_back(processes.now)
    assert first._conditions.trouble(Condition.LIMITS) is None
    assert not first.away


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    server = RedisServer()
    yield server
    server.stop()


async def test_p6_without_redis_each_keeps_to_a_share_and_comes_back(own_redis: RedisServer) -> None:
    processes = Processes(own_redis, 4)
    for chat in range(7):
        await processes.all_ask(chat, Lane.EMERGENCY)

    own_redis.halt()
    chat = 100
    while processes.now < 1_006:
        await processes.all_ask(chat, Lane.ACTION)
        chat += 1
        processes.now += 0.02
    assert all(limits.away for limits in processes.limits)
    assert processes.most_in(1.0) <= 28
    assert len(processes.left) >= 28 + 60, "it goes on"

    own_redis.start()
    for limits in processes.limits:
        await limits._be_counted(processes.now)
        await limits._come_back(processes.now)
    while processes.now < 1_012:
        await processes.all_ask(chat, Lane.ACTION)
        chat += 1
        processes.now += 0.02
    assert not any(limits.away for limits in processes.limits)
    assert processes.most_in(1.0) <= 28
    assert processes.most_in(1.0) >= 26, "and to the full again"
    await processes.close()


async def test_p6_what_left_counts_until_the_callers_clock_has_come_so_far(processes: Processes) -> None:
    """Redis forgets by its own clock: on a busy machine a story's second takes ten of its own."""
    for chat in (1, GROUP):
        assert await processes.all_ask(chat, Lane.ROUTINE)
    client = processes.clients[0]
    for key in ("starts", "pace", "debt:1", f"debt:{GROUP}", f"starts:{GROUP}"):
        assert await client.pttl(f"{{gad}}:{key}") > 60_000, key
