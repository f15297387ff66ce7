"""A new epoch begins when the database has gone back in time, and only then."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

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


async def test_whoever_may_use_the_database_may_ask_which_one_it_is(server: str) -> None:
    """The desk's role is no superuser; the identity must not need one."""
    with closing(psycopg.connect(server.replace("+asyncpg", ""), autocommit=True)) as connection:
        connection.execute("CREATE ROLE plain_desk")
        connection.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO plain_desk")
        connection.execute("SET ROLE plain_desk")
        found = connection.execute(epoch.IDENTITY_SQL).fetchone()
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
