"""Places on the earth and the distance between them."""

from datetime import datetime
from math import acos, asin, atan, cos, isfinite, radians, sin, sqrt, tan

from msgspec import Struct

EQUATOR_M = 6_378_137.0
FLATTENING = 1 / 298.257_223_563


class Place(Struct, frozen=True):
    """A point: latitude and longitude in degrees, WGS 84."""

    lat: float
    lon: float


class Position(Struct, frozen=True, kw_only=True):
    """The last position of a person, its time, and its accuracy (metres)."""

    place: Place
    at: datetime
    accuracy: float | None = None


def on_earth(lat: float, lon: float) -> bool:
    """Whether the degrees name a point: latitude within ±90, longitude within ±180."""
    return isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180


def distance(a: Place, b: Place) -> float:
    """Metres along the WGS 84 ellipsoid, within 0.01 % except near antipodes.

    Andoyer and Lambert's correction of the great circle on the auxiliary sphere
    (Lambert, "The distance between two widely separated points on the surface of the earth", 1942).
    """
    phi_a, phi_b = (atan((1 - FLATTENING) * tan(radians(p.lat))) for p in (a, b))
    half_lon = radians(b.lon - a.lon) / 2
    chord = sin((phi_b - phi_a) / 2) ** 2 + cos(phi_a) * cos(phi_b) * sin(half_lon) ** 2
    if chord <= 0:
        return 0.0
    if chord >= 1:
        return EQUATOR_M * acos(-1)
    sigma = 2 * asin(sqrt(chord))
    mean, half = (phi_a + phi_b) / 2, (phi_b - phi_a) / 2
    x = (sigma - sin(sigma)) * (sin(mean) * cos(half)) ** 2 / (1 - chord)
    y = (sigma + sin(sigma)) * (cos(mean) * sin(half)) ** 2 / chord
    return EQUATOR_M * (sigma - FLATTENING / 2 * (x + y))
