"""Puts a backup in the place of the database, once all that it says of itself is proved."""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from msgspec import Struct

from storage.audit import audit
from storage.engine.errors import StorageError
from storage.engine.private_files import FILE, make_folder, open_new
from storage.engine.sqlite import SqliteSession, Work, drive
from storage.ops import age, erased_list
from storage.ops.backup import file_of, gone_afterwards, keep
from storage.ops.backup_archive import Manifest, Trust, check
from storage.ops.file_lock import alone_with
from storage.ops.known_schema import strangers
from storage.ops.numbers_lost import mark_restored, numbers_lost
from storage.schema.tables import EventRow, table

T = TypeVar("T")


class Restored(Struct, frozen=True, kw_only=True):
    """A restore that was done: its manifest, where the database of before was set aside, whether its key is proved.

    ``erased``: how many people it brought back who had been erased; the desk erases them again when it starts.
    """

    manifest: Manifest
    aside: Path | None
    proved: bool
    erased: int = 0


def restore(
    file: Path,
    url: str,
    now: datetime,
    trust: Trust,
    *,
    identity: X25519PrivateKey | None = None,
    seal: str | None = None,
    erased: Path | None = None,
) -> Restored:
    """Check who made the backup, its size, its schema, and its record to the last event, then put it in place.

    Nothing is touched before, and at every moment one of the two databases has the name. ``identity`` opens an
    encrypted one; ``seal`` is one that was published, which its record must hold;
    ``erased`` is the list of whoever was erased, which learns of those whom the old database knows.

    Raises:
        StorageError: the backup is refused, a desk holds the database, or the list is damaged.
    """
    target = file_of(url)
    fresh, opened = target.with_name(f".{target.name}.restored"), target.with_name(f".{target.name}.opened")
    try:
        make_folder(target.parent)
        with gone_afterwards(fresh, opened):
            archive = _opened(file, identity, opened)
            manifest = check(archive, trust, fresh, name=file)
            _examine(fresh, file, manifest, seal)
            back = _brought_back(fresh, target, erased) if erased is not None else 0
            mark_restored(fresh, numbers_lost(fresh, target, now - manifest.made_at))
            with alone_with(target):
                aside = _set_aside(target, now)
                keep(fresh, target)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"{target} can't be restored ({error})") from error
    return Restored(manifest=manifest, aside=aside, proved=trust.proves(manifest), erased=back)


def _opened(file: Path, identity: X25519PrivateKey | None, opened: Path) -> Path:
    """The archive: the file itself, or what is in it when it is encrypted."""
    if not file.is_file():
        raise StorageError(f"{file} is not there")
    with file.open("rb") as source:
        encrypted = source.read(len(age.MAGIC)) == age.MAGIC
    if not encrypted:
        return file
    if identity is None:
        raise StorageError(f"{file} is encrypted; --identity names the file with the private key")
    try:
        with open_new(opened) as target:
            age.decrypt(file, target, identity)
    except age.NotForThisKeyError as error:
        raise StorageError(f"{file} is encrypted for another key, or was changed") from error
    return opened


class _Reader:
    """The record of a database that no desk has open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def read(self, work: Work[T]) -> T:
        return drive(work, SqliteSession(self._connection))


def _examine(fresh: Path, file: Path, manifest: Manifest, seal: str | None) -> None:
    """The database inside, before anything is replaced by it."""
    with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA trusted_schema=OFF")
        if found := strangers(connection, manifest.of):
            raise StorageError(f"{file} is not as the desk makes it: {found[0]}")
        (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if state != "ok" or schema != manifest.schema:
            raise StorageError(f"{file} is damaged: {state if state != 'ok' else 'another schema than it says'}")
        _read_as_today(connection)
        verdict = drive(lambda _: audit.verify(_Reader(connection), seal), SqliteSession(connection))
    if verdict.flaw is audit.Flaw.UNKNOWN_SEAL:
        raise StorageError(f"{file}: its record never had the seal that was given")
    if verdict.flaw is not None:
        raise StorageError(f"{file}: its record was bent at event {verdict.link} of chain {verdict.chain}")
    if (verdict.events, verdict.seal) != (manifest.events, manifest.seal):
        raise StorageError(f"{file}: its record is not the one that it was sealed with")


def _brought_back(fresh: Path, target: Path, erased: Path) -> int:
    """How many the backup brings back of those who were erased, by the list and by the database that it replaces."""
    with suppress(sqlite3.Error), closing(_opened_to_read(target)) as old:  # damaged: that may be why
        erased_list.note(erased, drive(erased_list.erased, SqliteSession(old)))
    with closing(_opened_to_read(fresh)) as backup:
        listed = erased_list.read(erased)
        return len(drive(partial(erased_list.brought_back, gone=listed), SqliteSession(backup)))


def _opened_to_read(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None, timeout=1)
    connection.row_factory = sqlite3.Row
    return connection


def _read_as_today(connection: sqlite3.Connection) -> None:
    """Let the events of an older schema be read with the columns that came since, which none of them has."""
    there = {name for _, name, *_ in connection.execute("PRAGMA main.table_info(event)")}
    later = [f"NULL AS {column.name}" for column in table(EventRow).columns if column.name not in there]
    if later:  # a temporary name goes before the file's own, and the file stays as it is
        connection.execute(f"CREATE TEMP VIEW event AS SELECT *, {', '.join(later)} FROM main.event")  # noqa: S608 - names of ours


def _set_aside(target: Path, now: datetime) -> Path | None:
    """A second name for the old file; its logs get another, so that nobody takes them for the new one's."""
    suffix = f".before-{now:%Y%m%d-%H%M%S}"
    for log in ("-wal", "-shm"):
        beside = target.with_name(target.name + log)
        if beside.exists():
            beside.replace(beside.with_name(f"{target.name}{suffix}{log}"))
    if not target.exists():
        return None
    aside = target.with_name(target.name + suffix)
    target.chmod(FILE)
    aside.hardlink_to(target)
    return aside
