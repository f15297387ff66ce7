"""The desk as it runs in the field: a process of its own, which can be killed."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from core.person import Person
from core.words import Availability, Membership, Role
from emulator import Bot, Message, MessageSent, Telegram, serve
from storage import people
from storage.migrate import upgrade
from storage.session import Session
from storage.store import Store

ROOT = Path(__file__).parents[2]
TOKEN = "7001:process"
PATIENCE_S = 30.0
_UNFINISHED = ("SELECT count(*) FROM inbox WHERE state < 3", "SELECT count(*) FROM outbox WHERE state < 3")


class Field:
    """Telegram in this process, people, and a desk in another: `open`, `kill`, `close`, as often as wanted."""

    def __init__(self, telegram: Telegram, url: str, folder: Path) -> None:
        self.telegram = telegram
        self.bot = telegram.add_bot(TOKEN, "gad_bot", "GAD")
        self.sent: list[tuple[int, str]] = []
        self._url = url
        self._file = folder / "gad.db"
        self._desk: asyncio.subprocess.Process | None = None
        telegram.listen(self._note)

    async def enrol(self, **roles: list[str]) -> list[Any]:
        """People whom the desk knows, by role: ``agent=["Ana"]``; all of them have written to the bot before."""
        url = f"sqlite+aiosqlite:///{self._file}"
        await upgrade(url)
        store = Store(url)
        await store.start()
        members = [(Role[role.upper()], name) for role, names in roles.items() for name in names]
        accounts = [self.telegram.add_person(name) for _, name in members]

        async def unit(session: Session) -> None:
            for account, (role, name) in zip(accounts, members, strict=True):
                await people.save(session, None, _member(account.id, name, role))

        await store.write(unit)
        await store.stop()
        for account in accounts:
            self.telegram.private(account).started = True
        return accounts

    async def open(self) -> None:
        """Start the process; comes back when it asks Telegram for news."""
        settings = {
            "GAD_TELEGRAM__TOKEN": TOKEN,
            "GAD_TELEGRAM__API_BASE_URL": self._url,
            "GAD_STORAGE__URL": f"sqlite+aiosqlite:///{self._file}",
            "GAD_SERVER__PORT": "0",
            "GAD_DELIVERY__PER_SECOND": "0",
            "GAD_GUARD__PER_SECOND": "0",
            "GAD_LOG__LEVEL": "error",
        }
        config = self._file.with_name("config.toml")
        config.touch()
        polls = self._polls
        self._desk = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--config", str(config), cwd=ROOT, env={**os.environ, **settings}
        )
        await until(lambda: self._polls > polls or self.bot.updates.is_awaited, "the desk asks for news")

    async def kill(self) -> None:
        """As if the plug was pulled."""
        assert self._desk is not None
        self._desk.kill()
        await self._desk.wait()

    async def close(self) -> int:
        """SIGTERM; the exit code."""
        assert self._desk is not None
        self._desk.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE_S):
            return await self._desk.wait()

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
        """What is on disk."""
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()

    async def end(self) -> None:
        if self._desk is not None and self._desk.returncode is None:
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


async def until(condition: Callable[[], bool], what: str, patience: float = PATIENCE_S) -> None:
    """Wait for what another process does."""
    try:
        async with asyncio.timeout(patience):
            while not condition():  # noqa: ASYNC110 - another process sets no event here
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise AssertionError(f"it never happens that {what}") from None


def dice(seed: int) -> random.Random:
    """Chance that can be told again."""
    return random.Random(seed)


def _read(message: Message) -> tuple[int, str]:
    return message.chat.id, message.text


def _member(telegram_id: int, name: str, role: Role) -> Person:
    return Person(
        id=0,
        telegram_id=telegram_id,
        name=name,
        role=role,
        membership=Membership.ACTIVE,
        availability=Availability.AVAILABLE,
    )
