"""Turns of months, and shifts on each second or third day, as people write them."""

import re

from bot.parsing.civil import plain

_MONTHLY = ("mensual", "un mes", "cada mes", "monthly", "a month", "every month")
_MONTHS = re.compile(r"(?:cada |every )?(?P<number>\d{1,3}) ?(?:mes(?:es)?|months?)")
_NUMBERS = {"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "two": 2, "three": 3, "four": 4, "five": 5, "other": 2}
_NUMBER = "|".join((r"\d{1,3}", *_NUMBERS))
_EVERY = re.compile(rf"(?:cada|every) (?P<number>{_NUMBER}) (?:dias?|days?)\b,? ?(?P<rest>.*)", re.DOTALL)
_SECOND = re.compile(r"(?:dia por medio|un dia si,? (?:y otro|un dia) no)\b,? ?(?P<rest>.*)", re.DOTALL)
LONGEST = 300


def months_in(text: str) -> int | None:
    """``mensual``, ``2 meses``; None for anything else."""
    words = plain(text)
    if words in _MONTHLY:
        return 1
    found = _MONTHS.fullmatch(words)
    return int(found["number"]) if found is not None else None


def every_in(text: str) -> tuple[int, str]:
    """``cada 3 días 08:00-20:00``: the number of days and the hours that follow; 1 and all of it otherwise."""
    words = plain(text[:LONGEST].replace("\n", ";"))
    if (found := _SECOND.fullmatch(words)) is not None:
        return 2, found["rest"]
    if (found := _EVERY.fullmatch(words)) is not None:
        number = found["number"]
        return _NUMBERS.get(number) or int(number), found["rest"]
    return 1, text
