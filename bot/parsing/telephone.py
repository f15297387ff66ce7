"""A call in one line: ``0991234567 Ana Ruiz, calle X y Y: choque con heridos``."""

import re

from msgspec import Struct

from core.vocabulary.outside import LONGEST_NAME, LONGEST_NUMBER, OutsideCaller

_NUMBER = re.compile(r"\+?\(?[0-9][0-9()./ -]{4,22}[0-9]")
FEWEST, MOST = 6, 15  # digits; E.164 has no longer number
_MARKS = re.compile(r"[^0-9+]")


class CallLine(Struct, frozen=True, kw_only=True):
    """The number that the line begins with, where it is, and what happens; each may be missing."""

    number: str = ""
    where: str = ""
    what: str = ""


def call_line(text: str) -> CallLine:
    """Read a line: a number first, then the place up to a colon, then what happens; without a colon all is that."""
    number, rest = number_first(" ".join(text.split()))
    where, colon, what = rest.partition(": ")
    return (
        CallLine(number=number, where=where.strip(" ,"), what=what.strip())
        if colon
        else CallLine(number=number, what=rest.strip(" ,:"))
    )


def number_first(text: str) -> tuple[str, str]:
    """The telephone number that a text begins with, and the rest; no number where it has too few digits or too many."""
    found = _NUMBER.match(text)
    number = _MARKS.sub("", found[0]) if found is not None else ""
    digits = len(number.removeprefix("+"))
    if found is None or not FEWEST <= digits <= MOST or len(number) > LONGEST_NUMBER:
        return "", text
    return number, text[found.end() :].strip()


def caller_in(text: str) -> OutsideCaller | None:
    """The caller: a number, and perhaps a name behind it; None where there is no number."""
    number, name = number_first(" ".join(text.split()))
    return OutsideCaller(number=number, name=name.strip(" ,;:")[:LONGEST_NAME]) if number else None
