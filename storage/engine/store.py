"""The store: where units of work are run, whatever the database."""

import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from storage.engine.contention import Contention
from storage.engine.errors import StorageError
from storage.engine.own_file import OwnFile
from storage.engine.sqlite import ConnectionThread, Work, connect

__all__ = ["StorageError", "Store", "sqlite_path"]

T = TypeVar("T")


def sqlite_path(url: str) -> Path:
    """The file that ``sqlite+aiosqlite:///var/gad.db`` names.

    Raises:
        StorageError: the URL names no SQLite file.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageError(f"storage.url: not a database URL: {url}") from error
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise StorageError(f"storage.url: a SQLite file is needed here, not {parsed.drivername}")
    return Path(parsed.database)


class Database(Protocol):
    """A kind of database. ``shared``: other processes may work on it too."""

    shared: bool
    contention: Contention

    @property
    def log_bytes(self) -> int:
        """Bytes of its log that are not folded in, where it has one of its own."""

    async def start(self) -> None:
        """Open it."""

    async def stop(self) -> None:
        """Finish what waits and close."""

    async def write(self, work: Work[T]) -> T:
        """Run a unit in a transaction of its own."""

    async def read(self, work: Work[T]) -> T:
        """Run a unit that only reads."""

    async def follow(self, meet: Work[int], told: Callable[[int], None]) -> None:
        """Run ``meet`` on another database that takes the place of this one, before all else; its answer is told."""

    async def prove(self) -> None:
        """Look whether it still is the same database."""


class StoreObserver(Protocol):
    """Listener to the commits and refusals of the store."""

    def kept(self) -> None:
        """A unit was committed."""

    def refused(self, error: StorageError) -> None:
        """A unit, or a reading, met a database that can't be used."""


class StoreTimer(Protocol):
    """Listener to the storage's time, for metrics."""

    def took(self, unit: str, seconds: float) -> None:
        """A unit (``read``, ``write``) took so long."""

    def refused(self) -> None:
        """A unit met a database that can't be used."""


class Store:
    """Writing and reading on the database that the URL names. ``start`` before use, ``stop`` after.

    ``timer`` may be set by whoever wants to know how long it takes.
    """

    def __init__(self, url: str, watch: StoreObserver | None = None) -> None:
        self._database = _database(url)
        self._watch = watch
        self.shared = self._database.shared
        self.contention = self._database.contention
        self.timer: StoreTimer | None = None

    @property
    def log_bytes(self) -> int:
        """Bytes that were written and not folded in: an old view that somebody holds open lets them grow."""
        return self._database.log_bytes

    async def start(self) -> None:
        """Open the database, which must have its schema already; StorageError when that can't be done."""
        await self._database.start()

    async def stop(self) -> None:
        """Finish what waits and close."""
        await self._database.stop()

    async def write(self, work: Work[T]) -> T:
        """Run a unit in a transaction of its own; its answer comes after the commit.

        It may run several times before: it changes nothing but the database.

        Raises:
            StorageError: the database can't be used now.
            RuntimeError: it comes after the stop.
        """
        begun = time.perf_counter()
        try:
            answer = await self._database.write(work)
        except StorageError as error:
            self._refused(error)
            raise
        if self._watch is not None:
            self._watch.kept()
        if self.timer is not None:
            self.timer.took("write", time.perf_counter() - begun)
        return answer

    async def read(self, work: Work[T]) -> T:
        """Run a unit that only reads, on a consistent view; it raises as `write` does."""
        begun = time.perf_counter()
        try:
            answer = await self._database.read(work)
        except StorageError as error:
            self._refused(error)
            raise
        if self.timer is not None:
            self.timer.took("read", time.perf_counter() - begun)
        return answer

    async def follow(self, meet: Work[int], told: Callable[[int], None]) -> None:
        """Run ``meet`` on another database that takes the place of this one, before all else; its answer is told.

        A file that is put back is not met so: its process is stopped for it.
        """
        await self._database.follow(meet, told)

    async def prove(self) -> None:
        """Look whether it still is the same database; one that is put back in its place cuts no connection."""
        await self._database.prove()

    def _refused(self, error: StorageError) -> None:
        if self.timer is not None:
            self.timer.refused()
        if self._watch is not None:
            self._watch.refused(error)


def is_postgresql(url: str) -> bool:
    """Whether the URL names a database of PostgreSQL's."""
    return url.startswith("postgresql+asyncpg://")


def _database(url: str) -> Database:
    if not is_postgresql(url):
        return Sqlite(sqlite_path(url))
    from storage.engine.postgresql import Postgresql  # noqa: PLC0415 - a desk on SQLite needs no driver of it

    return Postgresql(url)


class Sqlite:
    """A file of SQLite's: one writer, so one process."""

    shared = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self.contention = Contention()  # one writes at a time, so there is none

    @property
    def log_bytes(self) -> int:
        """The length of the file beside it (https://www.sqlite.org/wal.html)."""
        try:
            return Path(f"{self._path}-wal").stat().st_size
        except OSError:
            return 0

    async def start(self) -> None:
        """Open the file.

        Raises:
            StorageError: it can't be opened.
        """
        prove = OwnFile(self._path).prove
        self._writer = ConnectionThread(partial(connect, str(self._path)), writes=True, prove=prove)
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

    async def write(self, work: Work[T]) -> T:
        """Run a unit in a transaction of its own; its answer comes after the commit."""
        return await self._writer.run(work)

    async def read(self, work: Work[T]) -> T:
        """Run a unit that only reads, on a consistent view."""
        return await self._reader.run(work)

    async def follow(self, meet: Work[int], told: Callable[[int], None]) -> None:
        """Nothing: whoever puts another file in its place must stop the process first (`storage.ops.file_lock`)."""

    async def prove(self) -> None:
        """Nothing: each commit looks whether it still is the same file."""
