"""Dates between slashes: some languages are written with the day first and with the month first."""

import re
from datetime import datetime

from bot.parsing.civil import civil_in
from core.vocabulary.civil import CivilTime

EITHER = frozenset({"en"})  # languages in which 3/8 is August 3 to some and March 8 to others
_SLASHED = re.compile(r"(?<![\d/])(?P<first>\d{1,2})/(?P<second>\d{1,2})(?!\d)")


def readings_in(text: str, now: datetime, language: str) -> tuple[CivilTime, ...]:
    """The times that a text may name, as `civil_in` reads it: none, one, or two where nothing says which is the day."""
    time = civil_in(text, now)
    if time is None or language not in EITHER:
        return (time,) if time is not None else ()
    other = civil_in(_SLASHED.sub(r"\g<second>/\g<first>", text, count=1), now)
    return (time, other) if other is not None and other != time else (time,)
