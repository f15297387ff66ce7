"""The sweep forgets what is old in slices, so nobody's words wait for it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Integer, bindparam, func, select

from bot.jobs.retention import KEEP_PICTURES, KEEP_UPDATES, SLICE, sweep
from storage.engine.session import Query, Session
from storage.engine.store import Store
from storage.queues import inbox
from storage.queues.inbox import Arrival
from storage.repositories import albums
from storage.repositories.albums import Picture
from storage.schema.rows import col
from storage.schema.tables import InboxRow
from tests.story.clock import MovedClock
from tests.support.databases import fresh

_count = Query.value(select(func.count()).where(col(InboxRow.id) > bindparam("above", type_=Integer)))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(fresh(tmp_path))
    await store.start()
    yield store
    await store.stop()


async def handled(store: Store, at: datetime, first: int, count: int) -> None:
    """So many updates that were handled at this moment."""
    arrivals = [Arrival(update_id=first + n, line=f"{n}", urgent=False, payload="{}") for n in range(count)]

    async def unit(session: Session) -> None:
        await inbox.receive(session, arrivals, at)
        for row in await inbox.take(session, at, timedelta(minutes=1), count):
            await inbox.handled(session, row, at)

    await store.write(unit)


async def left(session: Session) -> int:
    return await session.row(_count, above=0) or 0


async def test_only_what_is_old_is_forgotten_however_much_it_is(store: Store) -> None:
    clock = MovedClock()
    old = clock.now() - KEEP_UPDATES - timedelta(hours=1)
    await handled(store, old, first=1, count=3 * SLICE + 7)
    await handled(store, clock.now(), first=10_000, count=5)
    await sweep(store, clock)
    assert await store.read(left) == 5


async def test_pictures_of_albums_are_kept_for_a_day(store: Store) -> None:
    clock = MovedClock()

    async def unit(session: Session) -> None:
        for message, age in enumerate((KEEP_PICTURES + timedelta(minutes=1), KEEP_PICTURES - timedelta(minutes=1))):
            picture = Picture(album="7", message=message, media="photo", attachment="AgAC")
            await albums.keep(session, 5, picture, clock.now() - age)

    await store.write(unit)
    await sweep(store, clock)
    assert [one.message for one in await store.read(lambda session: albums.find(session, 5, "7"))] == [1]


async def test_what_comes_in_the_middle_is_written_between_two_slices(store: Store) -> None:
    clock = MovedClock()
    await handled(store, clock.now() - KEEP_UPDATES - timedelta(hours=1), first=1, count=5 * SLICE)
    sweeping = asyncio.create_task(sweep(store, clock))
    seen = []
    while not sweeping.done():
        seen.append(await store.write(left))
    assert await store.read(left) == 0
    between = {count for count in seen if 0 < count < 5 * SLICE}
    assert len(between) >= 3, f"a write that came meanwhile saw {sorted(set(seen))} rows"
    assert all(count % SLICE == 0 for count in between)
