"""Telling whoever makes a rota that it has nobody for hours of the next days: once, and again when that changes."""

from datetime import datetime, time, timedelta

from core.state.shifts import unmanned
from core.state.uncovered import Span, common, gaps
from core.vocabulary import unit_events as u
from core.vocabulary.civil import first_showing, wall_of
from core.vocabulary.rotas import Rota, ToldGaps

AHEAD = timedelta(days=7)
# By the clock of the unit: somebody who makes rotas is awake.
MORNING, EVENING = time(9), time(20)
_DAY = timedelta(days=1)

Events = tuple[u.UnitEvent, ...]


def changed(rota: Rota, now: datetime) -> Events:
    """The events after a change of the rota: a gap that nobody knows of is told at once."""
    told = rota.told_gaps
    if told is None and not unmanned(rota, now):
        return ()
    end = now + AHEAD
    found = gaps(rota, now, end)
    if not all(_known(gap, told) for gap in found):
        return (u.UncoveredFound(gaps=found, until=end),)
    if told is None:
        return ()
    ahead = tuple((max(start, now), end) for start, end in told.gaps if end > now)
    left = common(ahead, found)
    return (u.UncoveredFilled(gaps=left),) if left != ahead else ()


def passed(rota: Rota, now: datetime) -> Events:
    """The events that time brings: a gap that came near is told by day, and once a day."""
    wall, told = wall_of(now, rota.tz), rota.told_gaps
    if not MORNING <= wall.time() < EVENING:
        return ()
    if told is not None and wall_of(told.at, rota.tz).date() == wall.date():
        return ()
    return changed(rota, now)


def next_look(rota: Rota, now: datetime) -> datetime | None:
    """The next morning, for a rota that has nobody at some time; else there is nothing to look for."""
    if not unmanned(rota, now):
        return None
    wall = wall_of(now, rota.tz)
    day = wall.date() if wall.time() < MORNING else wall.date() + _DAY
    return first_showing(datetime.combine(day, MORNING), rota.tz)


def _known(gap: Span, told: ToldGaps | None) -> bool:
    """Whether it was told: all of it, or as much as could be seen of it then."""
    start, end = gap
    spans = told.gaps if told is not None else ()
    until = told.until if told is not None else None
    return any(begin <= start < close and (end <= close or close == until) for begin, close in spans)
