"""A load balancer: hands each request to the next process that takes it. It can be out of order."""

from __future__ import annotations

import asyncio
import itertools
import random

import aiohttp
from aiohttp import web

LATE = 1.0  # seconds at most


class Balancer:
    """Listens on a port of its own; ``ports`` are those of the processes behind it.

    With ``mischief`` some requests come late, behind others; some reach two processes; and some answers are lost, so
    that the request is made again.
    """

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.mischief: random.Random | None = None
        self._turns = itertools.count()
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/telegram/webhook", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10))
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/telegram/webhook"

    async def stop(self) -> None:
        assert self._runner is not None
        await self._session.close()
        await self._runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.startswith("X-Telegram")}
        match self.mischief.randrange(8) if self.mischief is not None else None:
            case 0 | 1:
                assert self.mischief is not None
                await asyncio.sleep(self.mischief.random() * LATE)
            case 2:
                answer, _ = await asyncio.gather(self._take_to_one(body, headers), self._take_to_one(body, headers))
                return answer
            case 3:
                await self._take_to_one(body, headers)
                return web.Response(status=502)
            case _:
                pass
        return await self._take_to_one(body, headers)

    async def _take_to_one(self, body: bytes, headers: dict[str, str]) -> web.Response:
        first = next(self._turns)
        for port in (self.ports[(first + n) % len(self.ports)] for n in range(len(self.ports))):
            url = f"http://127.0.0.1:{port}/telegram/webhook"
            try:
                async with self._session.post(url, data=body, headers=headers) as answer:
                    return web.Response(status=answer.status)
            except (aiohttp.ClientError, TimeoutError):
                continue
        return web.Response(status=502)
