"""Zones whose clocks do something odd, and every change of their clocks in a year."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

HALF_AN_HOUR = ("Australia/Lord_Howe", 2026)
LOST_DAY = ("Pacific/Apia", 2011)
AT_MIDNIGHT = ("America/Asuncion", 2023)
CUBA = ("America/Havana", 2026)
NEVER = ("America/Guayaquil", 2026)
USUAL = ("America/New_York", 2026)
YEARS = (HALF_AN_HOUR, LOST_DAY, AT_MIDNIGHT, CUBA, NEVER, USUAL)


def clock(text: str) -> datetime:
    """``2026-03-08T02:30``: what a clock shows."""
    return datetime.fromisoformat(text)


def changes(name: str, year: int) -> Iterator[datetime]:
    """The first moment of each new offset in the year."""
    zone, moment = ZoneInfo(name), datetime(year, 1, 1, tzinfo=UTC)
    while moment.year == year:
        following = moment + timedelta(hours=1)
        if _offset(moment, zone) != _offset(following, zone):
            yield _change(moment, following, zone)
        moment = following


def corners(name: str, year: int) -> list[datetime]:
    """The moments around which a year is walked: every change, and an ordinary day where there is none."""
    return list(changes(name, year)) or [datetime(year, 6, 1, tzinfo=UTC)]


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // timedelta(seconds=2) * timedelta(seconds=1)
        if _offset(middle, zone) == _offset(before, zone):
            before = middle
        else:
            after = middle
    return after


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()
