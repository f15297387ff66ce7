"""Lengths of turns and hours of the week, as people write them."""

import re
from datetime import timedelta

from bot.parsing.civil import WEEKDAYS, hour_of, plain
from core.vocabulary.rotas import DAY_MINUTES, Window

_NAMED = {
    "diaria": timedelta(days=1),
    "diario": timedelta(days=1),
    "daily": timedelta(days=1),
    "semanal": timedelta(days=7),
    "weekly": timedelta(days=7),
}
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "s": timedelta(days=7)}
_LENGTH = re.compile(
    r"(?P<number>\d{1,5}) ?(?P<unit>min(?:utos?|utes?)?|h(?:oras?|ours?|s)?|d(?:ias?|ays?)?|sem(?:anas?)?|weeks?)"
)
_ALWAYS = ("siempre", "always", "todo el dia", "24/7")
_CLOCK = r"\d{1,2}(?:[:.]\d{2})?(?: ?[ap]\.? ?m\b\.?)?"
_PIECE = re.compile(
    rf"(?P<days>(?:[a-z][a-z, -]*?)?) ?(?:de |from )?"
    rf"(?P<opens>{_CLOCK})(?: ?h)? ?(?:-|a|to|until) ?(?P<closes>{_CLOCK})(?: ?h)?"
)
_CLOCK_FACE = re.compile(r" ?([ap])\.? ?m\.?")
LONGEST = 300
_WORKING, _RESTING = tuple(range(5)), (5, 6)
_DAYS = {
    "": tuple(range(7)),
    **dict.fromkeys(("todos los dias", "cada dia", "every day", "diario", "daily"), tuple(range(7))),
    **dict.fromkeys(("weekdays", "weekday", "entre semana", "dias habiles", "dias laborables", "laborables"), _WORKING),
    **dict.fromkeys(("weekends", "weekend", "fines de semana", "fin de semana"), _RESTING),
}


def length_in(text: str) -> timedelta | None:
    """``semanal``, ``12 h``, ``3 días``; None for anything else."""
    words = plain(text)
    if words in _NAMED:
        return _NAMED[words]
    found = _LENGTH.fullmatch(words)
    if found is None:
        return None
    unit = "s" if found["unit"].startswith(("sem", "week")) else found["unit"][0]
    return int(found["number"]) * _UNITS[unit]


def windows_in(text: str) -> tuple[Window, ...] | None:
    """``lun-vie 08:00-18:00; weekends 8am-6pm``; nothing for *siempre*, None for what is no hours of the week."""
    words = plain(text[:LONGEST].replace("\n", ";"))
    if words in _ALWAYS:
        return ()
    windows = []
    for piece in re.split(r" ?; ?", words.strip(" ;")):
        found = _PIECE.fullmatch(piece)
        days = _days(found["days"]) if found is not None else None
        if found is None or days is None:
            return None
        opens, closes = (_minutes(found[name]) for name in ("opens", "closes"))
        if opens is None or closes is None or opens == DAY_MINUTES:
            return None
        windows.append(Window(days=days, opens=opens, closes=closes % DAY_MINUTES))
    return tuple(windows)


def _days(text: str) -> tuple[int, ...] | None:
    named = _DAYS.get(text.strip(" ,"))
    if named is not None:
        return named
    days: set[int] = set()
    for part in re.split(r" ?, ?| y | and ", text.strip(" ,")):
        first, _, last = part.replace(" a ", "-").replace(" to ", "-").replace(" ", "").partition("-")
        start, end = WEEKDAYS.get(first), WEEKDAYS.get(last or first)
        if start is None or end is None:
            return None
        days |= {(start + step) % 7 for step in range((end - start) % 7 + 1)}
    return tuple(sorted(days))


def _minutes(text: str) -> int | None:
    clock, half = _CLOCK_FACE.sub("", text), _CLOCK_FACE.search(text)
    hours, _, minute = clock.replace(".", ":").partition(":")
    hour = hour_of(int(hours), half[1] if half is not None else None)
    if hour is None:
        return None
    minutes = hour * 60 + int(minute or 0)
    return minutes if minutes <= DAY_MINUTES and int(minute or 0) < 60 else None
