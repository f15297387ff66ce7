"""Animations and audio, alone and in albums; an edit that changes nothing."""

import pytest
import telegram as ptb
from telegram.error import BadRequest

from emulator import Person, Telegram


async def test_what_moves_or_sounds_comes_and_goes_by_its_id(
    api: ptb.Bot, world: Telegram, juan: Person, ana: Person
) -> None:
    world.send_animation(juan, "mira")
    world.send_audio(juan)
    world.send_venue(juan, "Farmacia")
    messages = [update.message for update in await api.get_updates()]
    film, audio, venue = (message for message in messages if message is not None)
    assert film.animation is not None
    assert film.document is not None
    assert film.animation.file_id == film.document.file_id
    assert audio.audio is not None
    assert venue.venue is not None
    assert venue.location is not None
    assert (await api.send_animation(ana.id, film.animation.file_id, caption="corto")).caption == "corto"
    assert (await api.send_audio(ana.id, audio.audio.file_id, caption="voz")).audio is not None
    with pytest.raises(BadRequest, match="Can't use file of type"):
        await api.send_video_note(ana.id, audio.audio.file_id)


async def test_an_album_may_have_videos_among_photos_and_audios_alone(
    api: ptb.Bot, world: Telegram, juan: Person, ana: Person
) -> None:
    photo, video = world.send_photo(juan).wire.photo, world.send_video(juan).wire.video
    audio = world.send_audio(juan).wire.audio
    assert photo is not None
    assert video is not None
    assert audio is not None
    pictures: list[ptb.InputMediaPhoto | ptb.InputMediaVideo] = [
        ptb.InputMediaPhoto(photo[-1].file_id),
        ptb.InputMediaVideo(video.file_id),
    ]
    assert [bool(message.video) for message in await api.send_media_group(ana.id, pictures)] == [False, True]
    sounds = [ptb.InputMediaAudio(audio.file_id), ptb.InputMediaAudio(audio.file_id)]
    assert all(message.audio for message in await api.send_media_group(ana.id, sounds))
    with pytest.raises(BadRequest, match="can't be mixed"):
        await api.send_media_group(ana.id, [sounds[0], ptb.InputMediaPhoto(photo[-1].file_id)])


async def test_an_edit_may_change_nothing_that_a_bot_sees(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    world.react(juan, world.say(juan, "hola"))
    first, second = await api.get_updates()
    assert first.message is not None
    assert second.edited_message is not None
    assert second.edited_message.text == first.message.text
