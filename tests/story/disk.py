"""The bad days of a desk's file: what a disk, or another program, can do to it while the desk is open."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from storage.engine.sqlite import connect

MOST_PAGES = 2**31 - 2

Trouble = Callable[["Disk"], AbstractContextManager[None]]


class Disk:
    """Knows the file and the connection that the desk writes it by, which is out of patience at once."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._writer: sqlite3.Connection | None = None

    def connect(self, path: str, *, read_only: bool = False) -> sqlite3.Connection:
        """As ``storage.engine.sqlite.connect``."""
        connection = connect(path, read_only=read_only)
        if not read_only:
            connection.execute("PRAGMA busy_timeout=0")
            self._writer = connection
        return connection

    @contextmanager
    def locked(self) -> Iterator[None]:
        """The file is in another program's hands."""
        with closing(sqlite3.connect(self._file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield

    @contextmanager
    def silent(self) -> Iterator[None]:
        """The file is in another program's hands, and the desk's statements wait for it and hear nothing."""
        assert self._writer is not None
        self._writer.execute("PRAGMA busy_timeout=60000")
        with self.locked():
            yield
        self._writer.execute("PRAGMA busy_timeout=0")

    @contextmanager
    def full(self) -> Iterator[None]:
        """It can't grow by a single page."""
        assert self._writer is not None
        (pages,) = self._writer.execute("PRAGMA page_count").fetchone()
        self._writer.execute(f"PRAGMA max_page_count={pages}")
        try:
            yield
        finally:
            self._writer.execute(f"PRAGMA max_page_count={MOST_PAGES}")

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Nothing can be changed any more."""
        assert self._writer is not None
        self._writer.execute("PRAGMA query_only=ON")
        try:
            yield
        finally:
            self._writer.execute("PRAGMA query_only=OFF")

    @contextmanager
    def gone(self) -> Iterator[None]:
        """Somebody moved it away, and puts it back; the desk has it open all the time."""
        elsewhere = self._file.with_name("elsewhere.db")
        self._file.rename(elsewhere)
        try:
            yield
        finally:
            elsewhere.rename(self._file)

    @contextmanager
    def failing(self) -> Iterator[None]:
        """The kernel takes no byte more for any file of this process."""
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
