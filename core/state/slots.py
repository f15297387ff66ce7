"""Slots: wanted times of a rotation, named by the day on which they begin, and the covers that go with them.

A cover that takes somebody's turn is about that turn: when the rota moves by an hour, so does the cover.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from msgspec.structs import replace

from core.state.shifts import holder_of, wanted
from core.vocabulary.civil import civil_at, first_showing, wall_of
from core.vocabulary.rotas import Anchor, Cover, Rota, Rotation, Stretch

_AHEAD = timedelta(days=800)
_HOUR = timedelta(hours=1)
SLOTS_LIMIT = 400


def anchor_of(rota: Rota, stretch: Stretch, *, giver: int = 0, swap: int = 0) -> Anchor | None:
    """The slots that a stretch is made of; None where it begins or ends inside one."""
    rotation = rota.rotation(stretch.rotation)
    if rotation is None:
        return None
    day = wall_of(stretch.start, rota.tz).date()
    found = list(islice(_from(rota, rotation, day), SLOTS_LIMIT))
    begins = [number for number, (start, _) in enumerate(found) if start == stretch.start]
    ends = [number for number, (_, end) in enumerate(found) if end == stretch.end]
    if not begins or not ends or ends[0] < begins[0]:
        return None
    return Anchor(day=day, nth=begins[0], slots=ends[0] - begins[0] + 1, giver=giver, swap=swap)


def moved(rota: Rota, rotation: Rotation) -> tuple[Cover, ...]:
    """The covers when a rotation of the rota is another: those that are anchored to its turns go along."""
    return tuple(_moved(rota, rotation, cover) for cover in rota.covers)


def misfits(rota: Rota, rotation: Rotation, now: datetime) -> tuple[Cover, ...]:
    """Covers, not over yet, whose turn is no more or another's when the rotation is this one; both of a swap."""
    after = _with(rota, rotation)
    anchored = [(cover, cover.anchor) for cover in rota.covers if cover.anchor is not None and cover.end > now]
    lost = {
        anchor.swap
        for cover, anchor in anchored
        if cover.rotation == rotation.id and not _fits(after, rotation, anchor)
    }
    return tuple(cover for cover, anchor in anchored if anchor.swap in lost)


def _fits(after: Rota, rotation: Rotation, anchor: Anchor) -> bool:
    span = _located(after, rotation, anchor)
    if span is None:
        return not anchor.giver
    stretch = Stretch(rotation=rotation.id, start=span[0], end=span[1])
    return not anchor.giver or holder_of(replace(after, covers=(), absences=()), stretch) == anchor.giver


def _moved(rota: Rota, rotation: Rotation, cover: Cover) -> Cover:
    if cover.rotation != rotation.id or cover.anchor is None:
        return cover
    span = _located(rota, rotation, cover.anchor)
    if span is None:
        return cover
    start, end = span
    return replace(cover, start=start, end=end, begins=civil_at(start, rota.tz), closes=civil_at(end, rota.tz))


def _located(rota: Rota, rotation: Rotation, anchor: Anchor) -> tuple[datetime, datetime] | None:
    """Where the slots of an anchor are now; None where there are none that begin on its day."""
    found = list(islice(_from(rota, rotation, anchor.day), anchor.nth, anchor.nth + anchor.slots))
    if len(found) < anchor.slots or wall_of(found[0][0], rota.tz).date() != anchor.day:
        return None
    return found[0][0], found[-1][1]


def _from(rota: Rota, rotation: Rotation, day: date) -> Iterator[tuple[datetime, datetime]]:
    """The slots that begin on this day, and those that follow."""
    before = first_showing(datetime.combine(day, time()), rota.tz) - _HOUR
    for start, end in wanted(rota, rotation, before, before + _AHEAD):
        # The first one may be cut at the beginning of the search: it began on the day before.
        if start > before and wall_of(start, rota.tz).date() >= day:
            yield start, end


def _with(rota: Rota, rotation: Rotation) -> Rota:
    others = tuple(one for one in rota.rotations if one.id != rotation.id)
    return replace(rota, rotations=(*others, rotation))
