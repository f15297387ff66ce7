"""Processes of one desk, which can be killed one by one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from emulator import Bot, MessageSent, Telegram, serve
from tests.cluster.balancer import Balancer
from tests.support.desks.disk import asks, enrol
from tests.support.desks.process import ROOT, DeskProcess, is_ready
from tests.support.servers.processes import free_port

TOKEN = "7002:fleet"
PATIENCE = 30.0


class Fleet:
    """Telegram and the balancer in this process; each desk in one of its own. ``sent``: (chat, text), as they came."""

    def __init__(
        self, telegram: Telegram, api: str, balancer: Balancer, folder: Path, storage: str, redis: str
    ) -> None:
        self.telegram = telegram
        self.bot = telegram.add_bot(TOKEN, "gad_bot", "GAD")
        self.sent: list[tuple[int, str]] = []
        self.settings = {
            "GAD_TELEGRAM__TOKEN": TOKEN,
            "GAD_TELEGRAM__API_BASE_URL": api,
            "GAD_TELEGRAM__MODE": "webhook",
            "GAD_TELEGRAM__WEBHOOK_URL": balancer.url,
            "GAD_TELEGRAM__WEBHOOK_SECRET": "known-to-us-and-Telegram",
            "GAD_STORAGE__URL": storage,
            "GAD_REDIS__URL": redis,
            "GAD_INTAKE__LEASE": "5s",
            "GAD_DELIVERY__LEASE": "5s",
            "GAD_LOG__LEVEL": "warning",
        }
        self._storage = storage
        self._balancer = balancer
        self._folder = folder
        self._desks: dict[int, DeskProcess] = {}
        telegram.listen(self._note)

    async def enrol(self, **roles: list[str]) -> list[Any]:
        """People whom the desk knows, by role: ``agent=["Ana"]``; all of them have written to the bot before."""
        return await enrol(self.telegram, self._storage, **roles)

    async def open(self, number: int, release: Path = ROOT) -> None:
        """So many processes more, of this release or another; comes back when each says that it is ready."""
        ports = [free_port() for _ in range(number)]
        for port in ports:
            self._desks[port] = await self._begin(port, release)
        for port in ports:
            await is_ready(port)
        self._balancer.ports += ports

    async def kill_one(self, which: int) -> None:
        """One of them dies as if the plug was pulled; the balancer does not know."""
        port = sorted(self._desks)[which % len(self._desks)]
        await self._desks.pop(port).kill()

    async def refuses(self, release: Path) -> str:
        """Last words of a process of this release that ends instead of opening."""
        desk = await self._begin(free_port(), release, stderr=asyncio.subprocess.PIPE)
        assert await desk.ends() == 69
        return await desk.says()

    async def close(self, release: Path = ROOT) -> None:
        """The processes of this release end as they are told to (SIGTERM)."""
        for port in [port for port, desk in self._desks.items() if desk.release == release]:
            self._balancer.ports.remove(port)
            assert await self._desks.pop(port).close() == 0

    async def are_ready(self) -> None:
        """All processes say that they are, within the test's patience."""
        for port in self._desks:
            await is_ready(port)

    async def replace(self) -> None:
        """As many as the balancer knows of: new ones for those that died."""
        gone = [port for port in self._balancer.ports if port not in self._desks]
        for port in gone:
            self._balancer.ports.remove(port)
        await self.open(len(gone))

    @property
    def ports(self) -> list[int]:
        """Where the side servers of its processes are."""
        return sorted(self._desks)

    @property
    def all_alive(self) -> bool:
        """Whether none of them ended by itself."""
        return all(desk.lives for desk in self._desks.values())

    async def rest(self, patience: float = PATIENCE) -> None:
        """Wait until everything that came was handled and everything that is due has left."""
        left: list[Any] = []
        try:
            async with asyncio.timeout(patience):
                while left := await self._left():  # noqa: ASYNC110 - other processes set no event here
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(f"it never comes to rest: {left}") from None

    async def _left(self) -> list[Any]:
        pending = len(self.bot.updates) + (self.bot.webhook.pending if self.bot.webhook else 0)
        updates = await self.asks("SELECT 'update', state, count(*) FROM inbox WHERE state < 3 GROUP BY state")
        messages = await self.asks(
            "SELECT 'message', line, state, count(*) FROM outbox WHERE state < 3 GROUP BY line, state"
        )
        return [*([("at Telegram", pending)] if pending else []), *updates, *messages]

    async def asks(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database."""
        return await asks(self._storage, query)

    async def end(self) -> None:
        for desk in self._desks.values():
            await desk.kill()

    async def _begin(self, port: int, release: Path, stderr: int | None = None) -> DeskProcess:
        settings = {**self.settings, "GAD_SERVER__PORT": str(port)}
        desk = DeskProcess(self._folder, settings, release=release)
        await desk.begin(stderr=stderr)
        return desk

    def _note(self, event: object) -> None:
        if isinstance(event, MessageSent) and isinstance(event.message.sender, Bot):
            self.sent.append((event.message.chat.id, event.message.text))


@asynccontextmanager
async def fleet(folder: Path, storage: str, redis: str) -> AsyncIterator[Fleet]:
    """A fleet in which nobody is yet; Telegram keeps to its limits."""
    telegram, balancer = Telegram(), Balancer()
    server = await serve(telegram)
    await balancer.start()
    scene = Fleet(telegram, server.url, balancer, folder, storage, redis)
    try:
        yield scene
    finally:
        await scene.end()
        await server.stop()
        await balancer.stop()
