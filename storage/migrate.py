"""Bringing a database to the schema that this desk was written for.

An empty one gets the tables as `storage.tables` says, an older one the revisions that it lacks; both in one
transaction, so that a process that dies in the middle leaves what was there before. A test holds that both ways end
at the same schema.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, event, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from storage.session import Query, Session
from storage.store import StorageError, is_postgresql, sqlite_path

T = TypeVar("T")

MIGRATIONS = Path(__file__).parent / "migrations"
REVISIONS = tuple(sorted(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")))

# Alembic's own: https://alembic.sqlalchemy.org/en/latest/tutorial.html#running-our-first-migration
_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
_kept = Query(select(_version.c.version_num))


async def upgrade(url: str) -> None:
    """Make the database, a file with its folder too, or bring it up to date.

    A server's database is there already: who may make one is not for the desk to say.

    Raises:
        StorageError: it is newer, another program's, or can't be used.
    """
    await alone(url, partial(_bring_up_to_date, name=_name(url)))


async def alone(url: str, act: Callable[[Connection], T]) -> T:
    """Do something to the database in one transaction, as the only one who changes it; StorageError as `upgrade`."""
    name = _name(url)
    try:
        if not is_postgresql(url):
            sqlite_path(url).parent.mkdir(parents=True, exist_ok=True)
        async with _engine(url) as engine:
            event.listen(engine.sync_engine, "begin", _begin_as_the_only_writer)
            async with engine.begin() as connection:
                return await connection.run_sync(act)
    except (OSError, SQLAlchemyError) as error:
        raise StorageError(f"storage.url: {name} can't be used ({type(error).__name__})") from error


async def schema_current(url: str) -> bool:
    """Whether the database is there and has just this schema; SQLAlchemyError or OSError when it can't be read."""
    if not is_postgresql(url) and not sqlite_path(url).exists():
        return False
    async with _engine(url) as engine, engine.connect() as connection:
        return await connection.run_sync(revision) == REVISIONS[-1]


async def still_current(session: Session) -> bool:
    """Whether the open database has just this schema: a newer desk may have changed it meanwhile."""
    row = await session.row(_kept)
    return row is not None and row["version_num"] == REVISIONS[-1]


def _name(url: str) -> str:
    """What an operator calls it; never with the password."""
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


def _begin_as_the_only_writer(connection: Connection) -> None:
    """Of two processes that start together, the second finds the work done."""
    only = "BEGIN IMMEDIATE" if connection.dialect.name == "sqlite" else "SELECT pg_advisory_xact_lock(1710)"
    connection.exec_driver_sql(only)


def _bring_up_to_date(connection: Connection, name: str) -> None:
    found = revision(connection)
    if found is None:
        _create(connection, name)
    elif found not in REVISIONS:
        raise StorageError(f"storage.url: {name} is from a newer version of the desk (schema {found})")
    elif found != REVISIONS[-1]:
        apply(connection)


def _create(connection: Connection, name: str) -> None:
    if inspect(connection).get_table_names():
        raise StorageError(f"storage.url: {name} is the database of another program")
    SQLModel.metadata.create_all(connection)
    _version.create(connection)
    connection.execute(_version.insert().values(version_num=REVISIONS[-1]))


def call(connection: Connection, name: str) -> None:
    """Say which schema the database has; one that no desk knows keeps all of them out."""
    connection.execute(_version.update().values(version_num=name))


def revision(connection: Connection) -> str | None:
    """The schema that the database says it has; None: it has none of ours."""
    if not inspect(connection).has_table(_version.name):
        return None
    return connection.scalar(select(_version.c.version_num))


def apply(connection: Connection) -> None:
    """The revisions that are missing, in the transaction of this connection."""
    # A third of the time that the desk takes to start, and needed once in a version's life.
    from alembic.command import upgrade  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS))
    upgrade(config, "head")
