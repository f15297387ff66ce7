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


async def test_an_album_takes_videos_and_does_not_mix_documents_with_them(
    api: ptb.Bot, world: Telegram, juan: Person
) -> None:
    photo, video = ptb.InputMediaPhoto(b"a"), ptb.InputMediaVideo(b"b", caption="dos", duration=7)
    sent = await api.send_media_group(juan.id, [photo, video])
    assert sent[1].video is not None
    assert sent[1].caption == "dos"
    kept = world.messages(juan)[-1].wire.video
    assert kept is not None
    assert kept.duration == 7
    before = len(world.messages(juan))
    for other in (photo, video):
        with pytest.raises(BadRequest, match="can't be mixed"):
            await api.send_media_group(juan.id, [ptb.InputMediaDocument(b"c"), other])
    assert len(world.messages(juan)) == before
    await api.edit_message_caption(juan.id, sent[1].message_id, caption="tres")


async def test_round_videos_and_stickers_both_ways(api: ptb.Bot, world: Telegram, juan: Person, ana: Person) -> None:
    world.send_video_note(juan, content=b"round", duration=9)
    world.send_sticker(juan, "🚒")
    note, sticker = [update.message for update in await api.get_updates()]
    assert note is not None
    assert note.video_note is not None
    assert sticker is not None
    assert sticker.sticker is not None
    assert (note.video_note.length, sticker.sticker.emoji) == (240, "🚒")
    assert bytes(await (await api.get_file(note.video_note.file_id)).download_as_bytearray()) == b"round"
    again = await api.send_video_note(ana.id, note.video_note.file_id, duration=9)
    assert again.video_note is not None
    passed = await api.forward_message(ana.id, juan.id, sticker.message_id)
    assert passed.sticker is not None
    assert (await api.send_sticker(ana.id, b"webp", emoji="👍")).sticker is not None
    with pytest.raises(BadRequest, match="Video_note_duration_invalid"):
        await api.send_video_note(ana.id, b"long", duration=61)
    with pytest.raises(BadRequest, match="Can't use file of type"):
        await api.send_video(ana.id, note.video_note.file_id)


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
