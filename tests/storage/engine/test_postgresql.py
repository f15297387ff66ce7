"""A store and its PostgreSQL server: whoever gives up or stops leaves nothing behind; a server that goes is said."""

import asyncio

import pytest

from storage.engine.locks import of_chat
from storage.engine.session import Session
from storage.engine.store import StorageError, Store
from storage.ops.migrate import upgrade
from storage.repositories import counters
from tests.support.desks.disk import asks
from tests.support.servers.line import Line
from tests.support.servers.postgresql import PostgresqlServer

SOMEWHERE = of_chat(1)
# The connections of a desk that have got a number of their own.
DESK = """
    SELECT pid FROM pg_stat_activity JOIN pg_locks USING (pid)
    WHERE application_name LIKE 'gad %' AND locktype = 'advisory' AND classid = 1709"""


async def test_a_server_that_goes_away_is_one_kind_of_error_and_is_used_again_when_it_is_back() -> None:
    server = PostgresqlServer()
    store = Store(server.fresh())
    await store.start()
    assert await store.write(lambda session: counters.next_value(session, "number")) == 1

    server.halt()
    for use in (store.write, store.read):
        with pytest.raises(StorageError, match=r"^storage: PostgreSQL can't be used"):
            await use(lambda session: counters.totals(session, "agents"))

    server.start()
    assert await store.write(lambda session: counters.next_value(session, "number")) >= 2
    await store.stop()
    server.stop()


async def test_p1_a_stop_finishes_what_waits_for_a_connection_and_takes_nothing_more(served: str) -> None:
    store = Store(served)
    await store.start()
    waiting = [
        asyncio.create_task(store.write(lambda session: counters.next_value(session, "number"))) for _ in range(100)
    ]
    await asyncio.sleep(0)
    await store.stop()

    assert sorted(await asyncio.gather(*waiting)) == list(range(1, 101))
    with pytest.raises(RuntimeError, match="closed"):
        await store.write(lambda session: counters.next_value(session, "number"))


async def test_whoever_gives_up_a_unit_takes_it_back_and_keeps_no_lock(served: str) -> None:
    store, inside = Store(served), asyncio.Event()
    await store.start()

    async def never_ends(session: Session) -> None:
        await session.lock(SOMEWHERE)
        await counters.tally(session, None, "agents:available")
        await counters.totals(session, "agents")
        inside.set()
        await asyncio.Event().wait()

    given_up = asyncio.create_task(store.write(never_ends))
    await inside.wait()
    given_up.cancel()
    await store.write(lambda session: session.lock(SOMEWHERE))

    assert await store.read(lambda session: counters.totals(session, "agents")) == {}
    await store.stop()


async def test_whoever_gives_up_while_a_connection_is_made_leaves_none_behind(served: str) -> None:
    line = Line(served)
    await line.start()
    store = Store(line.url)
    await store.start()
    before = await asks(served, DESK)
    line.delay = 0.2  # seconds; the server has let it in, and it has not heard yet which number it has

    units = [asyncio.create_task(store.read(lambda session: counters.totals(session, "agents"))) for _ in range(2)]
    new: list[tuple[int]] = []
    while not new:
        new = [desk for desk in await asks(served, DESK) if desk not in before]
    for unit in units:
        unit.cancel()
    async with asyncio.timeout(5):
        while new[0] in await asks(served, DESK):
            pass
    await store.stop()
    await line.stop()


async def test_when_one_connection_turns_out_to_be_dead_those_at_rest_are_not_tried_one_by_one(
    served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would cost whoever gets it the whole patience, and there are sixteen of them."""
    monkeypatch.setattr("storage.engine.pipeline.PATIENCE", 1)
    line = Line(served)
    await line.start()
    store, all_there = Store(line.url), asyncio.Barrier(4)
    await store.start()

    async def meets(session: Session) -> None:
        await counters.totals(session, "agents")
        await all_there.wait()

    await asyncio.gather(*(store.write(meets) for _ in range(4)))
    line.forget()
    with pytest.raises(StorageError, match="no answer"):
        await store.read(lambda session: counters.totals(session, "agents"))
    assert await store.read(lambda session: counters.totals(session, "agents")) == {}
    await store.stop()
    await line.stop()


async def test_an_address_says_how_the_connection_is_secured(served: str) -> None:
    await upgrade(f"{served}?ssl=disable")
    store = Store(f"{served}?ssl=disable")
    await store.start()
    assert await store.read(lambda session: counters.totals(session, "agents")) == {}
    await store.stop()
    with pytest.raises(StorageError, match=r"^storage: PostgreSQL can't be used"):
        await Store(f"{served}?ssl=require").start()  # which this server does not offer


async def test_a_server_that_is_not_there_is_said_in_one_line() -> None:
    url = "postgresql+asyncpg://gad:secret@127.0.0.1:1/gad"
    with pytest.raises(StorageError, match=r"^storage: PostgreSQL can't be used \([^\n]+\)$"):
        await Store(url).start()
    with pytest.raises(StorageError, match=r"^storage\.url: [^\n]+$") as refused:
        await upgrade(url)
    assert "secret" not in str(refused.value)
