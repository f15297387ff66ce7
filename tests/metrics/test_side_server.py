"""The server itself: one port, opened and closed, with Telegram's webhook where there is one."""

import socket

import pytest
from aiohttp import ClientConnectorError, ClientSession, web

from tests.metrics.side import Side


async def test_what_telegram_pushes_goes_to_whoever_takes_it(closed_side: Side) -> None:
    taken = []

    async def webhook(request: web.Request) -> web.Response:
        taken.append((request.headers["X-Telegram-Bot-Api-Secret-Token"], await request.json()))
        return web.Response()

    closed_side.webhook = webhook
    await closed_side.open()
    update = {"update_id": 1, "message": {"text": "a" * 200_000}}
    answer = await closed_side.says(
        "POST", "/telegram/webhook", update, token=None, X_Telegram_Bot_Api_Secret_Token="hush"
    )
    assert (answer.status, taken) == (200, [("hush", update)])


async def test_without_a_webhook_nothing_is_there(side: Side) -> None:
    assert (await side.says("POST", "/telegram/webhook", {"update_id": 1})).status == 404


async def test_it_listens_from_start_to_stop(side: Side) -> None:
    address = f"http://127.0.0.1:{side.server.port}/health/live"
    await side.server.stop()
    async with ClientSession() as session:
        with pytest.raises(ClientConnectorError):
            await session.get(address)
    await side.server.start()
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{side.server.port}/health/live") as answer:
        assert answer.status == 200


async def test_a_port_that_is_taken_stops_the_start(side: Side) -> None:
    await side.server.stop()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        side.server._wanted_port = taken.getsockname()[1]
        with pytest.raises(OSError, match=r"^server\.port: 127\.0\.0\.1:\d+ can't be listened on: it is in use"):
            await side.server.start()
    assert side.server.port == side.server._wanted_port
