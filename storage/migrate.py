"""Bringing a database to the schema that this desk was written for.

An empty one gets the tables as `storage.tables` says, an older one the revisions that it lacks; both in one
transaction, so that a process that dies in the middle leaves what was there before. A test holds that both ways end
at the same schema.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, event, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import SQLModel

from storage.store import StorageError, sqlite_path

MIGRATIONS = Path(__file__).parent / "migrations"
REVISIONS = tuple(sorted(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")))

# Alembic's own: https://alembic.sqlalchemy.org/en/latest/tutorial.html#running-our-first-migration
_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


async def upgrade(url: str) -> None:
    """Make the file and its folder, or bring it up to date; StorageError when it is newer, foreign or unusable."""
    path = sqlite_path(url)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        async with _engine(url) as engine:
            event.listen(engine.sync_engine, "begin", _begin_as_the_only_writer)
            async with engine.begin() as connection:
                await connection.run_sync(_bring_up_to_date, path)
    except (OSError, SQLAlchemyError) as error:
        raise StorageError(f"storage.url: {path} can't be used ({type(error).__name__})") from error


async def schema_current(url: str) -> bool:
    """Whether the database is there and has just this schema; SQLAlchemyError when it can't be read."""
    if not sqlite_path(url).exists():
        return False
    async with _engine(url) as engine, engine.connect() as connection:
        return await connection.run_sync(_revision) == REVISIONS[-1]


@asynccontextmanager
async def _engine(url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(url)
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
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _bring_up_to_date(connection: Connection, path: Path) -> None:
    revision = _revision(connection)
    if revision is None:
        _create(connection, path)
    elif revision not in REVISIONS:
        raise StorageError(f"storage.url: {path} is from a newer version of the desk (schema {revision})")
    elif revision != REVISIONS[-1]:
        apply(connection)


def _create(connection: Connection, path: Path) -> None:
    if inspect(connection).get_table_names():
        raise StorageError(f"storage.url: {path} is the database of another program")
    SQLModel.metadata.create_all(connection)
    _version.create(connection)
    connection.execute(_version.insert().values(version_num=REVISIONS[-1]))


def _revision(connection: Connection) -> str | None:
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
