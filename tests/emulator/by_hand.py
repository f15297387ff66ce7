"""Helpers of the emulator's tests: a clock that they move, and calls made by hand or by python-telegram-bot."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import telegram as ptb

from emulator import Server

TOKEN = "4242:secret"


class Clock:
    """Seconds since the epoch that only a test moves."""

    def __init__(self) -> None:
        self.time = 1_790_000_000.0

    def __call__(self) -> float:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += seconds


def client(server: Server, token: str = TOKEN) -> ptb.Bot:
    return ptb.Bot(token, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot")


async def answer_of(server: Server, method: str, **request: Any) -> tuple[int, dict[str, Any]]:
    """HTTP status and JSON of a call; ``request`` says how aiohttp is to send its parameters."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/bot{TOKEN}/{method}", **request) as response,
    ):
        answer: dict[str, Any] = await response.json()
        assert answer["ok"] is (response.status == 200)
        assert answer.get("error_code", 200) == response.status
        return response.status, answer


async def until(happens: Callable[[], bool]) -> None:
    """Wait for something that goes on at the other end of a connection.

    Raises:
        TimeoutError: it didn't happen for five seconds.
    """
    async with asyncio.timeout(5):
        while not happens():  # noqa: ASYNC110 - nobody at the other end can set an event
            await asyncio.sleep(0.002)


async def refusal_of(server: Server, method: str, parameters: dict[str, Any]) -> str:
    """The description of a 400."""
    status, answer = await answer_of(server, method, json=parameters)
    assert status == 400
    description: str = answer["description"]
    return description.removeprefix("Bad Request: ")
