"""Doubts about a place: degrees in the wrong order or without their sign, and the zeros of a phone without a signal."""

from collections.abc import Iterable
from math import inf
from statistics import median_low

from msgspec import Struct

from core.vocabulary.places import Place, distance, on_earth

FAR = 1_000_000.0  # metres from the middle of the desk's places
ZERO = 0.001  # degrees, some 100 metres


class Doubt(Struct, frozen=True, kw_only=True):
    """A place that is hardly meant; ``instead`` has the same degrees and is near the others, ``away`` is in metres."""

    place: Place
    instead: Place | None = None
    away: float | None = None


def doubt(place: Place, known: Iterable[Place], *, typed: bool) -> Doubt | None:
    """The doubt about a place, None where there is none.

    Latitude and longitude 0 are in doubt everywhere. What was ``typed`` is, when it is farther than `FAR` from the
    middle of the ``known`` places while the same degrees in another order, or with another sign, are not.
    """
    if abs(place.lat) < ZERO and abs(place.lon) < ZERO:
        return Doubt(place=place)
    there = list(known)
    if not typed or not there:
        return None
    middle = Place(median_low(one.lat for one in there), median_low(one.lon for one in there))
    away = _between(place, middle)
    if away <= FAR:
        return None
    nearest = min(_slips(place), key=lambda one: _between(one, middle))
    if _between(nearest, middle) > FAR:
        return None
    return Doubt(place=place, instead=nearest, away=away if on_earth(place.lat, place.lon) else None)


def doubt_from(place: Place, others: Iterable[Place]) -> Doubt | None:
    """The doubt about a place that is taken, for whoever goes there: far from all others counts too, whatever it is."""
    there = list(others)
    found = doubt(place, there, typed=True)
    if found is not None or not there:
        return found
    away = min(_between(place, one) for one in there)
    return Doubt(place=place, away=away) if away > FAR else None


def _slips(place: Place) -> Iterable[Place]:
    """The places with these degrees in either order, with either sign."""
    for a, b in ((place.lat, place.lon), (place.lon, place.lat)):
        yield from (Place(sign * a, other * b) for sign in (1, -1) for other in (1, -1))


def _between(a: Place, b: Place) -> float:
    return distance(a, b) if on_earth(a.lat, a.lon) else inf
