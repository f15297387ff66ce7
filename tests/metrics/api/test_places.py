"""Places from programs: an emergency opens whatever came, a task in doubt is refused with a sentence."""

import pytest

from core.vocabulary.words import Role
from tests.metrics.side import QUITO, Side

SWAPPED = {"lat": -78.47, "lon": -0.18}


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"lat": 0, "lon": 0}, "a point in the sea"),
        (SWAPPED, "lat -0.18, lon -78.47 is near them"),
        ({"lat": 0.18, "lon": 78.47}, "lat -0.18, lon -78.47 is near them"),
    ],
)
async def test_a_task_at_a_place_that_is_hardly_meant_is_refused(side: Side, place: object, words: str) -> None:
    await side.hires("Sara", Role.SUPERVISOR)
    code = await side.opens(place={"lat": QUITO.lat, "lon": QUITO.lon})
    answer = await side.posts("/api/v1/tasks", {"title": "Rondar", "place": place})
    assert (answer.status, answer.json["type"]) == (409, "urn:gad:problem:place-in-doubt")
    assert words in answer.json["detail"]
    assert (await side.patches(code, place=place)).json["type"] == "urn:gad:problem:place-in-doubt"
    assert len(await side.events()) == 1
    elsewhere = {"title": "Rondar", "place": {"lat": 40.4, "lon": -3.7}}
    assert (await side.posts("/api/v1/tasks", elsewhere)).status == 201, "far away, however it is turned"


@pytest.mark.parametrize(
    ("place", "taken", "address"),
    [
        ({"lat": 0, "lon": 0}, {"lat": 0, "lon": 0}, None),
        (SWAPPED, SWAPPED, None),
        ({"lat": "-0.18", "lon": "-78.47"}, {"lat": -0.18, "lon": -78.47}, None),
        ({"lat": -178.5, "lon": -18.1}, None, "-178.5, -18.1"),
        ({"lat": "nan", "lon": "inf"}, None, "nan, inf"),
        ({"lat": "-0,18", "lon": "78 W"}, None, "-0,18, 78 W"),
    ],
)
async def test_an_emergency_opens_whatever_its_place_is(
    side: Side, place: object, taken: object, address: str | None
) -> None:
    answer = await side.posts("/api/v1/emergencies", {"title": "Robo", "place": place})
    assert answer.status == 201
    assert (answer.json["place"], answer.json["address"]) == (taken, address)
    long = await side.posts("/api/v1/emergencies", {"title": "Fuego", "place": place, "address": "Calle " * 33})
    assert long.status == 201
    assert str(long.json["address"]).startswith("Calle")
    moved = await side.patches(long.json["code"], place={"lat": 0, "lon": 0})
    assert moved.status == 200, "of an emergency any is taken"
