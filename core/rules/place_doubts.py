"""Doubts about a place: degrees in the wrong order or without their sign, and the zeros of a phone without a signal."""

from collections.abc import Iterable
from math import inf
from statistics import median_low

from msgspec import Struct

from core.vocabulary.places import Place, distance, on_earth

FAR = 1_000_000.0  # metres from the middle of the desk's places
AREA = 100_000.0  # metres around each of the desk's places
AMONG = 25_000.0  # metres: the same degrees lie among the desk's places
ZERO = 0.001  # degrees, some 100 metres


class Doubt(Struct, frozen=True, kw_only=True):
    """A place that is hardly meant; ``instead`` has the same degrees and is near the others, ``away`` is in metres."""

    place: Place
    instead: Place | None = None
    away: float | None = None


def doubt(place: Place, known: Iterable[Place], *, typed: bool) -> Doubt | None:
    """The doubt about a place, None where there is none.

    Latitude and longitude 0 are in doubt everywhere. What was ``typed`` is, when the same degrees in another order, or
    with another sign, lie `AMONG` the ``known`` places while these are outside the `AREA` of all of them: near the
    equator a lost sign is a few hundred kilometres. Beyond `FAR` from the middle it's enough that they don't.
    """
    if abs(place.lat) < ZERO and abs(place.lon) < ZERO:
        return Doubt(place=place)
    there = list(known)
    if not typed or not there or _to_nearest(place, there) <= AREA:
        return None
    middle = Place(median_low(one.lat for one in there), median_low(one.lon for one in there))
    away, nearest = _between(place, middle), min(_slips(place), key=lambda one: _to_nearest(one, there))
    if _to_nearest(nearest, there) > AMONG:
        nearest = min(_slips(place), key=lambda one: _between(one, middle))
        if away <= FAR or _between(nearest, middle) > FAR:
            return None
    return Doubt(place=place, instead=nearest, away=away if on_earth(place.lat, place.lon) else None)


def doubt_from(place: Place, others: Iterable[Place]) -> Doubt | None:
    """The doubt about a place that is taken, for whoever goes there: far from all others counts too, whatever it is."""
    there = list(others)
    found = doubt(place, there, typed=True)
    if found is not None or not there:
        return found
    away = _to_nearest(place, there)
    return Doubt(place=place, away=away) if away > FAR else None


def _slips(place: Place) -> Iterable[Place]:
    """The places with these degrees in either order, with either sign."""
    for a, b in ((place.lat, place.lon), (place.lon, place.lat)):
        yield from (Place(sign * a, other * b) for sign in (1, -1) for other in (1, -1))


def _to_nearest(place: Place, others: Iterable[Place]) -> float:
    return min(_between(place, one) for one in others)


def _between(a: Place, b: Place) -> float:
    return distance(a, b) if on_earth(a.lat, a.lon) else inf
