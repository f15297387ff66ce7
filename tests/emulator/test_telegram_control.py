"""The control room: what a bench or a chaos run does to an emulator in another process."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
import telegram as ptb

from emulator import Bot, Person, Server, Telegram

Control = Callable[..., Awaitable[tuple[int, Any]]]


@pytest.fixture
async def control(server: Server) -> AsyncIterator[Control]:
    async with aiohttp.ClientSession(server.url) as session:

        async def call(verb: str, path: str, json: Any = None) -> tuple[int, Any]:
            async with session.request(verb, f"/emulator/{path}", json=json) as response:
                return response.status, await response.json()

        yield call


async def test_people_and_groups_are_made(control: Control, world: Telegram, bot: Bot, api: ptb.Bot) -> None:
    status, made = await control("POST", "people", [{"name": "Eva Paz", "started": True}, {"name": "Leo", "id": 77}])
    assert (status, [person["id"] for person in made]) == (200, [1001, 77])
    await api.send_message(1001, "hola")
    assert [person["name"] for person in (await control("GET", "people"))[1]] == ["Eva Paz", "Leo"]
    status, group = await control("POST", "groups", {"title": "Turno", "members": [1001, 77, bot.id]})
    await api.send_message(group["id"], "hola")
    assert (await control("POST", "groups", {"title": "Nadie", "members": [5]}))[0] == 400


async def test_people_act(control: Control, world: Telegram, api: ptb.Bot, juan: Person) -> None:
    await api.send_message(
        juan.id, "x", reply_markup=ptb.InlineKeyboardMarkup([[ptb.InlineKeyboardButton("Voy", callback_data="v")]])
    )
    acts: list[dict[str, Any]] = [
        {"act": "say", "as": juan.id, "text": "hola"},
        {"act": "press", "as": juan.id, "message_id": 2, "label": "Voy"},
        {"act": "send_place", "as": juan.id, "lat": 1, "lon": 2, "live_period": 60},
        {"act": "move", "as": juan.id, "message_id": 4, "lat": 1, "lon": 3},
        {"act": "stop_live", "as": juan.id, "message_id": 4},
        {"act": "edit", "as": juan.id, "message_id": 3, "text": "adiós"},
        {"act": "forward", "as": juan.id, "message_id": 3},
        {"act": "send_contact", "as": juan.id},
        {"act": "block", "as": juan.id},
        {"act": "unblock", "as": juan.id},
    ]
    assert await control("POST", "act", acts) == (200, [3, None, 4, 4, 4, 3, 5, 6, None, None])
    kinds = [next(key for key in u.to_dict() if key != "update_id") for u in await api.get_updates()]
    assert (
        kinds
        == ["message", "callback_query", "message", *["edited_message"] * 3, "message", "message"]
        + ["my_chat_member"] * 2
    )


@pytest.mark.parametrize(
    "act",
    [
        {"act": "say", "as": 9, "text": "hola"},
        {"act": "say", "as": 1001, "chat": -9, "text": "hola"},
        {"act": "say", "as": 1001, "text": " "},
        {"act": "press", "as": 1001, "message_id": 1, "label": "Voy"},
        {"act": "press", "as": 1001, "message_id": 1, "row": 0, "col": 0},
        {"act": "press", "as": 1001, "message_id": 99, "label": "Voy"},
        {"act": "press_reply_key", "as": 1001, "row": 0, "col": 0},
        {"act": "send_place", "as": 1001, "lat": 91, "lon": 0},
        {"act": "send_photo", "as": 1001, "data_base64": "?"},
        {"act": "dance", "as": 1001},
        {"as": 1001},
    ],
)
async def test_what_nobody_can_do_is_refused(control: Control, juan: Person, act: dict[str, Any]) -> None:
    status, answer = await control("POST", "act", act)
    assert (status, list(answer)) == (400, ["error"])


async def test_updates_are_injected_in_bulk(control: Control, world: Telegram, api: ptb.Bot, juan: Person) -> None:
    said = world.say(juan, "molde")
    raw = [{"message": {"message_id": n, "date": said.date, "chat": {"id": n, "type": "private"}}} for n in range(150)]
    assert await control("POST", "updates", raw) == (200, {"updates": 150})
    first = await api.get_updates()
    second = await api.get_updates(offset=first[-1].update_id + 1)
    assert [update.update_id for update in first + second] == list(range(2, 153))
    assert (await control("POST", "updates", [{"update_id": 1}]))[0] == 400
    assert (await control("POST", "updates", [[]]))[0] == 400


async def test_calls_are_kept(control: Control, api: ptb.Bot, juan: Person) -> None:
    await control("DELETE", "calls")
    await api.send_message(juan.id, "uno")
    await api.send_chat_action(juan.id, "typing")
    _, calls = await control("GET", "calls?method=sendMessage")
    assert [(call["method"], call["chat_id"], call["ok"]) for call in calls] == [("sendMessage", juan.id, True)]
    assert len((await control("GET", "calls?last=1"))[1]) == 1
    assert (await control("GET", "stats"))[1]["calls"] == {"sendMessage ok": 1, "sendChatAction ok": 1}


async def test_limits_are_set(control: Control, world: Telegram) -> None:
    status, limits = await control("POST", "limits", {"enabled": True, "private_burst": 2})
    assert (status, limits["private_burst"], world.flood.enabled, world.flood.private_burst) == (200, 2, True, 2)
