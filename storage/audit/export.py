"""A signed piece of the record, for an inquiry: whoever holds the public key can tell that it is what the desk gave.

JSON Lines. The first line says what it is (`Heading`), each further one is an event with the hash before it and the
words that are set apart from it, so that it can be checked by itself (``storage.audit.chain``); the last is the Ed25519
signature (RFC 8032) of the SHA-256 of all that is before it, in hexadecimal.
"""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from msgspec import DecodeError, Struct, ValidationError, json
from msgspec.structs import asdict

from storage.audit import audit, chain
from storage.audit.apart import digest_of, parts_of
from storage.audit.chain import Hashed
from storage.engine.errors import StorageError
from storage.engine.private_files import make_folder, open_new
from storage.engine.reasons import reason
from storage.schema.instants import to_ms
from storage.schema.tables import EventRow

FORMAT = "gad-record-2"
# Of releases before: no words are set apart from an event.
FORMATS = (FORMAT, "gad-record-1")


class Selection(Struct, frozen=True, kw_only=True):
    """Which events: those of a task, since (included) and until (not included) two moments; None: all."""

    task: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    def has(self, row: EventRow) -> bool:
        """Whether the event is one of them."""
        return (
            (self.task is None or row.task == self.task)
            and (self.since is None or row.at >= to_ms(self.since))
            and (self.until is None or row.at < to_ms(self.until))
        )


class Heading(Struct, frozen=True, kw_only=True):
    """The file's first line: its events, its time, the seal of the whole record then, and the signer.

    The signer is a public key in hexadecimal.
    """

    format: str
    made_at: datetime
    selection: Selection
    seal: str
    key: str


class _Line(Struct, frozen=True, kw_only=True):
    """An event as it is exported: all that its hash covers, the hash before it in its chain, and its own."""

    chain: int
    link: int
    at: int
    task: int | None
    person: int | None
    unit: int | None
    by: int | None
    via: str
    reason: str
    body: str
    before: str
    hash: str
    digest: str | None = None
    salt: str | None = None
    said: str | None = None

    @property
    def whole(self) -> bool:
        """Whether its hash, and the digest of its words where they are there, are what they should be."""
        if self.said is not None and (self.salt is None or digest_of(self.salt, self.said) != self.digest):
            return False
        return chain.hash_of(self.before, self.hashed, self.digest) == self.hash

    @property
    def hashed(self) -> Hashed:
        """The part that its hash covers."""
        return Hashed(
            chain=self.chain,
            link=self.link,
            at=self.at,
            task=self.task,
            person=self.person,
            unit=self.unit,
            by=self.by,
            via=self.via,
            reason=self.reason,
            body=self.body,
        )


class _Signature(Struct, frozen=True, kw_only=True):
    signature: str


class Checked(Struct, frozen=True, kw_only=True):
    """Findings in a file that is whole."""

    heading: Heading
    events: int


def own_key(file: Path) -> Ed25519PrivateKey:
    """The desk's key from its PEM file, made when there is none.

    Raises:
        StorageError: the file holds no such key, or can't be used.
    """
    try:
        if file.exists():
            key = load_pem_private_key(file.read_bytes(), None)
            if not isinstance(key, Ed25519PrivateKey):
                raise StorageError(f"audit.key_file: {file} holds another kind of key than Ed25519")
            return key
        key = Ed25519PrivateKey.generate()
        make_folder(file.parent)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        with open_new(file) as made:
            made.write(pem)
    except (OSError, ValueError, TypeError) as error:
        raise StorageError(f"audit.key_file: {file} can't be used ({reason(error)})") from error
    return key


def name_of(key: Ed25519PrivateKey) -> str:
    """The public key, in hexadecimal."""
    return key.public_key().public_bytes_raw().hex()


async def export(
    reader: chain.Reader, file: Path, selection: Selection, key: Ed25519PrivateKey, now: datetime
) -> Checked:
    """Write the events, having gone through the whole record.

    Raises:
        StorageError: the file is there already or can't be written, or the record is not whole.
    """
    verdict = await audit.verify(reader)
    if verdict.flaw is not None:
        raise StorageError("the record is not whole, so nothing of it is signed; `gad audit verify` says where")
    heading = Heading(format=FORMAT, made_at=now, selection=selection, seal=verdict.seal, key=name_of(key))
    with _draft(file) as draft:
        draft.write(heading)
        async for row in _selected(reader, selection):
            draft.write(row)
        draft.write(_Signature(signature=key.sign(draft.digest.digest()).hex()))
    return Checked(heading=heading, events=draft.lines - 2)


class _Draft:
    """Lines on their way to the disk."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self.digest = sha256()
        self.lines = 0

    def write(self, line: object) -> None:
        text = json.encode(line) + b"\n"
        self.digest.update(text)
        self._target.write(text)
        self.lines += 1


@contextmanager
def _draft(file: Path) -> Iterator[_Draft]:
    """A file that gets its name when all of it is on the disk."""
    if file.exists():
        raise StorageError(f"{file} is there already")
    part = file.with_name(f".{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        with open_new(part) as target:
            yield _Draft(target)
            target.flush()
            os.fsync(target.fileno())
        part.replace(file)
    except OSError as error:
        raise StorageError(f"{file} can't be written ({error})") from error
    finally:
        part.unlink(missing_ok=True)


async def _selected(reader: chain.Reader, selection: Selection) -> AsyncIterator[_Line]:
    before: dict[int, str] = {}
    last = await reader.read(chain.last_row)
    async for row in chain.walk(reader, last):
        if selection.has(row):
            yield _line(row, before.get(row.chain, chain.BEFORE_THE_FIRST))
        before[row.chain] = row.hash


def _line(row: EventRow, before: str) -> _Line:
    event, digest = chain.covered(row)
    apart = parts_of(row)
    said = apart.said if apart is not None else None
    return _Line(**asdict(event), before=before, hash=row.hash, digest=digest, salt=row.salt, said=said)


def check(file: Path, public_key: str | None = None) -> Checked:
    """Go through an exported file.

    Raises:
        StorageError: it is not just what was signed, or not by ``public_key`` where one is given.
    """
    try:
        with file.open("rb") as source:
            return _checked(iter(source.readline, b""), file, public_key)
    except OSError as error:
        raise StorageError(f"{file} can't be read ({reason(error)})") from error
    except (DecodeError, ValidationError, KeyError, TypeError, ValueError) as error:
        raise StorageError(f"{file} is no piece of a record, or damaged") from error
    except InvalidSignature as error:
        raise StorageError(f"{file} is not what was signed: it was changed") from error


def _checked(lines: Iterator[bytes], file: Path, public_key: str | None) -> Checked:
    first = next(lines, b"")
    heading = json.decode(first, type=Heading)
    if heading.format not in FORMATS:
        raise StorageError(f"{file} is of another kind: {heading.format}")
    if public_key is not None and heading.key != public_key.lower():
        raise StorageError(f"{file} is signed by another key: {heading.key}")
    digest, events, line = sha256(first), 0, next(lines, b"")
    for following in lines:
        row = json.decode(line, type=_Line)
        if not row.whole:
            raise StorageError(f"{file}: event {row.link} is not what its hash says")
        digest.update(line)
        events, line = events + 1, following
    signature = bytes.fromhex(json.decode(line, type=_Signature).signature)
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(heading.key)).verify(signature, digest.digest())
    return Checked(heading=heading, events=events)
