"""Places in doubt: degrees that changed places or lost their sign, and zeros."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.place_doubts import AREA, FAR, doubt, doubt_from
from core.vocabulary.places import Place, distance, on_earth

PARK = Place(-2.1862, -79.8885)
TOWN = (PARK, Place(-2.1894, -79.8891), Place(-2.2, -79.9), Place(-0.18, -78.47))
FIJI = (Place(-16.8, 179.9), Place(-16.9, -179.9), Place(-17.0, 179.8))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (Place(-79.8885, -2.1862), PARK),
        (Place(2.1862, 79.8885), PARK),
        (Place(-2.1862, 79.8885), PARK),
        (Place(79.8885, 2.1862), PARK),
    ],
)
def test_the_same_degrees_near_the_others_are_meant(typed: Place, meant: Place) -> None:
    found = doubt(typed, TOWN, typed=True)
    assert found is not None
    assert found.instead == meant
    assert found.away is not None
    assert found.away > FAR


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        (Place(2.1862, -79.8885), TOWN, PARK),
        (Place(1.29, 36.82), (Place(-1.28, 36.82), Place(-1.30, 36.79)), Place(-1.29, 36.82)),
        (Place(-0.9, 117.15), (Place(0.91, 117.1),), Place(0.9, 117.15)),
        (Place(51.5, 1.5), (Place(51.5, -1.49),), Place(51.5, -1.5)),
        (Place(9.1, 7.5), (Place(7.5, 9.05),), Place(7.5, 9.1)),
    ],
)
def test_a_sign_lost_near_the_equator_is_noticed(typed: Place, known: tuple[Place, ...], meant: Place) -> None:
    """A few hundred kilometres: outside the desk's own area, while the same degrees turned lie among its places."""
    found = doubt(typed, known, typed=True)
    assert found is not None
    assert (found.instead, found.away is not None and AREA < found.away < FAR) == (meant, True)
    told = doubt_from(typed, known)
    assert told is not None
    assert told.instead == meant


@pytest.mark.parametrize("place", [PARK, Place(-0.2, -78.5), Place(1.2, -79.9), Place(40.4, -3.7), Place(4.6, -74.1)])
def test_a_place_that_may_well_be_meant_is_not_asked_about(place: Place) -> None:
    """Near the others, or far away however it is turned."""
    assert doubt(place, TOWN, typed=True) is None


def test_what_is_off_the_earth_may_be_the_wrong_way_round() -> None:
    found = doubt(Place(-103.3, 20.7), (Place(20.6, -103.4),), typed=True)
    assert found is not None
    assert (found.instead, found.away) == (Place(20.7, -103.3), None)
    assert doubt(Place(-203.3, 20.7), (Place(20.6, -103.4),), typed=True) is None


@pytest.mark.parametrize("typed", [True, False])
@pytest.mark.parametrize("zeros", [Place(0, 0), Place(-0.0, 0.0), Place(0.0004, -0.0009)])
def test_zeros_are_asked_about_wherever_the_desk_is(zeros: Place, typed: bool) -> None:
    for known in ((), TOWN):
        found = doubt(zeros, known, typed=typed)
        assert found is not None
        assert found.instead is None


def test_whoever_goes_is_told_of_each_place_that_is_far_from_everybody() -> None:
    assert doubt_from(PARK, TOWN) is None
    assert doubt_from(Place(40.4, -3.7), ()) is None, "nobody is known to be anywhere"
    assert doubt_from(Place(4.6, -74.1), (*TOWN, Place(4.7, -74.0))) is None, "one of them is near"
    far, swapped = doubt_from(Place(40.4, -3.7), TOWN), doubt_from(Place(-79.8885, -2.1862), TOWN)
    assert far is not None
    assert (far.instead, far.away is not None and far.away > FAR) == (None, True)
    assert swapped is not None
    assert swapped.instead == PARK
    assert doubt_from(Place(0, 0), ()) is not None


def test_a_desk_on_the_date_line_knows_its_own_places() -> None:
    assert doubt(Place(-16.9, -179.8), FIJI, typed=True) is None
    assert doubt(Place(179.8, -16.9), FIJI, typed=True) is not None


def test_a_point_of_the_map_and_a_first_place_are_taken() -> None:
    assert doubt(Place(-79.8885, -2.1862), TOWN, typed=False) is None
    assert doubt(Place(-79.8885, -2.1862), (), typed=True) is None


@given(st.floats(-180, 180), st.floats(-180, 180))
def test_what_is_offered_instead_is_on_the_earth_and_near(lat: float, lon: float) -> None:
    found = doubt(Place(lat, lon), TOWN, typed=True)
    if found is not None and found.instead is not None:
        assert on_earth(found.instead.lat, found.instead.lon)
        assert min(distance(found.instead, one) for one in TOWN) <= 2 * FAR


PLACES = st.builds(Place, st.floats(-80, 80), st.floats(-180, 180))


@given(st.lists(PLACES, min_size=1, max_size=8), st.data())
def test_a_place_in_the_desks_own_area_is_never_in_doubt(known: list[Place], data: st.DataObject) -> None:
    own = data.draw(st.sampled_from(known))
    near = st.floats(-0.6, 0.6)
    place = Place(own.lat + data.draw(near), (own.lon + data.draw(near) + 180) % 360 - 180)
    if abs(place.lat) >= 0.001 or abs(place.lon) >= 0.001:
        assert doubt(place, known, typed=True) is None
        assert doubt_from(place, known) is None
