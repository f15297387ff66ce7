"""Redis forgets what left, whole or in part: no limit is broken, whoever sends before anybody looks (P6, P13)."""

from collections.abc import AsyncIterator

import pytest

from bot.runtime.conditions import Condition
from bot.transport.redis_client import connect
from bot.transport.shared_rate_limits import SharedLimits
from core.vocabulary.words import Lane
from tests.support.servers.redis import RedisServer

GROUP, STEP = -100, 0.25
FULL = 18  # messages in a group's minute, without the places of emergencies
NAMES = "{gad}:kept"
STARTS = "{gad}:starts"


class Group:
    """Four processes that write to one group, the first two by turns, and the moments at which that left."""

    def __init__(self, server: RedisServer) -> None:
        self.redis = connect(server.url)
        self.clients = [connect(server.url) for _ in range(4)]
        self.limits = [SharedLimits(client, callers_clock=True, ahead=0.0) for client in self.clients]
        self.left: list[float] = []
        self.now = 10_000.0

    async def fill(self) -> None:
        """As many as a minute takes; every process has asked."""
        for number in range(FULL):
            at, granted = await self.limits[number % 2].reserve(GROUP, Lane.ROUTINE, self.now)
            assert granted
            self.left.append(at)
            self.now += 1.1
        for limits in self.limits:
            await limits._be_counted(self.now)
            assert not (await limits.reserve(GROUP, Lane.ROUTINE, self.now))[1], "the minute is full"

    async def goes_on(self, seconds: int) -> None:
        """All want to send, those first that sent nothing, whenever they may ask; after each second they look."""
        for _ in range(seconds):
            for _ in range(4):
                for limits in reversed(self.limits):
                    if limits.ready_at(GROUP, Lane.ROUTINE, self.now) > self.now:
                        continue
                    at, granted = await limits.reserve(GROUP, Lane.ROUTINE, self.now)
                    if granted:
                        self.left.append(at)
                self.now += STEP
            for limits in self.limits:
                await limits._be_counted(self.now)

    def said(self) -> bool:
        return any(limits._conditions.trouble(Condition.LIMITS) for limits in self.limits)

    async def close(self) -> None:
        for client in (self.redis, *self.clients):
            await client.aclose()


@pytest.fixture
async def group(redis: RedisServer) -> AsyncIterator[Group]:
    redis.forget()
    group = Group(redis)
    yield group
    await group.close()


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param((), id="all"),
        pytest.param((NAMES,), id="all but what is kept"),
        pytest.param((STARTS,), id="all but the bot's second"),
        pytest.param((NAMES, STARTS), id="all but both"),
        pytest.param((f"{STARTS}:{GROUP}",), id="all but the group's minute"),
    ],
)
async def test_p6_keys_that_are_lost_in_a_full_minute_let_nothing_more_out(group: Group, kept: tuple[str, ...]) -> None:
    await group.fill()
    for key in await group.redis.keys("{gad}:*"):
        if key not in kept:
            await group.redis.delete(key)
    await group.goes_on(5)
    assert len(group.left) == FULL
    assert group.said()


async def test_p6_a_loss_of_each_key_each_second_lets_nothing_more_out(group: Group) -> None:
    await group.fill()
    for _ in range(4):
        await group.redis.delete(f"{STARTS}:{GROUP}")
        await group.goes_on(1)
        await group.redis.flushall()
        await group.goes_on(1)
    assert len(group.left) == FULL


async def test_p6_a_replica_that_had_not_heard_the_newest_is_told(group: Group) -> None:
    """A message that leaves after the failover does not hide those before."""
    await group.fill()
    await group.redis.zremrangebyrank(f"{STARTS}:{GROUP}", 9, -1)
    await group.goes_on(5)
    assert len(group.left) <= FULL + 2, "the first second's, then it is told"
    assert group.said()


async def test_p6_a_redis_that_forgot_is_told_by_all_who_knew_it(group: Group) -> None:
    """The first to tell it gives no name to its memory that another one takes for the old one."""
    first, second, *_ = group.limits
    for limits in (first, second):
        for _ in range(2):
            assert (await limits.reserve(GROUP, Lane.ROUTINE, group.now))[1]
            group.now += 1.1
    await group.redis.flushall()
    for limits in (first, second):
        await limits._be_counted(group.now)
    assert await group.redis.zcard(f"{STARTS}:{GROUP}") == 4


async def test_p5_p13_a_redis_that_evicts_all_the_time_holds_no_emergency(group: Group) -> None:
    *_, limits = group.limits
    for chat in range(1, 9):
        began = group.now
        while not (await limits.reserve(chat, Lane.EMERGENCY, group.now))[1]:
            group.now += STEP
            await group.redis.delete(STARTS, f"{{gad}}:debt:{chat}")
        assert group.now - began <= 2
        await group.redis.delete(STARTS, f"{{gad}}:debt:{chat}")


@pytest.mark.parametrize("away", [False, True])
async def test_p5_p6_a_group_that_got_its_minute_gets_an_emergency_and_nothing_else(group: Group, away: bool) -> None:
    """Redis was emptied, or is gone: who filled the minute keeps to that, and to the place for an emergency."""
    await group.fill()
    first, second, *_ = group.limits
    await group.redis.flushall()
    for limits in (first, second):
        if away:
            limits._lose(group.now, ConnectionError())
        else:
            await limits._be_counted(group.now)
    group.now += 1.1
    for limits in (first, second):
        assert not (await limits.reserve(GROUP, Lane.ROUTINE, group.now))[1]
        assert (await limits.reserve(GROUP, Lane.EMERGENCY, group.now))[1]


async def test_p6_keys_that_end_in_time_are_not_lost(group: Group) -> None:
    await group.fill()
    group.now += 70
    await group.redis.delete(STARTS, f"{STARTS}:{GROUP}", f"{{gad}}:debt:{GROUP}")
    for limits in group.limits:
        await limits._be_counted(group.now)
        assert (await limits.reserve(GROUP, Lane.ROUTINE, group.now))[1]
        group.now += 1.1
    assert not group.said()
    assert await group.redis.zcard(NAMES) == 4, "the name, and what still counts"


async def test_p6_a_clock_that_was_set_back_is_no_loss(group: Group) -> None:
    await group.fill()
    group.now -= 3_600
    group.left.clear()
    await group.goes_on(5)
    assert group.left
    assert not group.said()
