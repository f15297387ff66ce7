"""Faults on demand, and what a bot sees of each."""

import asyncio
import gzip
import json
from typing import Any

import aiohttp
import pytest
import telegram as ptb
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from emulator import Fault, Person, Server, Telegram
from tests.emulator.by_hand import TOKEN, answer_of


@pytest.mark.parametrize(
    ("code", "error"),
    [(502, NetworkError), (500, NetworkError), (401, InvalidToken), (403, Forbidden), (400, BadRequest)],
)
async def test_a_status_does_nothing(
    api: ptb.Bot, world: Telegram, juan: Person, code: int, error: type[Exception]
) -> None:
    world.faults.add(Fault("status", code=code, method="sendMessage"))
    with pytest.raises(error):
        await api.send_message(juan.id, "uno")
    await api.send_message(juan.id, "dos")
    assert [m.text for m in world.messages(juan)] == ["/start", "dos"]
    assert [(c.method, c.chat_id, c.ok, c.error_code) for c in world.calls][-2:] == [
        ("sendMessage", juan.id, False, code),
        ("sendMessage", juan.id, True, None),
    ]


async def test_too_many_requests_say_how_long(
    server: Server, api: ptb.Bot, world: Telegram, juan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    world.faults.add(Fault("status", code=429, retry_after=7, times=2))
    with pytest.raises(RetryAfter, match="0:00:07"):
        await api.send_message(juan.id, "uno")
    status, answer = await answer_of(server, "sendMessage", json={"chat_id": juan.id, "text": "uno"})
    assert (status, answer["parameters"]) == (429, {"retry_after": 7})


async def test_a_connection_is_cut_before_or_after(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    world.faults.add(Fault("reset_before"))
    with pytest.raises(NetworkError):
        await api.send_message(juan.id, "nunca")
    world.faults.add(Fault("reset_after"))
    with pytest.raises(NetworkError):
        await api.send_message(juan.id, "hecho")
    assert [m.text for m in world.messages(juan)] == ["/start", "hecho"]


async def test_no_answer_ever(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    world.faults.add(Fault("timeout"))
    with pytest.raises(TimedOut):
        await api.send_message(juan.id, "x", read_timeout=0.05)
    await api.send_message(juan.id, "y")
    assert [m.text for m in world.messages(juan)] == ["/start", "y"]


async def test_slow_is_late_but_done(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    world.faults.add(Fault("slow", seconds=0.05))
    started = asyncio.get_running_loop().time()
    await api.send_message(juan.id, "x")
    assert asyncio.get_running_loop().time() - started >= 0.05


async def test_garbage_is_no_json(server: Server, world: Telegram, juan: Person) -> None:
    world.faults.add(Fault("garbage"))
    with pytest.raises(ValueError, match="Expecting value"):
        await answer_of(server, "sendMessage", json={"chat_id": juan.id, "text": "x"})
    assert len(world.messages(juan)) == 1


async def test_a_proxy_answers_in_telegrams_place_and_nothing_is_done(
    server: Server, world: Telegram, juan: Person
) -> None:
    page = {"Content-Type": "text/html", "Retry-After": "9"}
    world.faults.add(Fault("proxy", code=403, body="<h1>Forbidden</h1>", headers=page))
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/bot{TOKEN}/sendMessage", json={"chat_id": juan.id, "text": "x"}) as response,
    ):
        assert (response.status, await response.text()) == (403, "<h1>Forbidden</h1>")
        assert (response.content_type, response.headers["Retry-After"]) == ("text/html", "9")
    assert [m.text for m in world.messages(juan)] == ["/start"]


async def test_an_answer_comes_compressed_though_nobody_asked(server: Server, world: Telegram, juan: Person) -> None:
    world.faults.add(Fault("gzip"))
    async with (
        aiohttp.ClientSession(auto_decompress=False) as session,
        session.post(
            f"{server.url}/bot{TOKEN}/sendMessage",
            json={"chat_id": juan.id, "text": "x"},
            headers={"Accept-Encoding": "identity"},
        ) as response,
    ):
        assert response.headers["Content-Encoding"] == "gzip"
        assert json.loads(gzip.decompress(await response.read()))["result"]["text"] == "x"
    assert len(world.messages(juan)) == 2


async def test_a_fault_picks_its_calls(api: ptb.Bot, world: Telegram, juan: Person, ana: Person) -> None:
    world.faults.add(Fault("status", method="sendmessage", chat_id=ana.id, after=1, times=None))
    await api.send_message(juan.id, "x")
    await api.send_message(ana.id, "x")
    await api.send_location(ana.id, 1, 1)
    for _ in range(3):
        with pytest.raises(NetworkError):
            await api.send_message(ana.id, "y")
    world.faults.clear()
    await api.send_message(ana.id, "y")


async def test_updates_can_be_lost(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    world.faults.add(Fault("drop_updates", times=2))
    for text in ("uno", "dos", "tres"):
        world.say(juan, text)
    [update] = await api.get_updates()
    assert update.message is not None
    assert update.message.text == "tres"


async def test_chance_is_the_same_in_every_run() -> None:
    def strikes() -> list[bool]:
        world = Telegram()
        world.faults.add(Fault("status", times=None, chance=0.5))
        return [world.faults.strike("sendMessage", 1) is not None for _ in range(50)]

    assert strikes() == strikes()
    assert 10 < sum(strikes()) < 40


async def test_faults_are_set_from_another_process(server: Server, api: ptb.Bot, world: Telegram, juan: Person) -> None:
    async def control(verb: str, path: str, json: Any = None) -> Any:
        async with (
            aiohttp.ClientSession() as session,
            session.request(verb, f"{server.url}/emulator/{path}", json=json) as response,
        ):
            return response.status, await response.json()

    assert await control("POST", "faults", {"kind": "status", "code": 502, "times": None}) == (200, {"faults": 1})
    with pytest.raises(NetworkError):
        await api.send_message(juan.id, "x")
    assert (await control("GET", "faults"))[1][0]["kind"] == "status"
    assert await control("DELETE", "faults") == (200, {"faults": 0})
    await api.send_message(juan.id, "x")
    assert (await control("POST", "faults", {"kind": "plague"}))[0] == 400
    assert (await control("POST", "faults", {"kind": "slow", "sceonds": 1}))[0] == 400
