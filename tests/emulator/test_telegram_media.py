"""Photos, voice messages, documents, albums, and their way back."""

import pytest
import telegram as ptb
from telegram.error import BadRequest

from emulator import Person, Telegram


async def test_what_people_send_can_be_fetched(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    world.send_photo(juan, "foto de /lugar", content=b"jpeg")
    world.send_voice(juan, content=b"ogg", duration=5)
    world.send_document(juan, "acta", content=b"pdf", file_name="acta.pdf")
    photo, voice, document = [update.message for update in await api.get_updates()]
    assert photo is not None
    assert voice is not None
    assert document is not None
    assert photo.caption == "foto de /lugar"
    assert photo.caption_entities[0].type == "bot_command"
    assert document.document is not None
    assert document.document.file_name == "acta.pdf"
    assert voice.voice is not None
    contents = [
        bytes(await (await api.get_file(file_id)).download_as_bytearray())
        for file_id in (photo.photo[-1].file_id, voice.voice.file_id, document.document.file_id)
    ]
    assert contents == [b"jpeg", b"ogg", b"pdf"]


async def test_a_file_is_sent_again_by_its_id(api: ptb.Bot, world: Telegram, juan: Person, ana: Person) -> None:
    evidence = world.send_photo(juan, content=b"jpeg")
    assert evidence.photo is not None
    await api.send_photo(ana.id, evidence.photo, caption="<b>prueba</b>", parse_mode="HTML")
    shown = world.messages(ana)[-1]
    assert (shown.photo, shown.text) == (evidence.photo, "prueba")
    with pytest.raises(BadRequest, match="Can't use file of type"):
        await api.send_voice(ana.id, evidence.photo)


async def test_uploads(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    await api.send_document(juan.id, b"cola", filename="mensaje.txt", caption="x")
    await api.send_photo(juan.id, b"jpeg")
    await api.send_voice(juan.id, b"ogg", duration=3)
    document, photo, voice = world.messages(juan)[-3:]
    assert document.document is not None
    assert document.document.file_name == "mensaje.txt"
    assert photo.photo is not None
    assert voice.voice is not None


async def test_an_album(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    album = await api.send_media_group(juan.id, [ptb.InputMediaPhoto(b"a", caption="uno"), ptb.InputMediaPhoto(b"b")])
    assert len({message.media_group_id for message in album}) == 1
    with pytest.raises(BadRequest, match="2 to 10"):
        await api.send_media_group(juan.id, [ptb.InputMediaPhoto(b"a")])


async def test_wrong_files(api: ptb.Bot, juan: Person) -> None:
    for photo, refusal in (
        ("nada", "Wrong file identifier"),
        ("https://gad.ec/foto.jpg", "Failed to get http url content"),
        (b"", "non-empty"),
    ):
        with pytest.raises(BadRequest, match=refusal):
            await api.send_photo(juan.id, photo)
    with pytest.raises(BadRequest, match="caption is too long"):
        await api.send_photo(juan.id, b"jpeg", caption="x" * 1025)
    with pytest.raises(BadRequest):
        await api.get_file("nada")


async def test_old_files_go_when_there_is_no_room(world: Telegram) -> None:
    world.files.capacity = 10
    first = world.files.add("documents", b"x" * 8)
    second = world.files.add("documents", b"y" * 8)
    assert world.files.find(first.file_id) is None
    assert world.files.at(first.path) is None
    assert world.files.find(second.file_id) is second
