"""Civil time: what the clock on a wall shows, and the moments at which it shows it.

Where clocks are put forward some times are never shown, where they are put back some are shown twice. A time that a
person names must be one moment; times that follow from a rule are taken in the one way that keeps their order.
"""

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

_SECOND = timedelta(seconds=1)


class CivilTime(Struct, frozen=True, kw_only=True):
    """A time as a person names it: no zone, but an ``offset`` (minutes east of UTC) where they said it."""

    wall: datetime
    offset: int | None = None


class Nonexistent(Struct, frozen=True):
    """The clocks jump over it: the moments that it is before and after the jump by the clock of the other side."""

    readings: tuple[datetime, datetime]


class Ambiguous(Struct, frozen=True):
    """The clocks show it twice, at these moments."""

    readings: tuple[datetime, datetime]


@lru_cache
def zone_named(name: str) -> ZoneInfo | None:
    """The zone that the IANA database calls so, None for anything else."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # A name of the system's file tree that is no zone (``America``, ``../x``) fails in as many ways.
        return None


def wall_of(moment: datetime, zone: ZoneInfo) -> datetime:
    """The clock at this moment (aware): naive, minutes and all."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def read(time: CivilTime, zone: ZoneInfo) -> datetime | Nonexistent | Ambiguous:
    """The moment (UTC) that a person means."""
    early, late = sorted((_taken(time.wall, zone, 0), _taken(time.wall, zone, 1)))
    shown = [moment for moment in dict.fromkeys((early, late)) if wall_of(moment, zone) == time.wall]
    if not shown:
        return Nonexistent((early, late))
    if time.offset is not None:
        shown = [moment for moment in shown if offset_at(moment, zone) == time.offset] or shown
    return shown[0] if len(shown) == 1 else Ambiguous((early, late))


def first_showing(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first moment (UTC) at which the clock shows this or more: later times never come at earlier moments.

    A time that is shown twice is its first showing; one that the clocks jump over is the moment of the jump.
    """
    early, late = sorted((_taken(wall, zone, 0), _taken(wall, zone, 1)))
    for moment in (early, late):
        if wall_of(moment, zone) == wall:
            return moment
    # The jump lies after ``early`` and not after ``late``; jumps are on whole seconds.
    before, after = early.replace(microsecond=0), late.replace(microsecond=0) + _SECOND
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if wall_of(middle, zone) >= wall:
            after = middle
        else:
            before = middle
    return after


def add_months(wall: datetime, months: int) -> datetime:
    """The same day and time so many months later; the last day of a month that has no such day."""
    year, month = divmod(wall.year * 12 + wall.month - 1 + months, 12)
    return wall.replace(year=year, month=month + 1, day=min(wall.day, monthrange(year, month + 1)[1]))


def civil_at(moment: datetime, zone: ZoneInfo) -> CivilTime:
    """The time on the clock at this moment, also where it is shown twice."""
    return CivilTime(wall=wall_of(moment, zone), offset=offset_at(moment, zone))


def shown_at(time: CivilTime, zone: ZoneInfo) -> datetime:
    """The moment of a time that was one when somebody named it, by the zone as it is known now."""
    found = read(time, zone)
    return found if isinstance(found, datetime) else first_showing(time.wall, zone)


def offset_at(moment: datetime, zone: ZoneInfo) -> int:
    """Minutes east of UTC at this moment."""
    return (moment.astimezone(zone).utcoffset() or timedelta()) // timedelta(minutes=1)


def _taken(wall: datetime, zone: ZoneInfo, fold: int) -> datetime:
    """As PEP 495 takes it: with the offset before the change (0) or after it (1)."""
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
