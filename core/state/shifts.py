"""Turns of duty, from when until when: worked out from the rota, by the clocks of the unit's zone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice, pairwise
from math import lcm
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from core.state.turn_count import hours_of, number_at, place, wall_start, wanted_on
from core.vocabulary.civil import first_showing, wall_of
from core.vocabulary.rotas import Entry, Rota, Rotation, Stretch

HORIZON = timedelta(days=60)
_DAY = timedelta(days=1)


class Shift(Struct, frozen=True, kw_only=True):
    """A time in which one person has a rotation (0: is on duty besides); ``start`` is in it, ``end`` is not."""

    rotation: int
    person: int
    start: datetime
    end: datetime


def turns(rota: Rota, start: datetime, end: datetime) -> tuple[Shift, ...]:
    """People on duty from ``start`` until ``end``, in their order; those that reach beyond are cut.

    The turns of a rotation leave no gap while it is wanted, and never overlap.
    """
    found = [shift for rotation in rota.rotations for shift in rotation_turns(rota, rotation, start, end)]
    for cover in rota.covers:
        if cover.rotation == 0:
            besides = Shift(rotation=0, person=cover.person, start=max(cover.start, start), end=min(cover.end, end))
            found += [besides] if besides.start < besides.end else []
    return tuple(sorted(found, key=lambda shift: (shift.start, shift.rotation, shift.person)))


def rotation_turns(rota: Rota, rotation: Rotation, start: datetime, end: datetime) -> tuple[Shift, ...]:
    """The turns of one rotation; two of the same person that follow one another are one."""
    return tuple(_joined(_pieces(rota, rotation, start, end)))


def upcoming(rota: Rota, rotation: Rotation, moment: datetime, most: int) -> tuple[Shift, ...]:
    """The turn that is under way, cut at ``moment``, and those after it; nothing is looked at beyond ``HORIZON``."""
    return tuple(islice(_joined(_pieces(rota, rotation, moment, moment + HORIZON)), most))


def on_duty(rota: Rota, moment: datetime) -> frozenset[int]:
    """Everybody whom the rota puts on duty at this moment."""
    besides = {c.person for c in rota.covers if c.rotation == 0 and c.at(moment)}
    turn = {whose_turn(rota, rotation, moment) for rotation in rota.rotations}
    return frozenset(besides | {person for person in turn if person is not None})


def whose_turn(rota: Rota, rotation: Rotation, moment: datetime) -> int | None:
    """The person who has the rotation at this moment; None before it begins, and when nobody is wanted."""
    number = turn_number(rotation, moment, rota.tz)
    if number < 0 or not _wanted(rotation, moment, rota.tz):
        return None
    return _person(rota, rotation, number, moment)


def next_boundary(rota: Rota, moment: datetime) -> datetime | None:
    """The first moment after this one at which somebody else may be on duty; None where nothing will change."""
    zone = rota.tz
    edges = _edges(rota)
    for rotation in rota.rotations:
        edges.append(_boundary(rotation, turn_number(rotation, moment, zone) + 1, zone))
        for opening, closing in _open(rotation, moment, moment + _reach(rotation), zone) if hours_of(rotation) else ():
            edges += [opening, closing]
    return min((edge for edge in edges if edge > moment), default=None)


def holder_of(rota: Rota, stretch: Stretch) -> int | None:
    """The person who has all of a stretch; None when it is shared."""
    rotation = rota.rotation(stretch.rotation)
    shifts = rotation_turns(rota, rotation, stretch.start, stretch.end) if rotation is not None else ()
    whole = len(shifts) == 1 and (shifts[0].start, shifts[0].end) == (stretch.start, stretch.end)
    return shifts[0].person if whole else None


def unmanned(rota: Rota, moment: datetime) -> bool:
    """Whether, then or later, everybody of a rotation is away and nobody stands in."""
    edges = [moment, *_edges(rota)]
    return any(
        edge >= moment and _person(rota, rotation, 0, edge) is None for rotation in rota.rotations for edge in edges
    )


def turn_number(rotation: Rotation, moment: datetime, zone: ZoneInfo) -> int:
    """Which turn it is: 0 for the first, below that before it begins."""
    number = number_at(rotation, wall_of(moment, zone))
    # Where the clocks were put back or jumped, the next turn may have begun already.
    while _boundary(rotation, number + 1, zone) <= moment:
        number += 1
    return max(number, -1)


def wanted(rota: Rota, rotation: Rotation, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The parts of each turn in which somebody is wanted, whoever it is; those that reach beyond are cut."""
    return ((opening, closing) for _, opening, closing in _slots(rota, rotation, start, end))


