"""The other end of the tests' requests: a Bot API of one answer, and the ways in which it may answer."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable

import msgspec
from aiohttp import web

TOKEN = "123:SECRET"
SENT = {"message_id": 7, "date": 1, "chat": {"id": 5, "type": "private", "first_name": "Ana"}, "text": "hola"}
PAYLOAD = {"chat_id": 5, "text": "hola"}


Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


def says(status: int, body: object) -> Answer:
    async def answer(request: web.BaseRequest) -> web.Response:
        return web.Response(status=status, body=body if isinstance(body, bytes) else msgspec.json.encode(body))

    return answer


def refuses(code: int, description: str = "no", **parameters: int) -> Answer:
    return says(code, {"ok": False, "error_code": code, "description": description, "parameters": parameters})


async def sends_elsewhere(request: web.BaseRequest) -> web.Response:
    return web.Response(status=302, headers={"Location": "/elsewhere"})


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


async def drips(request: web.BaseRequest) -> web.StreamResponse:
    """One byte at a time, and never the last one."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.05)


async def pours(request: web.BaseRequest) -> web.StreamResponse:
    """As much as the line takes, without an end."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b" " * 1_000_000)


async def speaks_another_language(request: web.BaseRequest) -> web.Response:
    assert isinstance(request.transport, asyncio.Transport)
    request.transport.write(b"220 smtp.example ESMTP\r\n")
    return await hangs_up(request)


class Telegram:
    """A Bot API of one answer; ``effects`` are the bodies of what it took. A deaf one hangs up before it reads."""

    url = ""
    deaf = False
    form: dict[str, object] | None = None

    def __init__(self) -> None:
        self.effects: list[bytes] = []
        self.answer: Answer = says(200, {"ok": True, "result": SENT})
        self._took = asyncio.Event()

    @property
    def method(self) -> str:
        return f"{self.url}/bot{TOKEN}/sendMessage"

    async def take(self, request: web.BaseRequest) -> web.StreamResponse:
        if self.deaf:
            return await hangs_up(request)
        if request.content_type == "multipart/form-data":
            fields = await request.post()
            self.form = {
                name: (field.filename, field.file.read()) if isinstance(field, web.FileField) else field
                for name, field in fields.items()
            }
        self.effects.append(await request.read())
        self._took.set()
        return await self.answer(request)

    async def has_taken(self, count: int) -> None:
        while len(self.effects) < count:
            self._took.clear()
            await self._took.wait()


def tells_no_secret(error: BaseException) -> None:
    """Neither what is shown of an error nor its traceback has the token."""
    assert TOKEN not in "".join(traceback.format_exception(error))
