"""What becomes of a request: taken, refused, never sent, or nobody knows; against real servers on loopback."""

import asyncio
import io
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer, unused_port
from telegram import Bot, InputFile
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.channel.request import AiohttpRequest, NotSent, Refused, Taken, Unknown

TOKEN = "123:SECRET"
SENT = {"message_id": 7, "date": 1, "chat": {"id": 5, "type": "private", "first_name": "Ana"}, "text": "hola"}
PAYLOAD = {"chat_id": 5, "text": "hola"}


class Telegram:
    """A Bot API of one answer; ``effects`` are the bodies of the messages that it took."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.method = f"{url}/bot{TOKEN}/sendMessage"
        self.effects: list[bytes] = []
        self.answer: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]] = says(200, {"ok": True, "result": SENT})


Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


def says(status: int, body: object) -> Answer:
    async def answer(request: web.BaseRequest) -> web.Response:
        return web.Response(status=status, body=body if isinstance(body, bytes) else msgspec.json.encode(body))

    return answer


def refuses(code: int, description: str = "no", **parameters: int) -> Answer:
    return says(code, {"ok": False, "error_code": code, "description": description, "parameters": parameters})


async def hangs_up(request: web.BaseRequest) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def says_nothing(request: web.BaseRequest) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def hangs_up_in_its_answer(request: web.BaseRequest) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "100"})
    await response.prepare(request)
    await response.write(b'{"ok":true,')
    return await hangs_up(request)


async def speaks_another_language(request: web.BaseRequest) -> web.Response:
    assert isinstance(request.transport, asyncio.Transport)
    request.transport.write(b"220 smtp.example ESMTP\r\n")
    return await hangs_up(request)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async def take(request: web.BaseRequest) -> web.StreamResponse:
        assert telegram is not None
        telegram.effects.append(await request.read())
        return await telegram.answer(request)

    telegram: Telegram | None = None
    async with RawTestServer(take) as server:
        telegram = Telegram(str(server.make_url("")).rstrip("/"))
        yield telegram


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(read_timeout=0.1, connect_timeout=0.2, pool_timeout=0.1) as request:
        yield request
