"""Makes a backup: an archive of the database as it was at one moment, signed, and encrypted when a key is given.

It is made while the desk runs: ``VACUUM INTO`` reads one moment and holds nobody up
(https://www.sqlite.org/lang_vacuum.html), and leaves what was deleted behind.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storage.audit.chain import End, seal_of
from storage.audit.export import name_of
from storage.engine.errors import StorageError
from storage.engine.private_files import make_file, make_folder, open_new
from storage.engine.store import is_postgresql, sqlite_path
from storage.ops import age
from storage.ops.backup_archive import CHUNK, FORMAT, Manifest, Trust, check, pack, refuse_newer
from storage.ops.known_schema import strangers


def back_up(url: str, file: Path, now: datetime, key: Ed25519PrivateKey, recipient: str = "") -> Manifest:
    """Write a backup, read it again, and only then give it its name.

    ``recipient`` is the public key for which alone it is written (`storage.ops.age`); empty: it is not encrypted.

    Raises:
        StorageError: there is no database, it can't be read or is not as the desk makes it, or the file can't be
            written or is there already.
    """
    source = file_of(url)
    if not source.is_file():
        raise StorageError(f"storage.url: {source} is not there, so there is nothing to back up")
    if file.exists():
        raise StorageError(f"{file} is there already")
    # The other disk of an encrypted backup never holds a readable one.
    beside = source if recipient else file
    part, copy = beside.with_name(f".{file.name}.part"), beside.with_name(f".{file.name}.db")
    sealed = file.with_name(f".{file.name}.sealed")
    try:
        make_folder(file.parent)
        with gone_afterwards(part, copy, sealed):
            _copy(source, copy)
            manifest = _describe(copy, now, name_of(key), source)
            pack(copy, manifest, key, part)
            check(part, Trust(key=manifest.key), name=file)
            if recipient:
                _encrypt(part, sealed, recipient)
            keep(sealed if recipient else part, file)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"{file} can't be made ({error})") from error
    return manifest


def _encrypt(part: Path, sealed: Path, recipient: str) -> None:
    with open_new(sealed) as target:
        age.encrypt(part, target, recipient)
        target.flush()
        os.fsync(target.fileno())


def file_of(url: str) -> Path:
    """The file of the database.

    Raises:
        StorageError: it is a server's.
    """
    if is_postgresql(url):
        raise StorageError("storage.url: PostgreSQL has tools of its own for that, pg_dump and pg_restore")
    return sqlite_path(url)


def _copy(source: Path, copy: Path) -> None:
    make_file(copy)  # as private as it stays: SQLite would follow the umask
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA busy_timeout=5000")
        connection.execute("VACUUM INTO ?", (str(copy),))


def _describe(copy: Path, now: datetime, key: str, source: Path) -> Manifest:
    """The manifest of the copy.

    Raises:
        StorageError: it holds what no restore would take.
    """
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        schema, oldest = connection.execute("SELECT version_num, oldest FROM alembic_version").fetchone()
        ends = connection.execute("SELECT chain, events, hash FROM chain ORDER BY chain").fetchall()
        with copy.open("rb") as content:
            digest = sha256()
            while chunk := content.read(CHUNK):
                digest.update(chunk)
        manifest = Manifest(
            format=FORMAT,
            schema=schema,
            oldest=oldest,
            made_at=now,
            size=copy.stat().st_size,
            sha256=digest.hexdigest(),
            events=sum(events for _, events, _ in ends),
            seal=seal_of(End(chain=chain, events=events, hash=last) for chain, events, last in ends),
            key=key,
        )
        refuse_newer(manifest, f"storage.url: {source}")
        if found := strangers(connection, manifest.of):
            raise StorageError(f"storage.url: {source} is not as the desk makes it: {found[0]}")
    return manifest


def keep(part: Path, file: Path) -> None:
    """Give a whole file its name, for good."""
    part.replace(file)
    if os.name == "nt":  # a folder can't be opened there, and needs no such thing
        return
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def gone_afterwards(*files: Path) -> Iterator[None]:
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
