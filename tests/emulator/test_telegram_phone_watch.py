"""Messages on a phone, as another process sees them: at once, as soon as they come, or not at all."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
import telegram as ptb

from emulator import Person, Server, Telegram


class Asker:
    """Asks for what phones show."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def __call__(self, person: int, text: str, **wanted: str | float) -> Any:
        async with self._session.get(f"/emulator/phone?{urlencode({'as': person, 'text': text, **wanted})}") as answer:
            return await answer.json()


@pytest.fixture
async def seen(server: Server) -> AsyncIterator[Asker]:
    async with aiohttp.ClientSession(server.url) as session:
        yield Asker(session)


def keyboard(*labels: str) -> ptb.InlineKeyboardMarkup:
    return ptb.InlineKeyboardMarkup([[ptb.InlineKeyboardButton(label, callback_data=label) for label in labels]])


async def test_only_the_bots_messages_with_the_text_are_listed(
    seen: Asker, api: ptb.Bot, juan: Person, ana: Person, world: Telegram
) -> None:
    await api.send_message(juan.id, "Robo 1", reply_markup=keyboard("Recibido", "Asignar"))
    await api.send_message(juan.id, "Robo 2")
    await api.send_message(ana.id, "Robo 1")
    world.say(juan, "Robo 1")
    assert await seen(juan.id, "Robo 1") == [{"id": 2, "text": "Robo 1", "buttons": ["Recibido", "Asignar"]}]
    assert [message["id"] for message in await seen(juan.id, "Robo")] == [2, 3]
    assert await seen(juan.id, "Robo", **{"and": "2"}) == [{"id": 3, "text": "Robo 2", "buttons": []}]


async def test_whoever_waits_hears_of_what_comes_and_of_what_changes(seen: Asker, api: ptb.Bot, juan: Person) -> None:
    waits = asyncio.create_task(seen(juan.id, "Robo", button="Recibido", wait=30))
    sent = await api.send_message(juan.id, "Robo")
    await sent.edit_reply_markup(keyboard("Recibido"))
    assert (await waits)[0]["buttons"] == ["Recibido"]
    gone = asyncio.create_task(seen(juan.id, "Robo", without="Recibido", wait=30))
    again = asyncio.create_task(seen(juan.id, "Robo", count=2, wait=30))
    await sent.edit_reply_markup(keyboard("Asignar"))
    assert (await gone)[0]["buttons"] == ["Asignar"]
    await api.send_message(juan.id, "(reenvío) Robo")
    assert len(await again) == 2


async def test_what_does_not_come_is_not_waited_for_longer_than_was_said(
    seen: Asker, juan: Person, world: Telegram
) -> None:
    assert await seen(juan.id, "Robo", wait=0.01) == []
    assert await seen(1, "Robo", wait=0.01) == {"error": "nobody has the id 1"}
