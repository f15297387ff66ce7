"""Moving a desk to another database, row by row and checked: SQLite to PostgreSQL and back.

While it is under way nobody writes to the old database, and no desk opens the new one (its schema is called `MOVING`),
so it may be broken off anywhere and started again: what is there already is compared, what is not is copied.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from hashlib import sha256
from typing import Any

from msgspec import Struct, json
from sqlalchemy import Connection, Integer, Table, bindparam, delete, func, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import restored
from storage.engine.errors import StorageError
from storage.engine.revisions import CURRENT, Schema
from storage.engine.session import AnyRow, Query, Session
from storage.engine.store import Store, is_postgresql, sqlite_path
from storage.ops import migrate
from storage.ops import moved as moved_away
from storage.ops.file_lock import alone_with
from storage.schema.metadata import METADATA

MOVING = Schema(revision="moving", oldest="moving")
TABLES = METADATA.sorted_tables
PAGE = 1_000
_COUNTER = METADATA.tables["counter"]
_BITS = 128

Progress = Callable[[str, int, int], None]


class Moved(Struct, frozen=True, kw_only=True):
    """A table as it is in both databases: how many rows, and a digest of them that doesn't depend on their order."""

    table: str
    rows: int
    digest: str


class _Shelf:
    """The statements by which one table is read and written."""

    def __init__(self, table: Table) -> None:
        self.name = table.name
        self._columns = [column for column in table.columns if column.computed is None]
        self._key = list(table.primary_key.columns)
        names = {column.name for column in self._columns}
        page = select(*self._columns).order_by(*self._key).limit(bindparam("most", type_=Integer))
        after = tuple_(*(bindparam(f"after_{column.name}", type_=column.type) for column in self._key))
        self._first = Query.mappings(page)
        self._next = Query.mappings(page.where(tuple_(*self._key) > after))
        put = insert(table).values({name: bindparam(name) for name in names})
        rest = {name: put.excluded[name] for name in names - {column.name for column in self._key}}
        keys = [column.name for column in self._key]
        self._put = Query(
            put.on_conflict_do_update(index_elements=keys, set_=rest)
            if rest
            else put.on_conflict_do_nothing(index_elements=keys)
        )
        self._count = Query.value(select(func.count()).select_from(table))
        self._clear = Query(delete(table))

    async def count(self, session: Session) -> int:
        return await session.row(self._count) or 0

    async def clear(self, session: Session) -> None:
        await session.run(self._clear)

    async def pages(self, store: Store) -> AsyncIterator[list[AnyRow]]:
        """All rows, by key."""
        page = await store.read(lambda session: session.rows(self._first, most=PAGE))
        while page:
            yield page
            after = {f"after_{column.name}": page[-1][column.name] for column in self._key}
            page = await store.read(partial(self._page_after, after=after))

    async def _page_after(self, session: Session, after: Mapping[str, Any]) -> list[AnyRow]:
        return await session.rows(self._next, most=PAGE, **after)

    async def put(self, session: Session, page: list[AnyRow]) -> None:
        await session.run_each(self._put, [self._values(row) for row in page])

    def digest(self, row: AnyRow) -> int:
        """Of one row; those of all are added up."""
        values = json.encode([row[column.name] for column in self._columns])
        return int.from_bytes(sha256(values).digest()[: _BITS // 8])

    def _values(self, row: AnyRow) -> dict[str, Any]:
        return {column.name: row[column.name] for column in self._columns}


async def move(
    source_url: str, target_url: str, report: Progress = lambda table, done, rows: None
) -> tuple[Moved, ...]:
    """Copy everything and compare it; ``report`` (table, rows done, rows in all) says how far it is.

    Raises:
        StorageError: a desk runs on the old database, the new one is in use, or a table can't be made the same.
    """
    if source_url == target_url:
        raise StorageError("storage.url: that is the database itself")
    if await migrate.schema_at(source_url) != CURRENT:
        raise StorageError("storage.url: there is no database with the schema of this version; `gad run` makes one")
    for url in (source_url, target_url):
        await _nobody_on(url)
    async with _opened(source_url) as source, _kept_still(source_url) as left:
        if not source.shared and await source.read(restored.waits):
            raise StorageError("storage.url: a backup was put back here; start the desk on it once before it is moved")
        await _take_over(target_url)
        async with _opened(target_url) as target:
            moved = [await _move_table(_Shelf(table), source, target, report) for table in TABLES]
        await left.run_sync(moved_away.put_up, target_url)
    # From here on no desk opens the old one, and none the new one until this is through.
    await migrate.alone(target_url, _hand_over)
    return tuple(moved)


async def undo(url: str) -> str | None:
    """Let desks open a database again from which the desk has moved away; where to, None if it has not.

    Raises:
        StorageError: the database can't be used.
    """
    return await migrate.alone(url, moved_away.take_down)


async def _move_table(shelf: _Shelf, source: Store, target: Store, report: Progress) -> Moved:
    rows = await source.read(shelf.count)
    report(shelf.name, 0, rows)
    there = await _survey(shelf, target)
    if there.rows and there == await _survey(shelf, source):
        report(shelf.name, rows, rows)
        return there
    for _ in range(2):
        read = await _copy(shelf, source, target, rows, report)
        if await _survey(shelf, target) == read:
            return read
        # Rows that are gone from the old one since an attempt before: all of it anew.
        await target.write(shelf.clear)
    raise StorageError(f"the table {shelf.name} is not the same in both; is a desk running on one of them?")


async def _copy(shelf: _Shelf, source: Store, target: Store, rows: int, report: Progress) -> Moved:
    done, digest = 0, 0
    async for page in shelf.pages(source):
        await target.write(partial(shelf.put, page=page))
        done, digest = done + len(page), digest + sum(map(shelf.digest, page))
        report(shelf.name, done, max(rows, done))
    return _moved(shelf, done, digest)


async def _survey(shelf: _Shelf, store: Store) -> Moved:
    rows, digest = 0, 0
    async for page in shelf.pages(store):
        rows, digest = rows + len(page), digest + sum(map(shelf.digest, page))
    return _moved(shelf, rows, digest)


def _moved(shelf: _Shelf, rows: int, digest: int) -> Moved:
    return Moved(table=shelf.name, rows=rows, digest=f"{digest % (1 << _BITS):032x}")


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Store]:
    store = Store(url)
    await store.start()
    try:
        yield store
    finally:
        await store.stop()


async def _nobody_on(url: str) -> None:
    """Refuse while a desk runs: its writes would be left behind."""
    if not is_postgresql(url):
        with alone_with(sqlite_path(url)):
            return

    if await migrate.alone(url, migrate.desks_on):
        raise StorageError("storage.url: a desk runs on this database; stop it first")


@asynccontextmanager
async def _kept_still(url: str) -> AsyncIterator[AsyncConnection]:
    """Refuse all writers meanwhile: their writes would be left behind. The transaction that does so."""

    def hold(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            migrate.wait_briefly(connection)
            connection.execute(text(f"LOCK TABLE {', '.join(table.name for table in TABLES)} IN SHARE MODE"))

    async with migrate.only_writer(url, migrate.LEAVING) as connection:
        await connection.run_sync(hold)
        yield connection


async def _take_over(url: str) -> None:
    """A new database, an empty one, or one that an attempt before left: from now on no desk opens it."""

    def mark(connection: Connection) -> None:
        if not _empty(connection):
            raise StorageError("the database to move to is in use: expected a new one, or what a broken move left")
        migrate.call(connection, MOVING)

    if await migrate.alone(url, migrate.schema) != MOVING:
        await migrate.upgrade(url)
        await migrate.alone(url, mark)


def _empty(connection: Connection) -> bool:
    return all(connection.execute(select(table).limit(1)).first() is None for table in TABLES)


def _hand_over(connection: Connection) -> None:
    """All is there: the desk may open it. Numbers that the database gives go on after those that it was given."""
    if connection.dialect.name == "postgresql":
        for table in TABLES:
            if "id" in table.primary_key.columns:
                sequence = func.pg_get_serial_sequence(table.name, "id")
                reserved = select(func.coalesce(func.max(_COUNTER.c.value), 0)).where(_COUNTER.c.name == table.name)
                highest = func.greatest(func.coalesce(func.max(table.c.id), 0), reserved.scalar_subquery())
                following = select(highest + 1).scalar_subquery()
                connection.execute(select(func.setval(sequence, following, False)))
    # Which server it was is of no use on another one.
    connection.execute(delete(_COUNTER).where(_COUNTER.c.name == restored.IDENTITY))
    migrate.call(connection, CURRENT)
