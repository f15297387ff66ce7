"""A load balancer: hands each request to the next process that takes it."""

from __future__ import annotations

import itertools

import aiohttp
from aiohttp import web


class Balancer:
    """Listens on a port of its own; ``ports`` are those of the processes behind it."""

    def __init__(self) -> None:
        self.ports: list[int] = []
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
        first = next(self._turns)
        for port in (self.ports[(first + n) % len(self.ports)] for n in range(len(self.ports))):
            url = f"http://127.0.0.1:{port}/telegram/webhook"
            try:
                async with self._session.post(url, data=body, headers=headers) as answer:
                    return web.Response(status=answer.status)
            except (aiohttp.ClientError, TimeoutError):
                continue
        return web.Response(status=502)
