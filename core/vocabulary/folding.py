"""Folding: one form for words that people hold to be the same, whatever the case, the accents and the letters' shape.

Compatibility forms are made plain before the case is folded: a mathematical capital has no lower case of its own
(Unicode 3.13, ``toNFKC_Casefold``). Folding twice changes nothing.
"""

import re
import unicodedata

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
"""Marks that show nothing and stand for nothing, as a class of a regular expression holds them."""

_INVISIBLE = re.compile(f"[{INVISIBLE}\U000e0000-\U000e0fff]")


def without_marks(text: str) -> str:
    """The text without marks that show nothing: direction, joining, soft hyphens, variation selectors."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def folded(text: str) -> str:
    """Lower case, without accents, plain letters for fancy ones, nothing invisible."""
    if text.isascii():
        return text.lower()
    before = None
    while text != before:
        before = text
        letters = unicodedata.normalize("NFKD", without_marks(text)).casefold()
        text = _bare(letters)
    return text


def folded_before(text: str) -> str:
    """The form that was kept before fancy letters were made plain first: their capitals stay, marks part words."""
    return _bare(unicodedata.normalize("NFKD", text.casefold()))


def _bare(letters: str) -> str:
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
