"""The desk of the alarm drill: a process with people and a local Telegram, scraped by a Prometheus."""

import socket
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import aiohttp

from emulator import Telegram, serve
from emulator.people import Person
from scripts.long_faults import Machine, small_disk
from tests.story.process import Field
from tests.support.desks.process import is_ready
from tests.support.servers.prometheus import RULES, Prometheus

NONE: Mapping[str, str] = MappingProxyType({})
TOKEN = "the-token-of-the-drill"  # noqa: S105 - of a desk that nobody reaches


class Site:
    """Everything that is there: Telegram, the desk, Prometheus, and the people."""

    def __init__(self, field: Field, prometheus: Prometheus, port: int, folder: Path) -> None:
        self.field = field
        self.storage = field.settings["GAD_STORAGE__URL"]
        self.telegram = field.telegram
        self.prometheus = prometheus
        self.port = port
        self.file = folder / "gad.db"
        self.machine = Machine(self.file, folder / "config.toml", folder / "backups", lambda: field.pid)
        self.wrong_by = 0.0  # seconds by which Telegram's clock is ahead
        self.people: list[Person] = []

    def cries(self, number: int) -> None:
        """One of the people reports an emergency."""
        self.telegram.say(self.people[number], f"/emergencia Robo {number}")

    def asks_for_help(self) -> None:
        """One of the people writes /ayuda."""
        self.telegram.say(self.people[1], "/ayuda")

    async def asks_the_api(self) -> None:
        """Report an emergency by the API, whatever comes of it."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        url = f"http://127.0.0.1:{self.port}/api/v1/emergencies"
        with suppress(aiohttp.ClientError, TimeoutError):
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(15)) as session:
                await session.post(url, json={"title": "Robo"}, headers=headers)

    async def opens(self) -> None:
        """Start the desk, and wait until it is ready."""
        await self.field.open()
        await is_ready(self.port)


@asynccontextmanager
async def site_in(
    folder: Path, *, rules: Path = RULES, storage: str = "", settings: Mapping[str, str] = NONE
) -> AsyncIterator[Site]:
    """A desk with people, scraped every three seconds; ``storage`` is its database where it is no file."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    clock: list[Site] = []
    telegram = Telegram(now=lambda: time.time() + (clock[0].wrong_by if clock else 0.0))
    telegram.flood.enabled = False
    server = await serve(telegram)
    field = Field(telegram, server.url, folder, storage=storage)
    field.settings |= {
        "GAD_SERVER__PORT": str(port),
        "GAD_SERVER__API_TOKENS": sha256(TOKEN.encode()).hexdigest(),
        "GAD_TELEGRAM__WATCH_EVERY": "5s",
        "GAD_BACKUP__FOLDER": str(folder / "backups"),
        "GAD_BACKUP__EVERY": "5m",
        **settings,
    }
    people = await field.enrol(agent=["Juan", "Ana", "Beto", "Caro"], supervisor=["Sara"])
    async with small_disk(folder / "backups"), Prometheus(folder, port, rules=rules) as prometheus:
        site = Site(field, prometheus, port, folder)
        clock.append(site)
        site.people = people
        try:
            await site.opens()
            yield site
        finally:
            await field.end()
            await server.stop()
