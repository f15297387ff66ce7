"""The desk as it runs in the field: a process of its own, which can be killed."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from emulator import Bot, Message, MessageSent, Telegram, serve
from storage.ops.migrate import upgrade
from tests.support.databases import url_of
from tests.support.desks.disk import asks_file, enrol
from tests.support.desks.process import DeskProcess, until

TOKEN = "7001:process"
_UNFINISHED = ("SELECT count(*) FROM inbox WHERE state < 3", "SELECT count(*) FROM outbox WHERE state < 3")


class Field:
    """Telegram in this process, people, and a desk in another: `open`, `kill`, `close`, as often as wanted."""

    def __init__(self, telegram: Telegram, url: str, folder: Path, *, storage: str = "") -> None:
        self.telegram = telegram
        self.bot = telegram.add_bot(TOKEN, "gad_bot", "GAD")
        self.sent: list[tuple[int, str]] = []
        self._storage = storage or url_of(folder / "gad.db")
        self.settings = {
            "GAD_TELEGRAM__TOKEN": TOKEN,
            "GAD_TELEGRAM__API_BASE_URL": url,
            "GAD_STORAGE__URL": self._storage,
            "GAD_SERVER__PORT": "0",
            "GAD_DELIVERY__PER_SECOND": "0",
            "GAD_USER_RATE_LIMIT__PER_SECOND": "0",
            "GAD_LOG__LEVEL": "error",
        }
        self._desk = DeskProcess(folder, self.settings)
        telegram.listen(self._note)

    async def enrol(self, **roles: list[str]) -> list[Any]:
        """People whom the desk knows, by role: ``agent=["Ana"]``; all of them have written to the bot before."""
        await upgrade(self._storage)
        return await enrol(self.telegram, self._storage, **roles)

    async def open(self) -> None:
        """Start the process; comes back when it asks Telegram for news."""
        polls = self._polls
        await self._desk.begin()
        await until(lambda: self._polls > polls or self.bot.updates.is_awaited, "the desk asks for news")

    async def kill(self) -> None:
        """As if the plug was pulled."""
        await self._desk.kill()

    @property
    def pid(self) -> int:
        """The number of the desk's process."""
        return self._desk.pid

    async def close(self) -> int:
        """SIGTERM; the exit code."""
        return await self._desk.close()

    async def sends(self, more: int) -> None:
        """Wait until so many more messages have come to Telegram."""
        goal = len(self.sent) + more
        await until(lambda: len(self.sent) >= goal, f"{more} more messages leave")

    async def rest(self) -> None:
        """Wait until everything that came was handled and everything that is due has left."""

        def done() -> bool:
            unfinished = [self.asks(query) for query in _UNFINISHED]
            return not len(self.bot.updates) and unfinished == [[(0,)], [(0,)]]

        await until(done, "all is done")

    def asks(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database."""
        return asks_file(self._storage, query)

    async def end(self) -> None:
        if self._desk.lives:
            await self.kill()

    @property
    def _polls(self) -> int:
        return sum(call.method == "getUpdates" for call in self.telegram.calls)

    def _note(self, event: object) -> None:
        if isinstance(event, MessageSent) and isinstance(event.message.sender, Bot):
            self.sent.append(_read(event.message))


@asynccontextmanager
async def field(folder: Path) -> AsyncIterator[Field]:
    """A field without flood control, in which nobody is yet."""
    telegram = Telegram()
    telegram.flood.enabled = False
    server = await serve(telegram)
    scene = Field(telegram, server.url, folder)
    try:
        yield scene
    finally:
        await scene.end()
        await server.stop()


def dice(seed: int) -> random.Random:
    """Chance that can be told again."""
    return random.Random(seed)


def _read(message: Message) -> tuple[int, str]:
    return message.chat.id, message.text