def _boundary(rotation: Rotation, number: int, zone: ZoneInfo) -> datetime:
    return first_showing(wall_start(rotation, max(number, 0)), zone)


def _reach(rotation: Rotation) -> timedelta:
    """How far ahead hours must be looked at to see the next ones, with a day lost."""
    return (lcm(7, rotation.every) + 2) * _DAY


def _pieces(rota: Rota, rotation: Rotation, start: datetime, end: datetime) -> Iterator[Shift]:
    for number, opening, closing in _slots(rota, rotation, start, end):
        yield from _cut(rota, rotation, number, opening, closing)


def _slots(rota: Rota, rotation: Rotation, start: datetime, end: datetime) -> Iterator[tuple[int, datetime, datetime]]:
    zone = rota.tz
    number = max(turn_number(rotation, start, zone), 0)
    begin = max(_boundary(rotation, number, zone), start)
    while begin < end:
        until = min(_boundary(rotation, number + 1, zone), end)
        for opening, closing in _open(rotation, begin, until, zone):
            yield number, opening, closing
        number, begin = number + 1, until


def _joined(pieces: Iterator[Shift]) -> Iterator[Shift]:
    last: Shift | None = None
    for piece in pieces:
        if last is not None and last.end == piece.start and last.person == piece.person:
            last = replace(last, end=piece.end)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _cut(rota: Rota, rotation: Rotation, number: int, start: datetime, end: datetime) -> Iterator[Shift]:
    """A turn, cut where somebody goes away, comes back, stands in or is relieved."""
    cuts = sorted({start, end} | {edge for edge in _edges(rota) if start < edge < end})
    for opening, closing in pairwise(cuts):
        person = _person(rota, rotation, number, opening)
        if person is not None:
            yield Shift(rotation=rotation.id, person=person, start=opening, end=closing)


def _edges(rota: Rota) -> list[datetime]:
    """When somebody goes away, comes back, stands in or is relieved."""
    entries: tuple[Entry, ...] = (*rota.covers, *rota.absences)
    return [edge for entry in entries for edge in (entry.start, entry.end)]


def _person(rota: Rota, rotation: Rotation, number: int, moment: datetime) -> int | None:
    """The stand-in; else the person whose turn it is, or the first after them who is not away."""
    for cover in rota.covers:
        if cover.rotation == rotation.id and cover.at(moment):
            return cover.person
    first = place(rotation, number)
    following = (*rotation.people[first:], *rotation.people[:first])
    return next((person for person in following if not rota.away(person, moment)), None)


def _wanted(rotation: Rotation, moment: datetime, zone: ZoneInfo) -> bool:
    if not hours_of(rotation):
        return True
    return any(opening <= moment < closing for opening, closing in _hours(rotation, moment, moment, zone))


def _open(rotation: Rotation, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """When somebody is wanted between the two, in order; hours that touch or overlap are one."""
    if not hours_of(rotation):
        yield from [(start, end)] if start < end else []
        return
    last: tuple[datetime, datetime] | None = None
    for opens, closes in sorted(_hours(rotation, start, end, zone)):
        opening, closing = max(opens, start), min(closes, end)
        if opening >= closing:
            continue
        if last is not None and opening <= last[1]:
            last = (last[0], max(last[1], closing))
            continue
        if last is not None:
            yield last
        last = (opening, closing)
    if last is not None:
        yield last


def _hours(rotation: Rotation, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The windows of all the days between, and of those around them: a day may be lost, a window pass midnight."""
    day = wall_of(start, zone).replace(hour=0, minute=0, second=0, microsecond=0) - 2 * _DAY
    last = wall_of(end, zone) + _DAY
    while day <= last:
        for window in hours_of(rotation):
            if wanted_on(rotation, window, day):
                opens = day + timedelta(minutes=window.opens)
                yield first_showing(opens, zone), first_showing(opens + window.lasts, zone)
        day += _DAY
