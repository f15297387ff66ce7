"""Dates and times as people write them: ``domingo 03:00``, ``mañana 7:30``, ``8 mar 19h``, ``2026-03-08 07:00``."""

import re
from datetime import date, datetime, time, timedelta

from core.vocabulary.civil import CivilTime
from core.vocabulary.folding import folded

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "lunes lun l monday mon",
            "martes mar tuesday tue",
            "miercoles mie wednesday wed",
            "jueves jue thursday thu",
            "viernes vie friday fri",
            "sabado sab saturday sat",
            "domingo dom sunday sun",
        )
    )
    for name in names.split()
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        "ene jan|feb|mar|abr apr|may|jun|jul|ago aug|sep|oct|nov|dic dec".split("|"), start=1
    )
    for name in names.split()
}
_HALF = (
    r"(?: ?(?P<half>[ap])\.? ?m\b\.?| (?:de|por) la (?P<part>manana|tarde|noche)| in the (?P<time>morning|afternoon))"
)
_MORNINGS = ("a", "manana", "morning")
_NEAR = {"hoy": 0, "today": 0, "manana": 1, "tomorrow": 1, "pasado manana": 2}
_TIME = re.compile(
    r"(?:(?:a )?las? |at |on |el )?(?:(?P<day>.*?)[ ,]+(?:(?:a las?|at) )?)?"
    rf"(?P<hour>\d{{1,2}})(?:[:.h](?P<minute>\d{{2}})| ?h(?:oras?|s)?)?{_HALF}?"
    r"(?: ?utc ?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?)?"
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_SLASHED = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?")
_NAMED = re.compile(
    r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: de| of)? (?P<name>[a-z]+)\.?(?:,?(?: de)? (?P<year>\d{4}))?"
)
_MONTH_FIRST = re.compile(r"(?P<name>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>\d{4}))?")
# Times in words; midnight is the end of a day or its beginning, so it is understood alone only.
_SPOKEN = tuple(
    (re.compile(spoken), written)
    for spoken, written in (
        (r"(?:a(?: la)? |at )?(?:medianoche|midnight)", "24:00"),
        (r"\b(?:al? )?(?:medio ?dia|noon)\b", "12:00"),
        (r"\b(\d{1,2}) y media\b|\bhalf past (\d{1,2})\b", r"\1\2:30"),
        (r"\b(\d{1,2}) y cuarto\b|\bquarter past (\d{1,2})\b", r"\1\2:15"),
        (r"(?:esta noche|tonight)(?: a las?| at)? (1[3-9]|2[0-3])", r"hoy \1"),
        (r"(?:esta noche|tonight)(?: a las?| at)? (\d{1,2}(?::\d{2})?)(?: ?pm)?", r"hoy \1 pm"),
    )
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
LONG_AGO = timedelta(days=180)
YEARS = range(1970, 2200)
LONGEST = 80
LONGEST_LEAP = 8  # years between two days of 29 February, at most
PLANNED = timedelta(days=800)  # what may be planned ahead


def plain(text: str) -> str:
    """The text folded, with single spaces and plain hyphens."""
    return " ".join(folded(text).translate(_DASHES).split())


def civil_in(text: str, now: datetime) -> CivilTime | None:
    """The date and time that a text names, seen from ``now`` (civil, naive); a time or a weekday alone is the next one.

    Which of two that the clock shows alike may be said with the offset: ``1 nov 01:30 UTC-5``.
    """
    if len(text) > LONGEST:
        return None
    said = _spoken(plain(text))
    found = _TIME.fullmatch(said.replace("t", " ") if _ISO.match(text.strip()) else said)
    if found is None:
        return None
    half = found["half"] or found["part"] or found["time"]
    hour, minute = hour_of(int(found["hour"]), half), int(found["minute"] or 0)
    if hour is None or minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    whole = found["day"] is None and found["minute"] is None and half is None
    if whole and not said.endswith(("h", "s", "hora", "hs")) and not said.startswith(("a la", "at ")):
        return None
    day = _day(found["day"], timedelta(hours=hour, minutes=minute), now)
    if day is None:
        return None
    wall = _at(day, timedelta(hours=hour, minutes=minute))
    return CivilTime(wall=wall, offset=_offset(found))


def _spoken(words: str) -> str:
    """``7 y media`` as ``7:30``; midnight has to be all that there is."""
    (midnight, end), *others = _SPOKEN
    if midnight.fullmatch(words):
        return end
    for spoken, written in others:
        words = spoken.sub(written, words)
    return words


def hour_of(hour: int, half: str | None) -> int | None:
    """The hour of the day; ``half``: ``a`` or ``p`` of *a.m.* and *p.m.*, or *mañana*, *tarde*, *noche*."""
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        return None
    late = half not in _MORNINGS
    if half == "noche" and hour == 12:
        return 0
    return hour % 12 + (12 if late else 0)


def _offset(found: re.Match[str]) -> int | None:
    if found["sign"] is None:
        return None
    minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
    return -minutes if found["sign"] == "-" else minutes


def _day(words: str | None, since_midnight: timedelta, now: datetime) -> date | None:
    today = now.date()
    if words is None:
        return today if _at(today, since_midnight) >= now else today + timedelta(days=1)
    words = words.strip(" ,")
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    first, _, rest = words.partition(" ")
    weekday = WEEKDAYS.get(first.strip(",."))
    if weekday is not None and not rest:
        day = today + timedelta(days=(weekday - today.weekday()) % 7)
        return day if _at(day, since_midnight) >= now else day + timedelta(days=7)
    # "mar 8" is no Tuesday.
    return (_date(rest.strip(), today) if weekday is not None else None) or _date(words, today)


def _date(words: str, today: date) -> date | None:
    for shape in (_ISO, _SLASHED, _NAMED, _MONTH_FIRST):
        found = shape.fullmatch(words)
        if found is not None:
            parts = found.groupdict()
            month = int(parts["month"]) if "month" in parts else _MONTHS.get(parts["name"][:3], 0)
            return _in_year(parts["year"], *_in_order(shape, int(parts["day"]), month), today)
    return None


def _in_order(shape: re.Pattern[str], day: int, month: int) -> tuple[int, int]:
    """Day and month. Between slashes the day comes first, unless that is no date: ``12/25`` is Christmas."""
    return (month, day) if shape is _SLASHED and day <= 12 < month else (day, month)


def _in_year(year: str | None, day: int, month: int, today: date) -> date | None:
    if year is None:
        return _without_year(month, day, today)
    try:
        return date(int(year), month, day) if int(year) in YEARS else None
    except ValueError:
        return None


def _without_year(month: int, day: int, today: date) -> date | None:
    """This year's, or the next year's that has such a day and is not long ago: 29 February is not in every year."""
    for year in range(today.year, today.year + 1 + LONGEST_LEAP):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today - LONG_AGO:
            return found if found <= today + PLANNED else None
    return None


def _at(day: date, since_midnight: timedelta) -> datetime:
    return datetime.combine(day, time.min) + since_midnight
