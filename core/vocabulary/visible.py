"""Visible text: one notion of what shows, for names and titles."""

import unicodedata

from core.vocabulary.folding import without_marks

_BLANK = "\u2800"  # a braille cell without dots: a symbol to Unicode, a blank to the eye
_SHOWS_NOTHING = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})


def one_line(text: str) -> str:
    """The text on one line; empty when nothing of it shows."""
    line = " ".join(text.split())
    shows = any(
        letter != _BLANK and unicodedata.category(letter) not in _SHOWS_NOTHING for letter in without_marks(line)
    )
    return line if shows else ""
