"""Visible text: one notion of what shows, for names and titles."""

import re

from core.vocabulary.folding import INVISIBLE

SHOWS_NOTHING = (
    "\\x00-\\x20\\x7f-\\xa0"
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    f"{INVISIBLE}"
)
"""Letters that show nothing, as a class of a regular expression holds them.

They are Unicode 15's controls, formats and blanks, the braille cell without dots (a symbol to Unicode, a blank to the
eye) and the marks that show nothing.
"""

_SHOWS = re.compile(f"[^{SHOWS_NOTHING}\ud800-\udfff]")


def one_line(text: str) -> str:
    """The text on one line; empty when nothing of it shows."""
    line = " ".join(text.split())
    return line if _SHOWS.search(line) else ""
