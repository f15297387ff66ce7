"""``/emergencia``: out at once, with the place that is known, or asked for."""

from core.places import Place
from core.words import Role
from tests.handlers.room import GROUP, Room

PARK = Place(lat=-2.1862, lon=-79.8885)
NEAR = Place(lat=-2.1870, lon=-79.8890)


async def test_without_a_place_the_alert_goes_out_and_the_place_is_asked_for(room: Room) -> None:
    sara, juan, ana = await room.person("Sara", Role.SUPERVISOR), await room.person("Juan"), await room.person("Ana")
    card, wanted = await room.says(juan, "/emergencia Robo con arma")
    print(card.text); print(wanted)
    for s in await room.reads(sara.telegram_id): print(s.text, s.labels)
    for s in await room.reads(ana.telegram_id): print(s.text, s.labels)
