"""The duress word: says "I am well" and means the opposite. It is stored as a salted hash."""

import hashlib
import hmac

from msgspec import Struct

from core.vocabulary.search_terms import words_before, words_of

SALT_BYTES = 16
SHORTEST, LONGEST = 4, 40


class DuressWord(Struct, frozen=True, kw_only=True):
    """A word as it is stored; ``alarm`` is the task of the last alarm that it raised."""

    salt: bytes
    digest: bytes
    alarm: int | None = None


def spoken(text: str) -> str:
    """A text as it is compared: whoever is threatened need not mind accents, capitals and full stops."""
    return " ".join(words_of(text))


def fit(word: str, common: frozenset[str]) -> bool:
    """Whether it may be a duress word: neither too short, nor one of the ``common`` answers, nor a command."""
    return SHORTEST <= len(spoken(word)) <= LONGEST and spoken(word) not in common and not word.startswith("/")


def digest_of(word: str, salt: bytes) -> bytes:
    """Scrypt (RFC 7914) with 16 MiB: slow on purpose, some 50 ms."""
    return _digest(spoken(word), salt)


def matches(text: str, kept: DuressWord) -> bool:
    """Whether the text is the word, as it is folded now or was when the word was kept."""
    forms = dict.fromkeys((spoken(text), " ".join(words_before(text))))
    return any(hmac.compare_digest(_digest(form, kept.salt), kept.digest) for form in forms)


def _digest(form: str, salt: bytes) -> bytes:
    return hashlib.scrypt(form.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
