"""The sweep forgets what is old in slices, so nobody's words wait for it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Integer, bindparam, func, select

from bot.config.schema import Config
from bot.jobs.retention import KEEP_PICTURES, SLICE, sweep
from core.vocabulary.words import Lane
from storage.audit import record
from storage.engine.session import Query, Session
from storage.engine.store import Store
from storage.queues import inbox, outbox
from storage.queues.addressed_call import AddressedCall
from storage.queues.inbox import Arrival
from storage.repositories import albums, told
from storage.repositories.albums import Picture
from storage.schema.rows import col
from storage.schema.tables import InboxRow, OutboxRow
from tests.story.clock import MovedClock
from tests.support.databases import fresh

CONFIG = Config()
_count = Query.value(select(func.count()).where(col(InboxRow.id) > bindparam("above", type_=Integer)))

_chats = Query.value(select(col(OutboxRow.chat)))


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
    old = clock.now() - CONFIG.privacy.messages - timedelta(hours=1)
    await handled(store, old, first=1, count=3 * SLICE + 7)
    await handled(store, clock.now(), first=10_000, count=5)
    await sweep(store, clock, CONFIG)
    assert await store.read(left) == 5


async def test_pictures_of_albums_are_kept_for_a_day(store: Store) -> None:
    clock = MovedClock()

    async def unit(session: Session) -> None:
        for message, age in enumerate((KEEP_PICTURES + timedelta(minutes=1), KEEP_PICTURES - timedelta(minutes=1))):
            picture = Picture(album="7", message=message, media="photo", attachment="AgAC")
            await albums.keep(session, 5, picture, clock.now() - age)

    await store.write(unit)
    await sweep(store, clock, CONFIG)
    assert [one.message for one in await store.read(lambda session: albums.find(session, 5, "7"))] == [1]


async def test_p15_what_was_said_is_forgotten_when_it_is_old(store: Store) -> None:
    clock = MovedClock()
    moment = timedelta(milliseconds=1)
    old, young = clock.now() - CONFIG.privacy.messages - moment, clock.now() - CONFIG.privacy.messages

    async def said(session: Session, at: datetime, number: int) -> None:
        await record.remember(session, f"key{number}", b"{}", at)
        await told.note(session, 1, 1, [number], at)
        payload = {"chat_id": number, "text": "secreto"}
        call = AddressedCall(chat=number, lane=Lane.ROUTINE, method="sendMessage", payload=payload)
        await outbox.post(session, [call], at)
        for row in await outbox.take(session, Lane.ROUTINE, at, timedelta(minutes=1), 1):
            await outbox.sent(session, row, at, at)

    for number, at in ((1, old), (2, young)):
        await store.write(partial(said, at=at, number=number))
    await sweep(store, clock, CONFIG)
    assert await store.read(lambda session: session.rows(_chats)) == [2]
    assert [await store.read(partial(record.recall, key=f"key{n}")) for n in (1, 2)] == [None, b"{}"]
    assert [await store.read(partial(told.was_told, task=1, climb=1, person=n)) for n in (1, 2)] == [False, True]


async def test_what_comes_in_the_middle_is_written_between_two_slices(store: Store) -> None:
    clock = MovedClock()
    await handled(store, clock.now() - CONFIG.privacy.messages - timedelta(hours=1), first=1, count=5 * SLICE)
    sweeping = asyncio.create_task(sweep(store, clock, CONFIG))
    seen = []
    while not sweeping.done():
        seen.append(await store.write(left))
    assert await store.read(left) == 0
    between = {count for count in seen if 0 < count < 5 * SLICE}
    assert len(between) >= 3, f"a write that came meanwhile saw {sorted(set(seen))} rows"
    assert all(count % SLICE == 0 for count in between)
