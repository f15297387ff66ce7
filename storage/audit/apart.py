"""Sets a person's words apart from the event that holds them, so that they can be erased and the chain stays whole.

The chain hashes a salted digest of them: SHA-256, in hexadecimal, of the salt (32 hexadecimal digits) followed by the
JSON array ``[whose, reason, {field: value, …}]``. The words stand where they always did, in the event's row; with them
go the salt and the names of their fields, and the digest stays.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from secrets import token_hex
from typing import Any, Protocol

from msgspec import DecodeError, Struct, json

from core.vocabulary.personal import ERASED

SALT_BYTES = 16


class Kept(Protocol):
    """The columns of an event's row that this is about."""

    reason: str
    body: str
    salt: str | None
    erasable: str | None
    digest: str | None
    whose: int | None


class Apart(Struct, frozen=True, kw_only=True, gc=False):
    """An event's two parts: ``rest`` is its body without the words, ``said`` the JSON that the digest is of."""

    salt: str
    erasable: str
    said: str
    rest: str

    @property
    def digest(self) -> str:
        """The digest that the chain hashes in place of the words."""
        return digest_of(self.salt, self.said)


class Bent(Exception):
    """The row does not hold what the desk writes."""


def digest_of(salt: str, said: str) -> str:
    """The digest of words with their salt."""
    return sha256((salt + said).encode()).hexdigest()


def set_apart(body: str, reason: str, whose: int | None, names: Iterable[str], salt: str | None = None) -> Apart | None:
    """The two parts of an event, under a new salt; None where it holds no words of anybody.

    A reason that the desk or a program gave, and nobody else, is nobody's words.
    """
    rest = json.decode(body)
    words = {name: value for name in names if (value := _take(rest, name)) is not None}
    if not words and (not reason or whose is None):
        return None
    return Apart(
        salt=salt if salt is not None else token_hex(SALT_BYTES),
        erasable=",".join(words),
        said=json.encode([whose, reason, words]).decode(),
        rest=json.encode(rest).decode(),
    )


def parts_of(row: Kept) -> Apart | None:
    """The two parts of an event as it is kept; None where its row is hashed as it stands.

    Raises:
        Bent: no desk wrote that.
    """
    if row.salt is None:
        if row.erasable is not None:
            raise Bent
        return None
    if row.erasable is None or row.digest is not None:
        raise Bent
    names = row.erasable.split(",") if row.erasable else []
    try:
        if json.encode(json.decode(row.body)).decode() != row.body:
            raise Bent
        parts = set_apart(row.body, row.reason, row.whose, names, row.salt)
    except (DecodeError, UnicodeError) as error:
        raise Bent from error
    if parts is None or parts.erasable != row.erasable:
        raise Bent
    return parts


def readable(body: str) -> bytes:
    """The body of an event whose words are erased, with what no event can be read without."""
    rest: dict[str, Any] = json.decode(body)
    empty: Mapping[str, str | int] = ERASED.get(rest["type"], {})
    return json.encode(rest | {name: value for name, value in empty.items() if name not in rest})


def _take(body: Any, name: str) -> Any:
    """Take a field out of a body; None where it has none."""
    *outer, field = name.split(".")
    for one in outer:
        body = body.get(one) if isinstance(body, dict) else None
    return body.pop(field, None) if isinstance(body, dict) else None
