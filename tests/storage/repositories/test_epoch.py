"""A new epoch begins when the database has gone back in time, and only then."""

import itertools
import random
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from storage.engine.errors import StorageError
from storage.engine.identity import IDENTITY_SQL
from storage.engine.restored import LEAST_JUMP
from storage.engine.session import Query
from storage.engine.store import Store
from storage.ops.migrate import upgrade
from storage.ops.move import move
from storage.repositories import counters, epoch
from tests.support.databases import fresh, url_of
from tests.support.servers.postgresql import PostgresqlServer

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
# A dump that is read again: the same rows in another table.
READ_AGAIN = """
    CREATE TABLE again (LIKE counter INCLUDING ALL); INSERT INTO again SELECT * FROM counter;
    DROP TABLE counter; ALTER TABLE again RENAME TO counter"""
ADDED = """
    INSERT INTO person (telegram_id, name, role, membership, availability, seen_at, reachable)
    VALUES (7, 'Ana', 1, 'active', 'available', 0, 1) RETURNING id"""


ADD: Query[int] = Query.value(text(ADDED))
HAPPEN: Query[int] = Query.value(
    text(
        "INSERT INTO event (at, via, reason, body, chain, link, hash)"
        " VALUES (1793534400000, 'desk', '', '{}', 0, 1, '') RETURNING id"  # at noon
    )
)


@pytest.fixture
def server(postgresql: PostgresqlServer) -> Iterator[str]:
    url = postgresql.fresh()
    yield url
    postgresql.drop(url)


async def opened(url: str) -> Store:
    await upgrade(url)
    store = Store(url)
    await store.start()
    return store


async def next_task(store: Store) -> int:
    return await store.write(lambda session: counters.next_value(session, "task"))


async def test_a_file_that_nobody_restored_stays_in_the_first_epoch(tmp_path: Path) -> None:
    store = await opened(fresh(tmp_path))
    assert [await epoch.renew(store, NOON) for _ in range(2)] == [0, 0]
    assert await next_task(store) == 1
    await store.stop()


async def test_a_server_is_in_one_epoch_until_a_dump_takes_its_place(server: str) -> None:
    store = await opened(server)
    assert [await epoch.renew(store, NOON) for _ in range(2)] == [0, 0]
    assert await next_task(store) == 1
    with closing(psycopg.connect(server.replace("+asyncpg", ""), autocommit=True)) as connection:
        connection.execute(READ_AGAIN)

    second = await epoch.renew(store, NOON)

    assert epoch.LEAST <= second < epoch.MOST, "six letters or digits"
    assert await epoch.renew(store, NOON) == second
    assert await next_task(store) == 1 + LEAST_JUMP + 1
    added = await store.write(lambda session: session.row(ADD))
    assert added is not None
    assert added > LEAST_JUMP
    await store.stop()


async def put_back(server: str, kept: str, *, cut: bool) -> None:
    """A dump takes the place of the counters of now; ``cut``: a standby took over, and every connection is lost."""
    with closing(psycopg.connect(server.replace("+asyncpg", ""), autocommit=True)) as connection:
        connection.execute(f"CREATE TABLE again (LIKE counter INCLUDING ALL); INSERT INTO again TABLE {kept}")
        connection.execute("DROP TABLE counter; ALTER TABLE again RENAME TO counter")
        if cut:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


async def keep(server: str, name: str) -> str:
    """A dump of the counters."""
    with closing(psycopg.connect(server.replace("+asyncpg", ""), autocommit=True)) as connection:
        connection.execute(f"DROP TABLE IF EXISTS {name}; CREATE TABLE {name} AS TABLE counter")
    return name


@pytest.mark.parametrize("seed", range(3))
async def test_p7_no_number_is_given_twice_whenever_a_server_goes_back(server: str, seed: int) -> None:
    """Two processes give numbers; now and then the database is that of before, under both of them."""
    chance = random.Random(seed)
    stores, epochs = [await opened(server), await opened(server)], [0, 0]
    seconds = itertools.count(10, 10)
    assert await stores[0].write(lambda session: session.row(HAPPEN))
    for number, store in enumerate(stores):
        await epoch.follow(store, lambda: NOON + timedelta(seconds=next(seconds)), partial(epochs.__setitem__, number))
        assert await epoch.renew(store, NOON) == 0
    given: list[int] = []
    known, kept = {0}, await keep(server, "kept_0")
    for turn in range(40):
        one = chance.randrange(2)
        match chance.choice(["number", "number", "number", "dump", "back", "back and cut"]):
            case "number":
                with suppress(StorageError):  # the connection was cut: whoever asks asks again
                    given.append(await next_task(stores[one]))
            case "dump":
                kept = await keep(server, f"kept_{turn}")
            case back:
                await put_back(server, kept, cut=back == "back and cut")
                for store in (stores[one], stores[1 - one]):  # each looks every few seconds, and at each connection
                    with suppress(StorageError):
                        await store.prove()
                    await store.prove()
                assert epochs[0] == epochs[1]
                assert epochs[0] not in known, "buttons of before are told by their epoch"
                known.add(epochs[0])
    assert len(set(given)) == len(given)
    for store in stores:
        await store.stop()


async def test_p7_the_first_thing_done_after_a_standby_took_over_knows_it(server: str) -> None:
    """The connection itself says that it leads elsewhere: nobody has looked yet."""
    store = await opened(server)
    told: list[int] = []
    await epoch.follow(store, lambda: NOON, told.append)
    await epoch.renew(store, NOON)
    first = await next_task(store)
    await put_back(server, await keep(server, "kept"), cut=True)
    for _ in range(3):  # as many connections were cut
        with suppress(StorageError):
            assert await next_task(store) > first + LEAST_JUMP
            break
    else:
        pytest.fail("the server is not met again")
    assert len(told) == 1
    await store.stop()


async def test_whoever_may_use_the_database_may_ask_which_one_it_is(server: str) -> None:
    """The desk's role is no superuser; the identity must not need one."""
    with closing(psycopg.connect(server.replace("+asyncpg", ""), autocommit=True)) as connection:
        connection.execute("CREATE ROLE plain_desk")
        connection.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO plain_desk")
        connection.execute("SET ROLE plain_desk")
        found = connection.execute(IDENTITY_SQL).fetchone()
        connection.execute("RESET ROLE; DROP OWNED BY plain_desk; DROP ROLE plain_desk")
    assert found is not None


async def test_a_desk_that_moves_to_a_server_keeps_its_epoch(server: str, tmp_path: Path) -> None:
    store = await opened(server)
    await epoch.renew(store, NOON)
    await store.stop()
    home = url_of(tmp_path / "home.db")
    await move(server, home)
    store = await opened(home)
    assert await epoch.renew(store, NOON) == 0
    await store.stop()
