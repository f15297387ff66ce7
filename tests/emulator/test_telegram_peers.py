"""Another library's bot on the same server: what aiogram reads must be there too."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup

from emulator import Bot, Person, Server, Telegram
from tests.emulator.by_hand import TOKEN


@pytest.fixture
async def peer(server: Server, bot: Bot) -> AsyncIterator[AiogramBot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    async with AiogramBot(TOKEN, session=session) as peer:
        yield peer


async def test_a_conversation(peer: AiogramBot, world: Telegram, juan: Person) -> None:
    world.say(juan, "/nueva")
    [update] = await peer.get_updates(timeout=1)
    assert update.message is not None
    assert update.message.entities is not None
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Voy", callback_data="v")]])
    sent = await peer.send_message(juan.id, "<b>tarea</b>", parse_mode="HTML", reply_markup=keyboard)
    world.press(juan, world.messages(juan)[-1], "Voy")
    [update] = await peer.get_updates(offset=update.update_id + 1)
    assert update.callback_query is not None
    assert await peer.answer_callback_query(update.callback_query.id, "anotado")
    edited = await peer.edit_message_text("hecho", chat_id=juan.id, message_id=sent.message_id)
    assert not isinstance(edited, bool)
    assert (edited.text, (await peer.me()).username) == ("hecho", "gad_bot")


async def test_files(peer: AiogramBot, world: Telegram, juan: Person) -> None:
    sent = await peer.send_document(juan.id, BufferedInputFile(b"acta", "acta.txt"), caption="x")
    assert sent.document is not None
    file = await peer.download(sent.document.file_id)
    assert file is not None
    assert file.read() == b"acta"
    shared = await peer.send_location(juan.id, -2.19, -79.88, live_period=60)
    assert shared.location is not None
    assert shared.location.live_period == 60


async def test_refusals(peer: AiogramBot, world: Telegram, bot: Bot, juan: Person) -> None:
    world.flood.enabled, world.flood.private_burst = True, 1
    await peer.send_message(juan.id, "uno")
    with pytest.raises(TelegramRetryAfter) as flooded:
        await peer.send_message(juan.id, "dos")
    assert flooded.value.retry_after == 1
    world.block(juan, bot)
    with pytest.raises(TelegramForbiddenError):
        await peer.send_message(juan.id, "dos")
