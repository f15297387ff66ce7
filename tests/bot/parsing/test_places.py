"""A place is read as maps, phones and people write it."""

from datetime import datetime

import pytest

from bot.parsing.civil import civil_in
from bot.parsing.places import coordinates_in

HERE = (
    "-2.18620, -79.88850",
    "−2.18620, −79.88850",
    "\u200e-2.18620, -79.88850\u200e",
    "-2,18620; -79,88850",
    "2.18620° S, 79.88850° O",
    "2.18620° S, 79.88850° W",
    "2,18620 S 79,88850 O",
    "S 2.18620, W 79.88850",
    "2°11'10.32\"S 79°53'18.6\"W",
    "2° 11′ 10.32″ S, 79° 53′ 18.6″ O",
    "S2°11.172' W79°53.31'",
    "S2 11 10.32 W79 53 18.6",
    "2 11 10.32 S, 79 53 18.6 O",
    "-2.18620/-79.88850",
    "lat: -2.18620, lon: -79.88850",
    "Latitud -2,18620 Longitud -79,88850",
    "lng=-79.88850 lat=-2.18620",
    "-２.１８６２0, -７９.８８８５0",
    "https://yandex.com/maps/?ll=-79.88850%2C-2.18620&z=17",
    "https://yandex.com/maps/10/x/?whatshere[point]=-79.88850,-2.18620&whatshere[zoom]=17",
    "geo:-2.18620,-79.88850",
    "geo:-2.18620,-79.88850?z=17",
    "https://maps.google.com/?q=-2.18620,-79.88850",
    "https://www.google.com/maps/place/Malec%C3%B3n/@-2.1900,-79.8000,17z/data=!3m1!4b1!4m5!3d-2.18620!4d-79.88850",
    "https://www.google.com/maps/@-2.18620,-79.88850,17z",
    "https://www.google.com/maps/search/?api=1&query=-2.18620%2C-79.88850",
    "https://www.openstreetmap.org/?mlat=-2.18620&mlon=-79.88850#map=17/-2.1/-79.8",
    "https://www.openstreetmap.org/#map=17/-2.18620/-79.88850",
    "https://maps.apple.com/?ll=-2.18620,-79.88850&q=Parque",
    "https://waze.com/ul?ll=-2.18620,-79.88850&navigate=yes",
    "estoy en https://maps.google.com/?q=-2.18620,-79.88850",
)
NOWHERE = ("10 20", "Av. 9 de Octubre 100", "///filled.count.soap", "https://what3words.com/a.b.c", "", "2 S 3", "5 N")


@pytest.mark.parametrize("text", HERE)
def test_this_is_the_park(text: str) -> None:
    found = coordinates_in(text)
    assert found is not None
    assert (round(found.lat, 4), round(found.lon, 4)) == (-2.1862, -79.8885)


@pytest.mark.parametrize("text", NOWHERE)
def test_these_are_addresses(text: str) -> None:
    assert coordinates_in(text) is None


def test_a_leap_day_is_that_of_the_next_year_that_has_one() -> None:
    found = civil_in("29 feb 08:00", datetime(2027, 12, 1, 12))  # noqa: DTZ001 - civil time has no zone
    assert found is not None
    assert found.wall == datetime(2028, 2, 29, 8)  # noqa: DTZ001 - civil time has no zone
    assert civil_in("30 feb 08:00", datetime(2027, 12, 1, 12)) is None  # noqa: DTZ001 - civil time has no zone
