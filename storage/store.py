"""The store: where units of work are run, whatever the database."""

import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from core.ports import Ledger
from storage.ledger import SqlLedger
from storage.session import Session
from storage.sqlite import ConnectionThread, Unit, connect

T = TypeVar("T")


class StorageError(Exception):
    """The storage can't be used; the text is one line for the operator."""


def sqlite_path(url: str) -> Path:
    """The file that ``sqlite+aiosqlite:///var/gad.db`` names; StorageError for anything else."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageError(f"storage.url: not a database URL: {url}") from error
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise StorageError(f"storage.url: only a SQLite file works here, not {parsed.drivername}")
    return Path(parsed.database)


class Store:
    """Writing and reading on one database. ``start`` before use, ``stop`` after."""

    def __init__(self, url: str) -> None:
        self._path = sqlite_path(url)

    async def start(self) -> None:
        """Open the database, which must have its schema already; StorageError when that can't be done."""
        self._writer = ConnectionThread(partial(connect, str(self._path)), writes=True)
        self._reader = ConnectionThread(partial(connect, str(self._path), read_only=True), writes=False)
        try:
            await self._writer.start()
            await self._reader.start()
        except sqlite3.Error as error:
            raise StorageError(f"storage.url: {self._path} can't be opened ({error})") from error

    async def stop(self) -> None:
        """Finish what waits and close."""
        await self._reader.stop()
        await self._writer.stop()

    async def write(self, unit: Unit[T]) -> T:
        """Run a unit in a transaction of its own; its answer comes after the commit."""
        return await self._writer.run(unit)

    async def read(self, unit: Unit[T]) -> T:
        """Run a unit that only reads, on a consistent view."""
        return await self._reader.run(unit)


class LedgerUnits:
    """The store as the desk sees it: units over a ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def write(self, unit: Callable[[Ledger], Awaitable[T]]) -> T:
        """Run and commit."""

        async def over_session(session: Session) -> T:
            return await unit(SqlLedger(session))

        return await self._store.write(over_session)
