"""Notes and evidence."""

from typing import Any

import pytest

from core.state.person import Person
from core.vocabulary.contents import Media
from core.vocabulary.events import Noted
from core.vocabulary.places import Place
from core.vocabulary.words import Role
from tests.bot.features.room import Room, text_of
from tests.bot.features.seen import Seen

PARK = Place(lat=-2.1862, lon=-79.8885)
FILE = {"file_id": "FILE", "file_unique_id": "u"}
EVIDENCE: dict[str, Any] = {
    "photo": [
        {**FILE, "file_id": "SMALL", "width": 9, "height": 9},
        {**FILE, "width": 90, "height": 90},
    ],
    "video": {**FILE, "width": 90, "height": 90, "duration": 3},
    "voice": {**FILE, "duration": 3},
    "document": {**FILE, "file_name": "acta.pdf"},
}


async def own_task(room: Room) -> tuple[Person, Person, Seen]:
    """Ana has a task that Sara reported."""
    sara, ana = await room.person("Sara", Role.SUPERVISOR), await room.person("Ana")
    await room.says(sara, "/nueva Ronda @ana")
    (offer,) = await room.reads(ana)
    (card,) = await room.presses(ana, offer.buttons["Voy"])
    await room.reads(sara)
    return sara, ana, card


async def notes(room: Room) -> list[Noted]:
    return [record.event for record in await room.queries.history(1) if isinstance(record.event, Noted)]


async def test_a_note_in_one_line(room: Room) -> None:
    sara, ana, _ = await own_task(room)
    said = await room.says(ana, "/nota T-1 La puerta\nestá <rota> & abierta")
    assert "📝 Nota guardada en T-000001." in [message.text for message in said]
    assert "📝 Ana en T-000001:\nLa puerta\nestá <rota> & abierta" in text_of(await room.reads(sara))


@pytest.mark.parametrize("media", ["photo", "video", "voice", "document"])
async def test_the_button_asks_for_a_note_and_takes_evidence(room: Room, media: Media) -> None:
    sara, ana, card = await own_task(room)
    (wanted,) = await room.presses(ana, card.buttons["Nota"])
    assert wanted.labels == ["Cancelar"]
    said = await room.sends(ana, **{media: EVIDENCE[media]}, caption="Mira <esto>")
    assert "Nota guardada" in text_of(said)
    assert await notes(room) == [Noted(text="Mira <esto>", media=media, attachment="FILE")]
    passed_on = next(message for message in await room.reads(sara) if message.method == f"send{media.capitalize()}")
    assert passed_on.payload[media] == "FILE"
    assert passed_on.text == "📝 Ana en T-000001:\nMira <esto>"
    (after,) = await room.says(ana, "hola")
    assert "No esperaba eso" in after.text


async def test_the_code_alone_asks_for_the_note(room: Room) -> None:
    _, ana, _ = await own_task(room)
    (wanted,) = await room.says(ana, "/nota T-1")
    assert "Nota para T-000001" in wanted.text
    await room.says(ana, "Todo tranquilo")
    assert await notes(room) == [Noted(text="Todo tranquilo")]


async def test_every_picture_of_an_album_is_kept(room: Room) -> None:
    _, ana, card = await own_task(room)
    await room.presses(ana, card.buttons["Nota"])
    for name in ("ONE", "TWO", "THREE"):
        photo = [{**FILE, "file_id": name, "width": 9, "height": 9}]
        await room.sends(ana, photo=photo, media_group_id="album")
    assert [note.attachment for note in await notes(room)] == ["ONE", "TWO", "THREE"]
    (over,) = await room.says(ana, "y esto")
    assert "ya está guardada" in over.text
    assert len(await notes(room)) == 3


async def test_a_place_after_an_album_is_where_the_person_is(room: Room) -> None:
    _, ana, card = await own_task(room)
    await room.presses(ana, card.buttons["Nota"])
    await room.sends(ana, photo=EVIDENCE["photo"], media_group_id="album")
    await room.sends(ana, location={"latitude": PARK.lat, "longitude": PARK.lon})
    assert (await room.now(ana)).position is not None


async def test_what_can_not_be_kept_leaves_the_question_open(room: Room) -> None:
    _, ana, card = await own_task(room)
    await room.presses(ana, card.buttons["Nota"])
    sticker = {**FILE, "type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}
    (no,) = await room.sends(ana, sticker=sticker)
    assert "envía un texto, una foto, un video, un audio, un contacto o un documento" in no.text
    (long,) = await room.says(ana, "x" * 4_096)
    assert long.text == "Es demasiado largo: envíalo en 4.000 caracteres como mucho."
    assert await notes(room) == []
    await room.says(ana, "corto")
    assert await notes(room) == [Noted(text="corto")]


async def test_the_question_can_be_taken_back(room: Room) -> None:
    _, ana, card = await own_task(room)
    (wanted,) = await room.presses(ana, card.buttons["Nota"])
    (gone,) = await room.presses(ana, wanted.buttons["Cancelar"])
    assert gone.text == "✖️ Cancelado: no se guardó nada."
    await room.says(ana, "hola")
    assert await notes(room) == []


async def test_the_history_shows_the_evidence_to_whoever_comes_later(room: Room) -> None:
    _, ana, card = await own_task(room)
    await room.presses(ana, card.buttons["Nota"])
    await room.sends(ana, photo=EVIDENCE["photo"], caption="La puerta")
    rosa = await room.person("Rosa", Role.SUPERVISOR)
    (late,) = await room.says(rosa, "/tarea T-1")
    history, photo = await room.presses(rosa, late.buttons["Historia"])
    assert "📷 Ana: foto La puerta" in history.text
    assert (photo.method, photo.payload["photo"]) == ("sendPhoto", "FILE")


async def test_a_note_for_somebody_elses_task_is_refused(room: Room) -> None:
    await own_task(room)
    eva = await room.person("Eva")
    for text in ("/nota T-1 hola", "/nota T-1"):
        (no,) = await room.says(eva, text)
        assert "no es tuya" in no.text
    (no,) = await room.presses(eva, "nota:1:2")
    assert "no es tuya" in no.text
    assert await notes(room) == []
