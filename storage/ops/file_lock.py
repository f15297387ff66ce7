"""A SQLite file belongs to one desk at a time.

A desk that opens it takes back what the last one held, and may change the schema. On a server
each has its leases, and says its schema (`storage.ops.migrate`).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from storage.engine.errors import StorageError
from storage.engine.private_files import make_file, make_folder
from storage.engine.reasons import reason
from storage.engine.store import is_postgresql, sqlite_path

PATIENCE = 5.0  # seconds, for one that is closing


class FileLock:
    """The sign on the door: a lock on a file beside the database, which the system lifts when its process dies.

    SQLite's own locks are what every system has that SQLite runs on; nothing is ever written to that file.
    """

    def __init__(self, url: str) -> None:
        self._file: Path | None = None if is_postgresql(url) else sqlite_path(url)
        self._held: sqlite3.Connection | None = None

    def take(self) -> None:
        """Take the file for this desk.

        Raises:
            StorageError: another desk has it, or the folder can't be written.
        """
        if self._file is None:
            return
        try:
            make_folder(self._file.parent)
            door = self._file.with_name(f"{self._file.name}-desk")
            make_file(door)
            self._held = sqlite3.connect(door, isolation_level=None, timeout=PATIENCE)
            self._held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self.leave()
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise StorageError(f"storage.url: a desk runs on {self._file} already, and a file has one") from error
            raise StorageError(f"storage.url: {self._file} can't be used ({reason(error)})") from error
        except OSError as error:
            raise StorageError(f"storage.url: {self._file} can't be used ({reason(error)})") from error

    def leave(self) -> None:
        """The next one may have it."""
        if self._held is not None:
            self._held.close()
            self._held = None


@contextmanager
def alone_with(target: Path) -> Iterator[None]:
    """Hold the database alone; what waited in its log is in it.

    Raises:
        StorageError: another program has it open.
    """
    if not target.exists():
        yield
        return
    with closing(sqlite3.connect(target, isolation_level=None, timeout=1)) as connection:
        try:
            # Leaving WAL is granted to the only connection alone (https://www.sqlite.org/wal.html).
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise StorageError(f"{target} is held by a desk that runs; stop it first") from error
            # Damaged: that may be why it is restored. It is set aside as it is.
        yield
