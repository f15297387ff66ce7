"""Locks and their order: whoever waits for us is never a circle, and our own waiting is no outage."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from functools import partial
from itertools import permutations

import asyncpg
import pytest

from storage.engine import postgresql
from storage.engine.locks import Lock, LockKind, of_chat, of_person, of_task
from storage.engine.session import Session
from storage.engine.store import StorageError, Store
from storage.repositories import counters
from tests.support.desks.disk import asks

SOME = (of_chat(2), of_person(7), of_chat(1), of_task(3))
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


class Seen:
    """Listener to units that wait for each other."""

    def __init__(self) -> None:
        self.said: Counter[str] = Counter()
        self.again = asyncio.Event()

    def deadlock(self) -> None:
        self.said["deadlock"] += 1

    def began_anew(self) -> None:
        self.said["began anew"] += 1
        self.again.set()

    def lock_waited(self, seconds: float) -> None:
        assert seconds > 0
        self.said["waited"] += 1


@pytest.fixture
async def sides(served: str) -> AsyncIterator[tuple[Store, Store]]:
    both = Store(served), Store(served)
    for store in both:
        await store.start()
    yield both
    for store in both:
        await store.stop()


def test_locks_have_one_order_whatever_they_are_of() -> None:
    assert sorted(SOME) == [of_task(3), of_person(7), of_chat(1), of_chat(2)]
    assert len({Lock(kind).name for kind in LockKind}) == len(LockKind)


def test_earlier_releases_lock_what_they_share_by_the_same_names() -> None:
    assert [Lock(kind, "5").name for kind in (LockKind.INBOX, LockKind.CHAT)] == ["inbox:5", "outbox:5"]
    assert [Lock(kind).name for kind in (LockKind.SCHEMA, LockKind.EPOCH)] == ["schema", "epoch"]


async def test_units_that_come_to_their_locks_in_any_order_never_wait_in_a_circle(
    sides: tuple[Store, Store], served: str
) -> None:
    held: set[Lock] = set()

    async def takes(session: Session, order: tuple[Lock, ...]) -> None:
        mine: list[Lock] = []
        try:
            for lock in order:
                await session.lock(lock)
                await counters.totals(session, "agents")  # the answer comes when the lock is there
                assert lock not in held, "two hold the same lock"
                held.add(lock)
                mine.append(lock)
        finally:
            held.difference_update(mine)

    seen = Seen()
    for store in sides:
        store.contention.watch(seen)
    works = [partial(takes, order=order) for order in permutations(SOME)]
    await asyncio.gather(*(sides[number % 2].write(work) for number, work in enumerate(works)))
    assert seen.said["deadlock"] == 0
    assert seen.said["began anew"] > 0, "some came to one that was taken"


async def test_what_nobody_has_is_taken_without_waiting(sides: tuple[Store, Store]) -> None:
    inside, leave = asyncio.Event(), asyncio.Event()

    async def holds(session: Session) -> None:
        await session.lock(of_chat(1))
        await counters.totals(session, "agents")
        inside.set()
        await leave.wait()

    holding = asyncio.create_task(sides[0].write(holds))
    await inside.wait()
    assert await sides[1].write(lambda session: session.try_lock(of_chat(1), of_chat(2))) == {of_chat(2)}
    leave.set()
    await holding
    assert await sides[1].write(lambda session: session.try_lock(of_chat(1))) == {of_chat(1)}


async def test_waiting_longer_than_the_server_lets_us_is_no_outage(
    served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "LOCK_PATIENCE", 0.05)
    store, seen = Store(served), Seen()
    await store.start()
    store.contention.watch(seen)
    inside, leave = asyncio.Event(), asyncio.Event()

    async def holds(session: Session) -> None:
        await session.lock(of_chat(1))
        await counters.totals(session, "agents")
        inside.set()
        await leave.wait()

    holding = asyncio.create_task(store.write(holds))
    await inside.wait()
    waiting = asyncio.create_task(store.write(lambda session: session.lock(of_chat(1))))
    await seen.again.wait()
    leave.set()
    await asyncio.gather(holding, waiting)
    await store.stop()


async def test_a_pool_whose_connections_are_all_in_use_is_waited_for(
    served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "PATIENCE", 0.05)
    store, leave = Store(served), asyncio.Event()
    await store.start()
    all_there = asyncio.Barrier(17)

    async def busy(session: Session) -> None:
        await all_there.wait()
        await leave.wait()

    using = [asyncio.create_task(store.write(busy)) for _ in range(16)]
    await all_there.wait()
    waiting = asyncio.create_task(store.read(lambda session: counters.totals(session, "agents")))
    await asyncio.sleep(0.12)  # more than its patience
    assert not waiting.done()
    leave.set()
    await asyncio.gather(*using)
    assert await waiting == {}
    await store.stop()


async def test_a_program_that_locks_our_tables_is_an_outage(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "LOCK_PATIENCE", 0.05)
    store = Store(served)
    await store.start()
    monkeypatch.setattr(postgresql, "PATIENCE", 0.05)
    stranger = await asyncpg.connect(served.replace("+asyncpg", ""))
    async with stranger.transaction():
        await stranger.execute("LOCK TABLE counter")
        with pytest.raises(StorageError, match="another program holds locks"):
            await store.write(lambda session: counters.tally(session, None, "agents:available"))
    await stranger.close()
    await store.write(lambda session: counters.tally(session, None, "agents:available"))
    assert await asks(served, DEADLOCKS) == [(0,)]
    await store.stop()
