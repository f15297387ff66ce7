"""Places, sent once or alive."""

import pytest
import telegram as ptb
from telegram.error import BadRequest

from emulator import Impossible, Person, Server, Telegram
from tests.emulator.by_hand import Clock, refusal_of


async def test_a_place_and_a_venue(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    await api.send_location(juan.id, -2.19, -79.88, horizontal_accuracy=12)
    await api.send_venue(juan.id, -2.2, -79.9, "Hospital", "Av. 9 de Octubre")
    place, venue = world.messages(juan)[-2:]
    assert place.place is not None
    assert (place.place.lat, place.place.lon, place.place.live_until) == (-2.19, -79.88, None)
    assert venue.venue is not None
    assert venue.venue.title == "Hospital"


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": 91},
        {"longitude": -180.1},
        {"live_period": 59},
        {"live_period": 86_401},
        {"heading": 361},
        {"horizontal_accuracy": 1501},
        {"latitude": "norte"},
    ],
)
async def test_wrong_places(server: Server, juan: Person, wrong: dict[str, object]) -> None:
    where = {"chat_id": juan.id, "latitude": -2.19, "longitude": -79.88, **wrong}
    assert await refusal_of(server, "sendLocation", where)


async def test_a_venue_has_a_title_and_an_address(api: ptb.Bot, juan: Person) -> None:
    with pytest.raises(BadRequest, match="must be non-empty"):
        await api.send_venue(juan.id, 1, 1, " ", "x")


async def test_a_person_shares_a_live_location(
    api: ptb.Bot, world: Telegram, clock: Clock, juan: Person, ana: Person
) -> None:
    shared = world.send_place(juan, -2.19, -79.88, live_period=900, accuracy=8)
    clock.advance(10)
    world.move(juan, shared, -2.18, -79.87)
    world.stop_live(juan, shared)
    sent = [update.to_dict() for update in await api.get_updates()]
    assert [next(key for key in update if key != "update_id") for update in sent] == [
        "message",
        "edited_message",
        "edited_message",
    ]
    assert sent[0]["message"]["location"]["live_period"] == 900
    assert sent[1]["edited_message"]["location"]["latitude"] == -2.18
    assert sent[1]["edited_message"]["edit_date"] == sent[0]["message"]["date"] + 10
    assert "live_period" not in sent[2]["edited_message"]["location"]
    with pytest.raises(Impossible):
        world.move(juan, shared, -2.17, -79.86)
    with pytest.raises(Impossible):
        world.move(ana, world.send_place(juan, -2.19, -79.88, live_period=900), 0, 0)


async def test_a_live_location_ends_by_itself(world: Telegram, clock: Clock, juan: Person) -> None:
    shared = world.send_place(juan, -2.19, -79.88, live_period=60)
    clock.advance(61)
    with pytest.raises(Impossible, match="time is over"):
        world.move(juan, shared, 0, 0)


async def test_a_forwarded_live_location_stands_still(world: Telegram, juan: Person) -> None:
    passed = world.forward(juan, world.send_place(juan, -2.19, -79.88, live_period=60))
    assert passed.wire.forward_origin is not None
    assert passed.place is not None
    assert passed.place.live_until is None


async def test_a_bot_moves_its_own_live_location(api: ptb.Bot, world: Telegram, clock: Clock, juan: Person) -> None:
    sent = await api.send_location(juan.id, -2.19, -79.88, live_period=60)
    await sent.edit_live_location(-2.18, -79.87)
    with pytest.raises(BadRequest, match="not modified"):
        await sent.edit_live_location(-2.18, -79.87)
    await sent.edit_live_location(-2.17, -79.87, live_period=120)
    clock.advance(100)
    await sent.stop_live_location()
    with pytest.raises(BadRequest, match="can't be edited"):
        await sent.edit_live_location(-2.1, -79.8)
    still = await api.send_location(juan.id, 1, 1)
    with pytest.raises(BadRequest, match="can't be edited"):
        await still.stop_live_location()
