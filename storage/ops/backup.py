"""Backups: a ZIP archive of the database as it was at one moment, and of what it must be when it is read again.

It holds ``manifest.json`` (`Manifest`) and ``gad.db``, a SQLite file that any tool opens. It is made while the desk
runs: ``VACUUM INTO`` reads one moment and holds nobody up (https://www.sqlite.org/lang_vacuum.html).
"""

import os
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from msgspec import DecodeError, Struct, json

from storage.audit.chain import End, seal_of
from storage.engine.errors import StorageError
from storage.engine.private_files import make_file, make_folder, open_new
from storage.engine.revisions import Schema
from storage.engine.store import is_postgresql, sqlite_path
from storage.ops.numbers_lost import mark_restored, numbers_lost

MANIFEST, DATABASE = "manifest.json", "gad.db"
FORMAT = "gad-backup-1"
CHUNK = 1 << 20
# Twice as fast as the default, and a tenth larger.
SQUEEZE = 3

# Errors of the library for an archive that says what none can.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, DecodeError, EOFError),
    *(KeyError, ValueError, OverflowError, NotImplementedError, RuntimeError),
)


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Contents of a backup.

    The schema and the oldest one that it suits (`storage.engine.revisions`), size in bytes and SHA-256 of the database,
    and its record's seal (P10).
    """

    format: str
    schema: str
    oldest: str
    made_at: datetime
    size: int
    sha256: str
    events: int
    seal: str


def back_up(url: str, file: Path, now: datetime) -> Manifest:
    """Write a backup, read it again, and only then give it its name.

    Raises:
        StorageError: there is no database, it can't be read, or the file can't be written or is there already.
    """
    source = _file_of(url)
    if not source.is_file():
        raise StorageError(f"storage.url: {source} is not there, so there is nothing to back up")
    if file.exists():
        raise StorageError(f"{file} is there already")
    part = file.with_name(f".{file.name}.part")
    copy = file.with_name(f".{file.name}.db")
    try:
        make_folder(file.parent)
        with _gone_afterwards(part, copy):
            _copy(source, copy)
            manifest = _describe(copy, now)
            _refuse_newer(manifest, f"storage.url: {source}")
            _pack(copy, manifest, part)
            check(part)
            _keep(part, file)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"{file} can't be made ({error})") from error
    return manifest


def check(file: Path, copy_to: Path | None = None) -> Manifest:
    """Read a backup to its end. Its database is left at ``copy_to``.

    Raises:
        StorageError: it is not whole, or too new.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.decode(archive.read(MANIFEST), type=Manifest)
            _refuse_newer(manifest, str(file))
            digest, size = sha256(), 0
            with archive.open(DATABASE) as source, _sink(copy_to) as target:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    target.write(chunk)
                if copy_to is not None:
                    target.flush()
                    os.fsync(target.fileno())
    except FileNotFoundError as error:
        raise StorageError(f"{file} is not there") from error
    except OSError as error:
        raise StorageError(f"{file} is damaged or can't be read ({error})") from error
    except _DAMAGE as error:
        raise StorageError(f"{file} is damaged or no backup ({type(error).__name__})") from error
    if (size, digest.hexdigest()) != (manifest.size, manifest.sha256):
        raise StorageError(f"{file} is damaged: what it holds is not what was put in")
    return manifest


def _sink(copy_to: Path | None) -> BinaryIO:
    return Path(os.devnull).open("wb") if copy_to is None else open_new(copy_to)


def _refuse_newer(manifest: Manifest, name: str) -> None:
    schema = Schema(revision=manifest.schema, oldest=manifest.oldest)
    if manifest.format != FORMAT or not (schema.known or schema.suits):
        raise StorageError(f"{name} is from a newer version of the desk (schema {manifest.schema})")


def restore(file: Path, url: str, now: datetime) -> tuple[Manifest, Path | None]:
    """Put a backup in the place of the database; what is in it, and where the old file was set aside.

    Nothing is touched before all of the backup was read, and at every moment one of the two has the name.

    Raises:
        StorageError: the backup is damaged or newer than this desk, or a desk holds the database.
    """
    target = _file_of(url)
    fresh = target.with_name(f".{target.name}.restored")
    try:
        make_folder(target.parent)
        with _gone_afterwards(fresh):
            manifest = check(file, fresh)
            _examine(fresh, file, manifest)
            mark_restored(fresh, numbers_lost(fresh, target, now - manifest.made_at))
            with alone_with(target):
                aside = _set_aside(target, now)
                _keep(fresh, target)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"{target} can't be restored ({error})") from error
    return manifest, aside


def _file_of(url: str) -> Path:
    if is_postgresql(url):
        raise StorageError("storage.url: PostgreSQL has tools of its own for that, pg_dump and pg_restore")
    return sqlite_path(url)


def _copy(source: Path, copy: Path) -> None:
    make_file(copy)  # as private as it stays: SQLite would follow the umask
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA busy_timeout=5000")
        connection.execute("VACUUM INTO ?", (str(copy),))


def _describe(copy: Path, now: datetime) -> Manifest:
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        schema, oldest = connection.execute("SELECT version_num, oldest FROM alembic_version").fetchone()
        ends = connection.execute("SELECT chain, events, hash FROM chain ORDER BY chain").fetchall()
    with copy.open("rb") as content:
        digest = sha256()
        while chunk := content.read(CHUNK):
            digest.update(chunk)
    return Manifest(
        format=FORMAT,
        schema=schema,
        oldest=oldest,
        made_at=now,
        size=copy.stat().st_size,
        sha256=digest.hexdigest(),
        events=sum(events for _, events, _ in ends),
        seal=seal_of(End(chain=chain, events=events, hash=last) for chain, events, last in ends),
    )


def _pack(copy: Path, manifest: Manifest, part: Path) -> None:
    with open_new(part) as target, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=SQUEEZE) as archive:
        archive.writestr(MANIFEST, json.format(json.encode(manifest)))
        archive.write(copy, DATABASE)
    with part.open("rb") as written:
        os.fsync(written.fileno())


def _examine(fresh: Path, file: Path, manifest: Manifest) -> None:
    """The database inside, before anything is replaced by it."""
    with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if state != "ok" or schema != manifest.schema:
        raise StorageError(f"{file} is damaged: {state if state != 'ok' else 'another schema than it says'}")


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
    target.chmod(0o600)
    aside.hardlink_to(target)
    return aside


def _keep(part: Path, file: Path) -> None:
    part.replace(file)
    if os.name == "nt":  # a folder can't be opened there, and needs no such thing
        return
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _gone_afterwards(*files: Path) -> Iterator[None]:
    """Delete the remains of an attempt before, and of this one."""
    _remove(*files)
    try:
        yield
    finally:
        _remove(*files)


def _remove(*files: Path) -> None:
    for file in files:
        with suppress(FileNotFoundError):
            file.unlink()
