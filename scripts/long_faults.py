"""Faults of the drill that last for minutes, and are played beside the others: disks, files, the configuration."""

import asyncio
import os
import signal
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Protocol

from msgspec import Struct

SMALL, MUCH = 8 << 20, 300 << 20  # bytes: of a disk, and of what is written
PIECE = 4 << 20


class Machine(Struct, frozen=True):
    """Places of the desk on this machine: its database, its configuration, and the disk of its backups; its process."""

    file: Path
    config: Path
    backups: Path
    pid: Callable[[], int]


class Site(Protocol):
    """The desk, and somebody who writes to it."""

    machine: Machine

    def asks_for_help(self) -> None:
        """Write /ayuda."""


def may_mount() -> bool:
    """Whether a disk of its own can be made for the backups: only root may."""
    return os.geteuid() == 0


@asynccontextmanager
async def small_disk(folder: Path) -> AsyncIterator[None]:
    """A disk of 8 MiB in the place of a folder, where that may be."""
    folder.mkdir()
    if may_mount():
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        if may_mount():
            subprocess.run(["umount", "--lazy", folder], check=False)


@asynccontextmanager
async def disk_is_full(site: Site) -> AsyncIterator[None]:
    """Something else fills the disk of the backups to the last byte."""
    filler = site.machine.backups / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 16))
        except OSError:  # it is full
            pass
    yield
    filler.unlink()


@asynccontextmanager
async def configuration_is_wrong(site: Site) -> AsyncIterator[None]:
    """Somebody writes a mistake into the configuration, and has the desk read it."""
    site.machine.config.write_text("[dispatch]\noffer_too = 3\n", "utf-8")
    os.kill(site.machine.pid(), signal.SIGHUP)
    yield
    site.machine.config.write_text("", "utf-8")
    os.kill(site.machine.pid(), signal.SIGHUP)


@asynccontextmanager
async def reader_holds_the_log(site: Site) -> AsyncIterator[None]:
    """Another program reads the database and never ends, while 300 MiB are written."""
    with (
        closing(sqlite3.connect(site.machine.file, isolation_level=None)) as reader,
        closing(sqlite3.connect(site.machine.file, isolation_level=None, timeout=20)) as writer,
    ):
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM task").fetchone()
        writer.execute("CREATE TABLE heap (piece BLOB)")
        for _ in range(MUCH // PIECE):
            writer.execute("INSERT INTO heap VALUES (zeroblob(?))", (PIECE,))
            await asyncio.sleep(0.2)  # the desk writes in between
        yield
        reader.execute("ROLLBACK")
        writer.execute("DROP TABLE heap")
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@asynccontextmanager
async def updates_stay(site: Site) -> AsyncIterator[None]:
    """Another program put a trigger on the inbox that lets nobody take an update; somebody writes."""
    with closing(sqlite3.connect(site.machine.file, isolation_level=None, timeout=10)) as other:
        other.execute(
            "CREATE TRIGGER stays BEFORE UPDATE ON inbox WHEN NEW.state = 2 BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        site.asks_for_help()
        yield
        other.execute("DROP TRIGGER stays")


@asynccontextmanager
async def table_is_gone(site: Site) -> AsyncIterator[None]:
    """Somebody renames a table of the desk's, and gives it its name back later."""
    with closing(sqlite3.connect(site.machine.file, isolation_level=None, timeout=10)) as other:
        other.execute("PRAGMA legacy_alter_table = ON")  # what points at it stays as it is
        other.execute("ALTER TABLE assignment RENAME TO assignment_away")
        yield
        other.execute("ALTER TABLE assignment_away RENAME TO assignment")
