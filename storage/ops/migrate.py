"""Bringing a database to the schema that this desk was written for (`storage.engine.revisions`).

An empty one gets the tables as `storage.schema.tables` says, an older one the revisions that it lacks; both in one
transaction, so that a process that dies in the middle leaves what was there before. A test holds that both ways end
at the same schema. A newer one is left as it is, and worked on when it says that it suits.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, event, func, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.engine import revisions
from storage.engine.locks import SCHEMA
from storage.engine.private_files import make_file, make_folder
from storage.engine.reasons import reason
from storage.engine.revisions import CURRENT, MIGRATIONS, OLDEST, Kept, Schema, schema_of, version
from storage.engine.session import Session
from storage.engine.store import StorageError, is_postgresql, sqlite_path
from storage.ops.moved import refuse_if_moved
from storage.schema.metadata import METADATA

T = TypeVar("T")

TRIES, PAUSE = 5, 1.0  # seconds
# Lock not available, deadlock (https://www.postgresql.org/docs/current/errcodes-appendix.html); SQLite's own name.
_IN_THE_WAY = ("55P03", "40P01", "SQLITE_BUSY")
# Encodings in which every text can be kept; the second takes whatever it is given.
_ALL_LETTERS = ("UTF8", "SQL_ASCII")
# Names of locks on a server: of who changes the schema (a desk that runs asks for it by `Session.lock`), and of who
# moves all of it to another database.
CHANGING, LEAVING = SCHEMA.name, "leaving"


class Held(StorageError):
    """Somebody else holds what is to be changed; another try may do."""


async def upgrade(url: str) -> None:
    """Make the database, a file with its folder too, or bring it up to date.

    A server's database is there already: who may make one is not for the desk to say.

    Raises:
        StorageError: it is newer and does not suit, another program's, or can't be used; or what an older desk needs
            would be taken away, and one runs.
    """
    for attempt in range(TRIES):
        try:
            return await alone(url, partial(_bring_up_to_date, name=_name(url)))
        except Held:
            if not is_postgresql(url) or attempt == TRIES - 1:
                raise
        await asyncio.sleep(PAUSE)


async def alone(url: str, act: Callable[[Connection], T]) -> T:
    """Do something to the database in one transaction, as the only one who changes it; StorageError as `upgrade`."""
    async with only_writer(url) as connection:
        return await connection.run_sync(act)


@asynccontextmanager
async def only_writer(url: str, lock: str = CHANGING) -> AsyncIterator[AsyncConnection]:
    """A transaction of the only one who has this lock; of a SQLite file, the only one who writes at all.

    Raises:
        Held: another program has it.
        StorageError: the database can't be used.
    """
    name = _name(url)
    try:
        if not is_postgresql(url):
            make_folder(sqlite_path(url).parent)
            make_file(sqlite_path(url))
        async with _engine(url) as engine:
            event.listen(engine.sync_engine, "begin", partial(_begin_as_the_only_writer, lock=lock))
            async with engine.begin() as connection:
                yield connection
    except (OSError, SQLAlchemyError) as error:
        if _said_by(error) in _IN_THE_WAY:
            raise Held(f"storage.url: {name} is held by another program") from error
        raise StorageError(f"storage.url: {name} can't be used ({reason(error)})") from error


async def schema_at(url: str) -> Schema | None:
    """Schema of a database; SQLAlchemyError or OSError when it can't be read."""
    if not is_postgresql(url) and not sqlite_path(url).exists():
        return None
    async with _engine(url) as engine, engine.connect() as connection:
        return await connection.run_sync(schema)


async def schema_suits(url: str) -> bool:
    """Whether the database is there and this desk works on it as it is; it raises as `schema_at` does."""
    found = await schema_at(url)
    return found is not None and found.suits


async def may_open(url: str) -> bool:
    """As `schema_suits`.

    Raises:
        StorageError: the desk has moved to another database.
    """
    if not await schema_suits(url):
        return False
    async with _engine(url) as engine, engine.connect() as connection:
        await connection.run_sync(partial(refuse_if_moved, name=_name(url)))
    return True


async def still_suits(session: Session) -> bool:
    """Whether this desk works on the open database: a newer one may have changed it meanwhile."""
    found = schema_of(await session.row(revisions.kept))
    return found is not None and found.suits


