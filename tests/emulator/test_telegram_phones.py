"""The socket behind the page: the world when it opens, each change after that, and what people do on it."""

import base64
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import telegram as ptb
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from emulator import Bot, NamedPlace, Person, Server, Telegram, serve


class Page:
    def __init__(self, socket: aiohttp.ClientWebSocketResponse, session: aiohttp.ClientSession, url: str) -> None:
        self._socket = socket
        self._session = session
        self._url = url

    async def frame(self) -> dict[str, Any]:
        frame: dict[str, Any] = await self._socket.receive_json(timeout=5)
        return frame

    async def frames(self, number: int) -> list[dict[str, Any]]:
        return [await self.frame() for _ in range(number)]

    async def does(self, act: str, **what: Any) -> None:
        await self._socket.send_json({"act": act, **{name.rstrip("_"): value for name, value in what.items()}})

    async def fetch(self, path: str) -> bytes:
        async with self._session.get(self._url + path) as response:
            return await response.read()


@pytest.fixture
async def server(world: Telegram) -> AsyncIterator[Server]:
    server = await serve(world, extra_places=[NamedPlace("Hospital", -2.18, -79.88)], center=(-2.19, -79.89))
    yield server
    await server.stop()


@pytest.fixture
async def page(server: Server, juan: Person) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{server.url}/phones/socket") as socket:
        page = Page(socket, session, server.url)
        assert (await page.frame())["type"] == "world"
        yield page


async def test_the_world_when_a_page_opens(
    server: Server, api: ptb.Bot, world: Telegram, bot: Bot, juan: Person, ana: Person
) -> None:
    group = world.add_group("Supervisores", [ana, bot])
    await api.set_my_commands([("nueva", "Nueva tarea")])
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{server.url}/phones/socket") as socket:
        shown = await socket.receive_json(timeout=5)
    assert shown["people"][0] == {"id": juan.id, "name": "Juan Pérez", "username": "juan", "role_hint": ""}
    about = {"id": bot.id, "name": "GAD", "username": "gad_bot"}
    assert shown["chats"][0] == {
        "id": juan.id,
        "kind": "private",
        "title": "Juan Pérez",
        "members": [juan.id],
        "bot": about,
        "blocked": False,
    }
    assert (shown["chats"][2]["id"], shown["chats"][2]["members"]) == (group.id, [ana.id, bot.id])
    assert [message["text"] for message in shown["messages"][str(juan.id)]] == ["/start"]
    menu = [{"command": "nueva", "description": "Nueva tarea"}]
    assert shown["commands"][str(ana.id)] == {str(ana.id): menu, str(group.id): menu}
    place = {"name": "Hospital", "lat": -2.18, "lon": -79.88}
    assert shown["map"] == {"center": [-2.19, -79.89], "span_km": 6, "places": [place]}


async def test_what_the_bot_does_is_shown(api: ptb.Bot, page: Page, world: Telegram, juan: Person) -> None:
    keyboard = InlineKeyboardMarkup(
        [[InlineKeyboardButton("Voy", callback_data="v"), InlineKeyboardButton("Mapa", url="https://gad.ec")]]
    )
    sent = await api.send_message(juan.id, "<b>😀 hola</b>", parse_mode="HTML", reply_markup=keyboard)
    frame = await page.frame()
    assert (frame["type"], frame["chat"]) == ("message", juan.id)
    message = frame["message"]
    assert message["from"] == {"id": 4242, "name": "GAD", "is_bot": True}
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 7}]
    assert message["inline"] == [[{"text": "Voy", "data": "v"}, {"text": "Mapa", "url": "https://gad.ec"}]]
    await page.does("press", as_=juan.id, message_id=sent.message_id, row=0, col=0)
    [update] = await api.get_updates(timeout=5)
    assert update.callback_query is not None
    await update.callback_query.answer("anotado")
    answered = await page.frame()
    assert answered == {
        "type": "answered",
        "person": juan.id,
        "chat": juan.id,
        "message_id": sent.message_id,
        "data": "v",
        "query_id": update.callback_query.id,
        "text": "anotado",
        "alert": False,
    }
    await sent.edit_text("adiós")
    assert (await page.frame())["message"]["text"] == "adiós"
    await sent.pin()
    assert [frame["type"] for frame in await page.frames(2)] == ["pinned", "message"]
    await api.send_chat_action(juan.id, "typing")
    assert await page.frame() == {"type": "typing", "chat": juan.id}
    await sent.delete()
    gone, unpinned = sorted(await page.frames(2), key=lambda frame: str(frame["type"]))
    assert (gone["message_id"], unpinned["message_id"]) == (sent.message_id, None)
    await api.set_my_commands([("nueva", "Nueva")], ptb.BotCommandScopeChat(juan.id))
    assert (await page.frame())["commands"] == [{"command": "nueva", "description": "Nueva"}]


