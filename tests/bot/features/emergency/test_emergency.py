"""``/emergencia``: out at once, with the place that is known, or asked for."""

from typing import Any

from core.vocabulary.places import Place
from core.vocabulary.words import Role
from tests.bot.features.room import GROUP, Room, text_of

PARK = Place(lat=-2.1862, lon=-79.8885)
NEAR = Place(lat=-2.1870, lon=-79.8890)


def location(place: Place, **more: Any) -> dict[str, Any]:
    """A location (https://core.telegram.org/bots/api#location)."""
    return {"location": {"latitude": place.lat, "longitude": place.lon, **more}}


def forwarded() -> dict[str, Any]:
    """Where a message comes from that was passed on (https://core.telegram.org/bots/api#messageorigin)."""
    return {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Alguien"}}


async def test_without_a_place_the_alert_goes_out_and_the_place_is_asked_for(room: Room) -> None:
    sara, juan, ana = await room.person("Sara", Role.SUPERVISOR), await room.person("Juan"), await room.person("Ana")
    card, wanted = await room.says(juan, "/emergencia Robo con arma")
    assert "Alerta enviada" in card.text
    assert "Falta el lugar" in card.text
    assert "¿Dónde es?" in wanted.text
    assert wanted.keys == [{"text": "📍 Enviar mi ubicación", "request_location": True}]
    assert "Robo con arma" in text_of(await room.reads(sara))
    (offer,) = await room.reads(ana)
    assert offer.labels == ["Voy", "No puedo"]


async def test_the_place_that_is_sent_next_is_put_on_the_alert_and_on_the_person(room: Room) -> None:
    sara, juan, ana = await room.person("Sara", Role.SUPERVISOR), await room.person("Juan"), await room.person("Ana")
    await room.says(juan, "/emergencia")
    for reader in (sara, ana):
        await room.reads(reader)
    thanks = (await room.sends(juan, **location(PARK)))[-1]
    assert thanks.text == "📍 Gracias: el lugar ya está en T-000001."
    assert thanks.payload["reply_markup"] == {"remove_keyboard": True}
    assert (await room.now(juan)).position is not None
    for reader in (sara, ana):
        messages = await room.reads(reader)
        assert "sendLocation" in [message.method for message in messages]
        assert "-2.18620, -79.88850" in text_of(messages)
    (after,) = await room.sends(juan, **location(NEAR))
    assert "T-000001" not in after.text


async def test_a_recent_place_is_used_and_nothing_is_asked(room: Room) -> None:
    juan, ana = await room.person("Juan", at=PARK), await room.person("Ana", at=NEAR)
    room.clock.advance(300)
    (card,) = await room.says(juan, "/emergencia Robo")
    assert "-2.18620, -79.88850" in card.text
    offer = text_of(await room.reads(ana))
    assert "(según su ubicación, " in offer
    assert "de ti (según tu ubicación, " in offer


async def test_the_place_keeps_its_age_when_the_reporter_goes_on(room: Room) -> None:
    juan, sara = await room.person("Juan", at=PARK), await room.person("Sara", role=Role.SUPERVISOR)
    room.clock.advance(300)
    await room.says(juan, "/emergencia Robo")
    before = text_of(await room.reads(sara))
    await room.sends(juan, **location(NEAR))
    await room.says(juan, "/nota 1 Va hacia el norte")
    after = text_of(await room.reads(sara))
    assert before.count("(según su ubicación, ") == after.count("(según su ubicación, ") == 1


async def test_an_old_place_is_not_used(room: Room) -> None:
    juan = await room.person("Juan", at=PARK)
    room.clock.advance(11 * 60)
    card, wanted = await room.says(juan, "/emergencia Robo")
    assert "Falta el lugar" in card.text
    assert "¿Dónde es?" in wanted.text


async def test_an_address_or_coordinates_in_words_are_a_place_too(room: Room) -> None:
    juan = await room.person("Juan")
    await room.says(juan, "/emergencia Robo")
    await room.says(juan, "Av. Amazonas\ny Colón")
    file = await room.queries.task_file(1)
    assert file is not None
    assert file.task.address == "Av. Amazonas y Colón"
    await room.says(juan, "/emergencia Incendio")
    (no,) = await room.says(juan, "95.5, -78.5")
    assert "Esas coordenadas no existen" in no.text
    await room.says(juan, "-0.18065, -78.46784")
    file = await room.queries.task_file(2)
    assert file is not None
    assert file.task.place == Place(lat=-0.18065, lon=-78.46784)


async def test_a_forwarded_location_is_not_the_senders_own_place(room: Room) -> None:
    juan = await room.person("Juan")
    await room.says(juan, "/emergencia Robo")
    (no,) = await room.sends(juan, **location(PARK), **forwarded())
    assert "es reenviada y no dice dónde estás tú" in no.text
    assert (await room.now(juan)).position is None
    file = await room.queries.task_file(1)
    assert file is not None
    assert file.task.place is None
    (yes,) = [m for m in await room.sends(juan, **location(PARK)) if "Gracias" in m.text]
    assert "T-000001" in yes.text


async def test_a_named_place_is_where_it_is_and_not_where_the_sender_is(room: Room) -> None:
    juan = await room.person("Juan")
    await room.says(juan, "/emergencia Robo")
    venue = location(PARK) | {"title": "Parque", "address": "Centro"}
    thanks = (await room.sends(juan, venue=venue, **location(PARK)))[-1]
    assert "Gracias: el lugar" in thanks.text
    assert (await room.now(juan)).position is None


async def test_a_photo_is_evidence_and_the_place_is_still_wanted(room: Room) -> None:
    juan = await room.person("Juan")
    await room.says(juan, "/emergencia Robo")
    photo = [{"file_id": "BIG", "file_unique_id": "u", "width": 9, "height": 9}]
    kept = (await room.sends(juan, photo=photo))[-1]
    assert kept.text == "📝 Nota guardada en T-000001."
    located = await room.sends(juan, **location(PARK))
    assert "Gracias: el lugar" in text_of(located)


async def test_a_place_that_comes_after_the_end_is_still_where_the_person_is(room: Room) -> None:
    sara, juan = await room.person("Sara", Role.SUPERVISOR), await room.person("Juan")
    await room.says(juan, "/emergencia Robo")
    (alert, *_) = await room.reads(sara)
    (sure,) = await room.presses(sara, alert.buttons["Cancelar tarea"])
    await room.presses(sara, sure.buttons["Sí, cancelar"])
    *_, answer = await room.sends(juan, **location(PARK))
    assert "T-000001 ya está cerrada. Se lo pasé" in answer.text
    assert "-2.18620, -79.88850" in text_of(await room.reads(sara))
    assert (await room.now(juan)).position is not None


async def test_the_same_words_twice_in_a_hurry_are_one_emergency(room: Room) -> None:
    juan = await room.person("Juan", at=PARK)
    await room.says(juan, "/emergencia Robo")
    (again,) = await room.says(juan, "/emergencia Robo")
    assert again.text == "Ya recibí ese mismo reporte hace un momento: es T-000001."


async def test_a_text_of_any_length_is_an_emergency_and_none_of_it_is_lost(room: Room) -> None:
    sara, juan = await room.person("Sara", Role.SUPERVISOR), await room.person("Juan", at=PARK)
    words = "<b>auxilio</b> & مرحبا 🚓 " + "x" * 3_900
    (card,) = await room.says(juan, f"/emergencia {words}")
    assert "<b>auxilio</b> & مرحبا 🚓" in card.text
    (alert, *_) = await room.reads(sara)
    assert "<b>auxilio</b>" in alert.text
    history = await room.queries.history(1)
    assert any(getattr(record.event, "text", "") == words for record in history)


async def test_in_a_group_the_place_is_asked_for_in_words(room: Room) -> None:
    juan = await room.person("Juan")
    (wanted,) = await room.says(juan, "/emergencia@gad_bot Robo", chat=GROUP)
    assert "Responde a este mensaje con tu ubicación" in wanted.text
    assert not wanted.keys
    assert "Alerta enviada" in text_of(await room.reads(juan))
    (thanks,) = await room.sends(juan, chat=GROUP, **location(PARK))
    assert "Gracias" in thanks.text
