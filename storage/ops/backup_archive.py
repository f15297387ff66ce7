"""The archive that a backup is: its contents, its signature, and reading it without trusting it.

The format is told in docs/backup-format.md.
"""

import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import DecodeError, Struct, json
from msgspec.structs import replace

from storage.engine.errors import StorageError
from storage.engine.private_files import open_new
from storage.engine.revisions import Schema

MANIFEST, SIGNATURE, DATABASE = "manifest.json", "manifest.sig", "gad.db"
UNSIGNED, FORMAT = "gad-backup-1", "gad-backup-2"
CHUNK = 1 << 20
# Twice as fast as the default, and a tenth larger.
SQUEEZE = 3
# A manifest has 500 bytes; a desk's database is squeezed to a tenth, an empty one to a fiftieth.
_LONGEST_MANIFEST, _MOST_SQUEEZED, _ALWAYS_TAKEN = 16 * 1024, 100, 16 << 20

# Errors of the library for an archive that says what none can.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, DecodeError, EOFError),
    *(KeyError, ValueError, OverflowError, NotImplementedError, RuntimeError),
)


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Contents of a backup.

    The schema and the oldest one that it suits (`storage.engine.revisions`), size in bytes and SHA-256 of the database,
    its record's seal (P10), and the public key that signed this in hexadecimal, empty before backups were signed.
    """

    format: str
    schema: str
    oldest: str
    made_at: datetime
    size: int
    sha256: str
    events: int
    seal: str
    key: str = ""

    @property
    def of(self) -> Schema:
        """The schema of the database."""
        return Schema(revision=self.schema, oldest=self.oldest)


class Trust(Struct, frozen=True, kw_only=True):
    """The proof that a restore asks for: the public key that signed it, in hexadecimal (None: none is known here).

    ``unproved``: it is taken although nobody knows who made it.
    """

    key: str | None = None
    unproved: bool = False

    def proves(self, manifest: Manifest) -> bool:
        """Whether the key that signed it is the one that has to."""
        return bool(manifest.key) and self.key is not None and manifest.key == self.key.lower()


class _Format(Struct):
    format: str


def pack(copy: Path, manifest: Manifest, key: Ed25519PrivateKey, part: Path) -> None:
    """Write the archive, to its last byte on the disk."""
    text = json.format(json.encode(manifest))
    with open_new(part) as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=SQUEEZE) as archive:
            archive.writestr(MANIFEST, text)
            archive.writestr(SIGNATURE, key.sign(text))
            archive.write(copy, DATABASE)
        target.flush()
        os.fsync(target.fileno())


def check(file: Path, trust: Trust, copy_to: Path | None = None, name: Path | None = None) -> Manifest:
    """Read a backup to its end: who signed it first, then what it holds. Its database is left at ``copy_to``.

    ``name`` is what people know the file by.

    Raises:
        StorageError: it is not whole, not what was signed, not by whom it has to be, or too new.
    """
    name = name or file
    with _reading(file, name) as archive:
        manifest = _manifest(archive, trust, name)
        refuse_newer(manifest, str(name))
        if not trust.proves(manifest):
            _refuse_too_large(manifest, file, name)
        if copy_to is not None:
            _refuse_without_room(manifest, copy_to.parent, name)
        with archive.open(DATABASE) as source, _sink(copy_to) as target:
            taken = _copied(source, target, manifest.size)
            if copy_to is not None:
                target.flush()
                os.fsync(target.fileno())
    if taken != (manifest.size, manifest.sha256):
        raise StorageError(f"{name} is damaged: what it holds is not what was put in")
    return manifest


@contextmanager
def _reading(file: Path, name: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except FileNotFoundError as error:
        raise StorageError(f"{name} is not there") from error
    except OSError as error:
        raise StorageError(f"{name} is damaged or can't be read ({error})") from error
    except _DAMAGE as error:
        raise StorageError(f"{name} is damaged or no backup") from error


def _manifest(archive: zipfile.ZipFile, trust: Trust, name: Path) -> Manifest:
    inside = [one.filename for one in archive.infolist()]
    text = _short(archive, MANIFEST)
    stated = json.decode(text, type=_Format).format
    if stated not in (UNSIGNED, FORMAT):
        raise StorageError(f"{name} is from a newer version of the desk (format {stated})")
    signed = stated == FORMAT
    if sorted(inside) != sorted([MANIFEST, DATABASE, *([SIGNATURE] if signed else [])]):
        raise StorageError(f"{name} is damaged or no backup (it holds {', '.join(inside[:4])})")
    manifest = json.decode(text, type=Manifest)
    if signed:
        _refuse_changed(manifest.key, text, _short(archive, SIGNATURE), name)
    else:
        manifest = replace(manifest, key="")  # anybody can write a key there
    if not trust.unproved:
        _refuse_unknown(manifest, trust.key, name)
    return manifest


def _short(archive: zipfile.ZipFile, entry: str) -> bytes:
    with archive.open(entry) as source:
        text = source.read(_LONGEST_MANIFEST + 1)
    if len(text) > _LONGEST_MANIFEST:
        raise ValueError(entry)
    return text


def _refuse_changed(key: str, text: bytes, signature: bytes, name: Path) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, text)
    except InvalidSignature as error:
        raise StorageError(f"{name} is not what was signed: it was changed") from error


def _refuse_unknown(manifest: Manifest, key: str | None, name: Path) -> None:
    if not manifest.key:
        raise StorageError(
            f"{name} is not signed: it was made before backups were, or somebody took the signature out;"
            " --unproved restores it, and says what is not proved"
        )
    if key is None:
        raise StorageError(
            f"{name} is signed by {manifest.key}, and there is no key here to compare it with;"
            " give the desk's public key with --key, or --unproved"
        )
    if manifest.key != key.lower():
        raise StorageError(f"{name} is signed by another key than the desk's: {manifest.key}")


def refuse_newer(manifest: Manifest, name: str) -> None:
    """Refuse a schema that this desk doesn't work on.

    Raises:
        StorageError: it is too new.
    """
    if not (manifest.of.known or manifest.of.suits):
        raise StorageError(f"{name} is from a newer version of the desk (schema {manifest.schema})")


def _refuse_too_large(manifest: Manifest, file: Path, name: Path) -> None:
    """The size that the desk signed is believed; with another's word a small file must not fill the disk."""
    most = max(_ALWAYS_TAKEN, file.stat().st_size * _MOST_SQUEEZED)
    if manifest.size > most:
        raise StorageError(f"{name} would grow to {manifest.size:,} bytes, more than a desk's database is squeezed")


def _refuse_without_room(manifest: Manifest, folder: Path, name: Path) -> None:
    free = shutil.disk_usage(folder).free
    if manifest.size > free:
        raise StorageError(f"{name} grows to {manifest.size:,} bytes, and {folder} has room for {free:,}")


def _copied(source: IO[bytes], target: BinaryIO, size: int) -> tuple[int, str]:
    """How much was copied and its digest; never more than the size, and a byte that tells that there is more."""
    digest, done = sha256(), 0
    while done <= size and (chunk := source.read(min(CHUNK, size + 1 - done))):
        digest.update(chunk)
        done += len(chunk)
        target.write(chunk)
    return done, digest.hexdigest()


def _sink(copy_to: Path | None) -> BinaryIO:
    return Path(os.devnull).open("wb") if copy_to is None else open_new(copy_to)
