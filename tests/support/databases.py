"""Databases for tests: each a copy of one that was made once."""

import asyncio
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from bot.transport.rendering import render
from core.desk.ports import Repository
from storage.engine.sqlite import SqliteSession, Work, connect, drive
from storage.engine.store import sqlite_path
from storage.ops.migrate import upgrade
from storage.repositories.repository import over_repository

T = TypeVar("T")


def url_of(file: Path) -> str:
    """How the configuration names a file."""
    return f"sqlite+aiosqlite:///{file}"


def fresh(folder: Path) -> str:
    """The URL of a new database in this folder, with the schema and nothing in it."""
    file = folder / "gad.db"
    file.write_bytes(_template())
    return url_of(file)


@cache
def _template() -> bytes:
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as beside:
        file = Path(folder) / "template.db"
        # The caller's thread may have a loop of its own.
        beside.submit(lambda: asyncio.run(upgrade(url_of(file)))).result()
        return file.read_bytes()


class Direct:
    """A new database whose units run one at a time in the caller's thread: no loop, no thread, no wait for the disk."""

    def __init__(self, folder: Path) -> None:
        self._file = str(sqlite_path(fresh(folder)))
        self._open()

    def _open(self) -> None:
        self.connection = connect(self._file)
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("PRAGMA synchronous=OFF")

    def reopen(self) -> None:
        """As a process that begins finds it."""
        self.connection.close()
        self._open()

    def run(self, work: Work[T]) -> T:
        """The unit's answer, committed; its exception, rolled back."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            answer = drive(work, SqliteSession(self.connection))
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")
        return answer

    async def write(self, unit: Callable[[Repository], Awaitable[T]]) -> T:
        """As the desk asks for it (``core.desk.ports.UnitOfWork``)."""
        answer, _ = self.run(partial(over_repository, unit, render))
        return answer

    def close(self) -> None:
        """Nothing is kept."""
        self.connection.close()
