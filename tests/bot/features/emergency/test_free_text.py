"""Free text in an emergency, without a code or a form, reaches those who attend to it."""

from typing import Any

from core.vocabulary.places import Place
from core.vocabulary.words import Role
from tests.bot.features.room import GROUP, Room, text_of

PARK = Place(lat=-2.1862, lon=-79.8885)
NEAR = Place(lat=-2.1870, lon=-79.8890)
PHOTO: dict[str, Any] = {"photo": [{"file_id": "F1", "file_unique_id": "U1", "width": 9, "height": 9}]}


async def test_words_and_pictures_of_the_reporter_belong_to_the_emergency(room: Room) -> None:
    sara, juan = await room.person("Sara", Role.SUPERVISOR), await room.person("Juan", at=PARK)
    await room.says(juan, "/emergencia")
    await room.reads(sara)
    (kept,) = [m for m in await room.says(juan, "son dos, con un arma") if "Lo sumé" in m.text]
    assert kept.text.startswith("📝 Lo sumé a T-000001")
    assert "son dos, con un arma" in text_of(await room.reads(sara))
    await room.sends(juan, **PHOTO)
    assert "sendPhoto" in [message.method for message in await room.reads(sara)]


async def test_whoever_holds_an_emergency_speaks_of_that_one(room: Room) -> None:
    juan, ana = await room.person("Juan", at=PARK), await room.person("Ana", at=NEAR)
    await room.says(juan, "/emergencia Robo")
    offer = (await room.reads(ana))[0]
    await room.presses(ana, offer.buttons["Voy"])
    await room.reads(juan)
    assert "Lo sumé a T-000001" in text_of(await room.says(ana, "llego en dos minutos"))
    assert "llego en dos minutos" in text_of(await room.reads(juan))


async def test_when_it_is_over_words_are_only_words(room: Room) -> None:
    sara, juan = await room.person("Sara", Role.SUPERVISOR), await room.person("Juan", at=PARK)
    await room.says(juan, "/emergencia Robo")
    alert = (await room.reads(sara))[0]
    (sure,) = await room.presses(sara, alert.buttons["Cancelar tarea"])
    await room.presses(sara, sure.buttons["Sí, cancelar"])
    await room.reads(juan)
    room.clock.advance(room.services.rules.reopen_window.total_seconds() + 1)
    assert "No esperaba eso" in text_of(await room.says(juan, "ya pasó"))


async def test_an_alert_from_a_group_is_confirmed_there(room: Room) -> None:
    juan = await room.person("Juan", at=PARK)
    (out,) = await room.says(juan, "/emergencia Choque", chat=GROUP)
    assert out.text == "🚨 La alerta T-000001 ya salió."
