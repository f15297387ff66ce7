"""A seeded desk and a local Telegram, each a process of its own on loopback, for as long as a load test lasts."""

import asyncio
import secrets
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import aiohttp

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts" / "bench")]

from loopback import TOKEN, database_in, post, process

from scripts.seed_desk import FIRST_ACCOUNT, seed
from storage.ops.move import move
from tests.support.servers.postgresql import PostgresqlServer
from tests.support.servers.processes import free_port

OPENS_WITHIN = 30.0  # seconds


class Size(NamedTuple):
    """How much there is before the load begins; each unit is led by one of the people, who is on duty."""

    tasks: int
    people: int
    units: int


class World(NamedTuple):
    """Where everything is, as the k6 scripts are told it."""

    desk: str
    telegram: str
    api_token: str
    size: Size

    def environment(self) -> dict[str, str]:
        """Variables for k6."""
        return {
            "BASE_URL": self.desk,
            "EMULATOR_URL": f"{self.telegram}/emulator",
            "BOT_URL": f"{self.telegram}/bot{TOKEN}",
            "TOKEN": self.api_token,
            "UNITS": str(self.size.units),
            "FIRST_AGENT": str(FIRST_ACCOUNT),
            "FIRST_SUPERVISOR": str(FIRST_ACCOUNT + self.size.people - self.size.units),
        }


@asynccontextmanager
async def opened(size: Size, *, postgresql: bool, limits: bool) -> AsyncIterator[World]:
    """Open both. ``limits``: Telegram's are kept and enforced, else there are none on either side.

    Raises:
        TimeoutError: the desk isn't ready within `OPENS_WITHIN`.
    """
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="gad-load-"))
        database = database_in(folder)
        await seed(database, tasks=size.tasks, crowd=size.people, units=size.units)
        if postgresql:
            server = PostgresqlServer(durable=True)
            stack.callback(server.stop)
            database, source = server.empty(), database
            await move(source, database)
        telegram = await stack.enter_async_context(_telegram(size.people, limits=limits))
        api_token, port = secrets.token_urlsafe(24), free_port()
        desk = f"http://127.0.0.1:{port}"
        settings = _settings(telegram, database, port, api_token) | (
            {} if limits else {"GAD_DELIVERY__PER_SECOND": "0"}
        )
        (Path(folder) / "config.toml").touch()
        command = (sys.executable, "-m", "bot", "run", "--config", f"{folder}/config.toml")
        await stack.enter_async_context(process(*command, **settings))
        await _ready(f"{desk}/health/ready")
        yield World(desk, telegram, api_token, size)
        await _ready(f"{desk}/health/ready")


def _settings(telegram: str, database: str, port: int, api_token: str) -> dict[str, str]:
    """The defaults, but for addresses, for a place that keeps for the whole test, and for backups."""
    return {
        "GAD_TELEGRAM__TOKEN": TOKEN,
        "GAD_TELEGRAM__API_BASE_URL": telegram,
        "GAD_TELEGRAM__MODE": "webhook",
        "GAD_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram/webhook",
        "GAD_TELEGRAM__WEBHOOK_SECRET": secrets.token_urlsafe(32),
        "GAD_STORAGE__URL": database,
        "GAD_SERVER__HOST": "127.0.0.1",
        "GAD_SERVER__PORT": str(port),
        "GAD_SERVER__API_TOKENS": sha256(api_token.encode()).hexdigest(),
        "GAD_DISPATCH__LOCATION_MAX_AGE": "24h",
        "GAD_BACKUP__FOLDER": "",
        "GAD_LOG__LEVEL": "warning",
    }


@asynccontextmanager
async def _telegram(crowd: int, *, limits: bool) -> AsyncIterator[str]:
    """A local Telegram in which everybody has written to the bot; its address."""
    command = (sys.executable, "-m", "emulator", "--port", "0", "--token", TOKEN, *([] if limits else ["--no-limits"]))
    async with process(*command, ready="ready at") as (line, _):
        url = line.rsplit(" ", 1)[1]
        accounts = range(FIRST_ACCOUNT, FIRST_ACCOUNT + crowd)
        names = [{"name": f"Persona {n}", "username": f"persona_{n}", "id": n, "started": True} for n in accounts]
        await post(f"{url}/emulator/people", names)
        yield url


async def _ready(url: str) -> None:
    """Wait until the desk says that it is ready."""
    end = time.monotonic() + OPENS_WITHIN
    async with aiohttp.ClientSession() as session:
        while time.monotonic() < end:
            try:
                async with session.get(url) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)
    raise TimeoutError(f"{url} did not answer 200 within {OPENS_WITHIN:.0f} s")