async def confirm(session: Session) -> None:
    """Check, once the database is open, that it still suits.

    A newer desk may have taken away what this one needs between its `upgrade` and its first connection, by which others
    see that it runs.

    Raises:
        StorageError: a newer desk has changed the schema.
    """
    await session.lock(SCHEMA)
    if not await still_suits(session):
        raise StorageError("storage.url: a newer version of the desk has just changed the schema")


def _name(url: str) -> str:
    """Name of the database for operators; never with the password."""
    if not is_postgresql(url):
        return str(sqlite_path(url))
    return make_url(url).render_as_string(hide_password=True)


@asynccontextmanager
async def _engine(url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _leave_transactions_to_us)
    try:
        yield engine
    finally:
        await engine.dispose()


def _leave_transactions_to_us(connection: Any, _: object) -> None:
    """The driver would commit before each change of the schema."""
    connection.isolation_level = None


def _begin_as_the_only_writer(connection: Connection, lock: str) -> None:
    """Of two processes that start together, the second finds the work done."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(select(func.pg_advisory_xact_lock(_number(lock))))


def _number(lock: str) -> ColumnElement[int]:
    """As `Session.lock` makes it of a name."""
    return func.hashtextextended(lock, 0)


def _said_by(error: Exception) -> str | None:
    """The driver's code: SQLAlchemy has one class for many things."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    return getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)


def _bring_up_to_date(connection: Connection, name: str) -> None:
    if connection.dialect.name == "postgresql" and not connection.scalar(
        select(func.pg_try_advisory_xact_lock_shared(_number(LEAVING)))
    ):
        raise StorageError(f"storage.url: {name} is being moved to another database")
    refuse_if_moved(connection, name)
    found = schema(connection)
    if found is None:
        _create(connection, name)
    elif found.suits:
        return
    elif not found.known:
        raise StorageError(f"storage.url: {name} is from a newer version of the desk (schema {found.revision})")
    else:
        _nobody_is_left_behind(connection, name)
        apply(connection)


def _create(connection: Connection, name: str) -> None:
    if inspect(connection).get_table_names():
        raise StorageError(f"storage.url: {name} is the database of another program")
    if connection.dialect.name == "postgresql":
        encoding = connection.scalar(text("SHOW server_encoding"))
        if encoding not in _ALL_LETTERS:
            raise StorageError(f"storage.url: {name} is made for {encoding}, which not every text fits; UTF8 is needed")
    METADATA.create_all(connection)
    version.create(connection)
    connection.execute(version.insert().values(version_num=CURRENT.revision, oldest=CURRENT.oldest))


def desks_on(connection: Connection) -> list[str]:
    """The schemas of the desks that have a server's database open: each of their connections says its own."""
    ours = "datname = current_database() AND application_name LIKE 'gad %'"
    names = connection.scalars(text(f"SELECT application_name FROM pg_stat_activity WHERE {ours}"))  # noqa: S608
    return sorted(name.removeprefix("gad ") for name in names)


def _nobody_is_left_behind(connection: Connection, name: str) -> None:
    if connection.dialect.name != "postgresql":
        return
    behind = [schema for schema in desks_on(connection) if schema < OLDEST]
    if behind:
        raise StorageError(
            f"storage.url: {name} is used by an older version of the desk (schema {behind[0]}) that does not work"
            " on the one this version makes; stop it first"
        )


def wait_briefly(connection: Connection) -> None:
    """For locks, in this transaction: everybody else waits behind whoever waits to have a table alone."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = '3s'")


def call(connection: Connection, named: Schema) -> None:
    """Say which schema the database has; one that no desk knows keeps all of them out."""
    connection.execute(version.update().values(version_num=named.revision, oldest=named.oldest))


def schema(connection: Connection) -> Schema | None:
    """Schema of the database; None when it has none of ours."""
    if not inspect(connection).has_table(version.name):
        return None
    row = connection.execute(select(version)).first()
    return schema_of(Kept(*row) if row is not None else None)


def apply(connection: Connection, to: str = "head") -> None:
    """The revisions that are missing, up to the newest or another one, in the transaction of this connection."""
    # A third of the time that the desk takes to start, and needed once in a version's life.
    from alembic.command import upgrade  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    wait_briefly(connection)
    version.create(connection, checkfirst=True)
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS))
    upgrade(config, to)
    call(connection, CURRENT)
