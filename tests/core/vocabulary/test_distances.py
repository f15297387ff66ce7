"""Places on the earth: distances that surveyors know, and what holds for any distance."""

from math import cos, isclose, pi, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vocabulary.places import Place, distance, on_earth

PRECISION = 1e-4
QUITO = Place(-0.22, -78.51)

places = st.builds(Place, st.floats(-90, 90), st.floats(-180, 180))
# Far from the antipodes, where the formula says of itself that it is not exact.
near_each_other = st.builds(Place, st.floats(-50, 50), st.floats(-50, 50))


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        # Karney, "Algorithms for geodesics" (2013), and the examples of GeographicLib.
        (Place(40.6, -73.8), Place(51.6, -0.5), 5_551_759.400),
        (Place(0, 0), Place(0, 1), 111_319.491),
        (Place(0, 0), Place(1, 0), 110_574.389),
        (Place(0, 0), Place(0, 90), 10_018_754.171),
        (Place(0, 0), Place(90, 0), 10_001_965.729),
        (Place(0, 179.5), Place(0, -179.5), 111_319.491),
        # Flinders Peak to Buninyong: the Australian survey's own example.
        (Place(-37.951033417, 144.424867889), Place(-37.652821139, 143.926495528), 54_972.271),
    ],
)
def test_distances_are_those_of_the_surveyors(a: Place, b: Place, metres: float) -> None:
    assert distance(a, b) == pytest.approx(metres, rel=PRECISION)


@given(places, places)
def test_it_is_as_far_back_as_it_is_there(a: Place, b: Place) -> None:
    assert distance(a, b) == pytest.approx(distance(b, a), rel=1e-9, abs=1e-6)
    assert 0 <= distance(a, b) <= 20_040_000


@given(near_each_other, near_each_other, near_each_other)
def test_no_detour_is_shorter(a: Place, b: Place, c: Place) -> None:
    detour = distance(a, b) + distance(b, c)
    assert distance(a, c) <= detour * (1 + 2 * PRECISION) + 1e-6


@given(near_each_other, st.floats(1, 20_000), st.floats(0, 2 * pi))
def test_a_walk_in_the_city_is_as_long_as_on_a_flat_map(start: Place, metres: float, way: float) -> None:
    """Within the half per cent by which a round earth differs from this one."""
    degree = pi / 180 * 6_371_008.8
    north, east = metres * cos(way) / degree, metres * sin(way) / degree
    end = Place(start.lat + north, start.lon + east / cos(radians(start.lat + north / 2)))
    assert isclose(distance(start, end), metres, rel_tol=0.007, abs_tol=0.01)


def test_here_is_nowhere_else_however_it_is_written() -> None:
    assert distance(QUITO, QUITO) == 0
    assert distance(Place(0, 180), Place(0, -180)) == pytest.approx(0, abs=1e-6)
    assert distance(Place(90, 0), Place(90, 123)) == pytest.approx(0, abs=1e-6)
    assert distance(Place(0, 0), Place(0, 180)) == pytest.approx(20_003_931.459, rel=0.002)


@pytest.mark.parametrize(
    ("lat", "lon", "there"),
    [
        (0, 0, True),
        (90, 180, True),
        (-90, -180, True),
        (90.001, 0, False),
        (0, -180.001, False),
        (float("nan"), 0, False),
        (0, float("inf"), False),
    ],
)
def test_what_is_on_the_earth(lat: float, lon: float, there: bool) -> None:
    assert on_earth(lat, lon) is there