async def test_reply_keyboards(api: ptb.Bot, page: Page, juan: Person) -> None:
    keys = ReplyKeyboardMarkup(
        [[KeyboardButton("📍", request_location=True)]], one_time_keyboard=True, input_field_placeholder="Lugar"
    )
    await api.send_message(juan.id, "¿dónde?", reply_markup=keys)
    assert (await page.frame())["message"]["reply_keyboard"] == {
        "rows": [[{"text": "📍", "request_location": True, "request_contact": False}]],
        "one_time": True,
        "placeholder": "Lugar",
    }
    await page.does("press_reply_key", as_=juan.id, row=0, col=0, place=[-2.19, -79.88])
    message = (await page.frame())["message"]
    assert message["place"] == {"lat": -2.19, "lon": -79.88, "live": False}
    await api.send_message(juan.id, "gracias", reply_markup=ptb.ReplyKeyboardRemove())
    assert (await page.frame())["message"]["remove_keyboard"] is True


async def test_what_people_do(page: Page, world: Telegram, juan: Person) -> None:
    await page.does("say", as_=juan.id, chat=juan.id, text="/nueva", reply_to=None)
    said = (await page.frame())["message"]
    assert (said["text"], said["entities"][0]["type"]) == ("/nueva", "bot_command")
    await page.does("edit", as_=juan.id, chat=juan.id, message_id=said["id"], text="/nueva ya")
    assert (await page.frame())["message"]["edit_date"] is not None
    await page.does("send_place", as_=juan.id, lat=1, lon=2, live_period=60)
    place = (await page.frame())["message"]
    assert place["place"] == {"lat": 1.0, "lon": 2.0, "live": True, "live_until": place["date"] + 60}
    data = base64.b64encode(b"datos").decode()
    await page.does("send_photo", as_=juan.id, caption="foto", data_base64=data)
    photo = (await page.frame())["message"]
    assert await page.fetch(photo["photo"]) == b"datos"
    await page.does("send_document", as_=juan.id, data_base64=data, file_name="acta.pdf")
    assert (await page.frame())["message"]["document"]["name"] == "acta.pdf"
    await page.does("send_voice", as_=juan.id, data_base64=data)
    voice = (await page.frame())["message"]["voice"]
    assert await page.fetch(voice) == b"datos"
    assert await page.fetch("/phones/file/nada") == b"404: Not Found"


async def test_what_people_can_not_do_is_said_on_their_phone(page: Page, juan: Person) -> None:
    await page.does("edit", as_=juan.id, message_id=99, text="hola")
    assert await page.frame() == {"type": "error", "person": juan.id, "text": "Ese mensaje ya no existe."}
    await page.does("dance", as_=juan.id)
    refused = await page.frame()
    assert (refused["type"], refused["person"]) == ("error", None)


async def test_a_bot_that_was_blocked_is_shown_so(page: Page, juan: Person) -> None:
    await page.does("block", as_=juan.id)
    chat = await page.frame()
    assert (chat["type"], chat["id"], chat["blocked"]) == ("chat", juan.id, True)
    await page.does("say", as_=juan.id, text="hola")
    assert (await page.frame())["text"] == "Juan bloqueó al bot."
    await page.does("unblock", as_=juan.id)
    assert (await page.frame())["blocked"] is False


async def test_people_come_and_go(page: Page, world: Telegram, bot: Bot) -> None:
    await page.does("add_person", name="Eva Paz")
    person, chat, commands = await page.frames(3)
    assert (person["type"], person["name"]) == ("person", "Eva Paz")
    assert (chat["type"], chat["id"]) == ("chat", person["id"])
    assert commands["type"] == "commands"
    world.add_group("Turno", [world.people[person["id"]], bot])
    assert (await page.frame())["title"] == "Turno"


async def test_the_page_is_served(server: Server) -> None:
    async with aiohttp.ClientSession() as session, session.get(server.url) as response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert response.headers["Cache-Control"] == "no-cache"
