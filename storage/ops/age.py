"""Encryption of a file to one public key in the format of age, so that ``age -d`` opens it without the desk.

https://age-encryption.org/v1: a random file key is wrapped for an X25519 key; the content follows in pieces of 64 KiB
under ChaCha20-Poly1305, each with its number and whether it is the last, so that none can be cut off or moved.
"""

import hmac
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.engine.errors import StorageError
from storage.engine.reasons import reason
from storage.ops import bech32

MAGIC = b"age-encryption.org/v1\n"
_IDENTITY = "age-secret-key-"
_RECIPIENT = "age"
_WRAP = b"age-encryption.org/v1/X25519"
_PIECE, _TAG, _NONCE = 64 * 1024, 16, 16
_LONGEST_HEADER = 64 * 1024
_STANZA = re.compile(rb"-> X25519 ([A-Za-z0-9+/]{43})\n([A-Za-z0-9+/]{43})\n")
_HEADER = re.compile(re.escape(MAGIC) + rb"(?P<stanzas>.*?)(?P<end>--- )(?P<mac>[A-Za-z0-9+/]{43})\n", re.DOTALL)


class NotForThisKeyError(Exception):
    """A file that this key does not open, or that was changed."""


def new_identity() -> tuple[str, str]:
    """A new private key and its public key, as age writes them."""
    key = X25519PrivateKey.generate()
    private = bech32.encode(_IDENTITY, key.private_bytes_raw()).upper()
    return private, bech32.encode(_RECIPIENT, key.public_key().public_bytes_raw())


def read_identity(file: Path) -> X25519PrivateKey:
    """The private key in a file: the first line that is no comment.

    Raises:
        StorageError: it can't be read, or holds none.
    """
    try:
        lines = file.read_text("utf-8").split("\n")
        word = next(line.strip() for line in lines if line.strip() and not line.startswith("#"))
        return X25519PrivateKey.from_private_bytes(bech32.decode(_IDENTITY, word))
    except OSError as error:
        raise StorageError(f"--identity: {file} can't be read ({reason(error)})") from error
    except (ValueError, StopIteration) as error:
        raise StorageError(f"--identity: {file} holds no private key of age's, AGE-SECRET-KEY-1…") from error


def encrypt(source: Path, target: BinaryIO, recipient: str) -> None:
    """Write a file encrypted to a public key, ``age1…``.

    Raises:
        ValueError: it is no such key.
    """
    public = X25519PublicKey.from_public_bytes(bech32.decode(_RECIPIENT, recipient))
    file_key, ephemeral, nonce = os.urandom(16), X25519PrivateKey.generate(), os.urandom(_NONCE)
    share = ephemeral.public_key().public_bytes_raw()
    wrap = _derived(ephemeral.exchange(public), share + public.public_bytes_raw(), _WRAP)
    body = ChaCha20Poly1305(wrap).encrypt(bytes(12), file_key, None)
    header = MAGIC + b"-> X25519 " + _base64(share) + b"\n" + _base64(body) + b"\n---"
    target.write(header + b" " + _base64(_mac(file_key, header)) + b"\n" + nonce)
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    with source.open("rb") as content:
        _stream(content, target, _PIECE, lambda place, piece: cipher.encrypt(place, piece, None))


def decrypt(source: Path, target: BinaryIO, identity: X25519PrivateKey) -> None:
    """Write the content of an encrypted file; what is written is worth nothing when this raises.

    Raises:
        NotForThisKeyError: it is for another key, or not as it was made.
    """
    with source.open("rb") as content:
        header = _HEADER.match(content.read(_LONGEST_HEADER))
        if header is None:
            raise NotForThisKeyError
        file_key = _unwrapped(header["stanzas"], identity)
        signed = header.group()[: header.end("end") - 1]
        if not hmac.compare_digest(_base64(_mac(file_key, signed)), header["mac"]):
            raise NotForThisKeyError
        content.seek(header.end())
        cipher = ChaCha20Poly1305(_derived(file_key, content.read(_NONCE), b"payload"))
        try:
            _stream(content, target, _PIECE + _TAG, lambda place, piece: cipher.decrypt(place, piece, None))
        except InvalidTag:
            raise NotForThisKeyError from None


def _unwrapped(stanzas: bytes, identity: X25519PrivateKey) -> bytes:
    own = identity.public_key().public_bytes_raw()
    for share, body in _STANZA.findall(stanzas):
        ephemeral = _unbase64(share)
        try:
            shared = identity.exchange(X25519PublicKey.from_public_bytes(ephemeral))
            return ChaCha20Poly1305(_derived(shared, ephemeral + own, _WRAP)).decrypt(bytes(12), _unbase64(body), None)
        except (InvalidTag, ValueError):  # for somebody else, or a share that is none
            continue
    raise NotForThisKeyError


def _stream(source: BinaryIO, target: BinaryIO, size: int, turn: Callable[[bytes, bytes], bytes]) -> None:
    """Turn piece by piece; a nonce is the number of the piece and whether it is the last."""
    number, piece = 0, source.read(size)
    while following := source.read(size):
        target.write(turn(number.to_bytes(11, "big") + b"\0", piece))
        number, piece = number + 1, following
    target.write(turn(number.to_bytes(11, "big") + b"\1", piece))


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def _base64(value: bytes) -> bytes:
    return b64encode(value).rstrip(b"=")


def _unbase64(value: bytes) -> bytes:
    return b64decode(value + b"=")
