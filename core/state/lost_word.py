"""The word with which somebody freezes their own access from another phone. It is stored as a salted hash."""

import hmac
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from core.state.duress import digest_of, spoken

SHORTEST, LONGEST = 6, 40
# So long the word before opens too: a thief with the phone may have set another one.
BEFORE_IT = timedelta(days=7)


class LostWord(Struct, frozen=True, kw_only=True):
    """A word as it is stored, and until when the one before it counts too; both have the same salt."""

    salt: bytes
    digest: bytes
    was: bytes | None = None
    was_until: datetime | None = None


def fit(word: str, name: str) -> bool:
    """Whether it may be such a word: one word, not too short, and not in the person's own name."""
    said = spoken(word)
    short = len(said) < SHORTEST or len(word) > LONGEST
    return len(word.split()) == 1 and not short and said not in spoken(name)


def after(before: LostWord | None, word: LostWord, now: datetime) -> LostWord:
    """The new word, beside the one before, which counts for some days more, whatever is set in them."""
    if before is None or before.salt != word.salt:
        return word
    if before.digest == word.digest:
        return before
    if before.was_until is not None and now < before.was_until:
        return replace(before, digest=word.digest)  # else two words in a row would leave none of the owner's
    return LostWord(salt=word.salt, digest=word.digest, was=before.digest, was_until=now + BEFORE_IT)


def opens(digest: bytes, kept: LostWord, now: datetime) -> bool:
    """Whether this is the digest of the word, or of the one before it; compared in constant time."""
    is_it = hmac.compare_digest(digest, kept.digest)
    was = hmac.compare_digest(digest, kept.was or b"")
    return is_it or (was and kept.was_until is not None and now < kept.was_until)


__all__ = ["BEFORE_IT", "LONGEST", "SHORTEST", "LostWord", "after", "digest_of", "fit", "opens"]
