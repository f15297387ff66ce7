"""An emulator and a desk as processes of their own on loopback, for the benches that measure them together."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from core.state.person import Person
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Membership, Role
from storage.engine.session import Session
from storage.engine.store import Store
from storage.ops.migrate import upgrade
from storage.repositories import people
from storage.schema.instants import from_ms

TOKEN = "1:BENCH"  # noqa: S105 - nobody's
FIRST = 100_000
LONGEST_GOODBYE = 10.0
CITY = Place(lat=-2.19, lon=-79.89)


@asynccontextmanager
async def process(*command: str, ready: str = "", **environment: str) -> AsyncIterator[tuple[str, int]]:
    """A child process, ended by its id; the line that it printed when it was ready, and the id."""
    child = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE if ready else None, env={**os.environ, **environment}
    )
    try:
        line = ""
        while ready and child.stdout is not None and ready not in line:
            line = (await child.stdout.readline()).decode()
        yield line.strip(), child.pid
    finally:
        if child.returncode is None:
            child.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(child.wait(), LONGEST_GOODBYE)
        except TimeoutError:
            child.kill()
            await child.wait()


@asynccontextmanager
async def emulator(crowd: int) -> AsyncIterator[str]:
    """An emulator whose limits are lifted, in which this many people may be written to; its address."""
    command = (sys.executable, "-m", "emulator", "--port", "0", "--token", TOKEN, "--no-limits")
    async with process(*command, ready="ready at") as (line, _):
        url = line.rsplit(" ", 1)[1]
        known = [{"name": f"Agente {FIRST + n}", "id": FIRST + n, "started": True} for n in range(crowd)]
        await post(f"{url}/emulator/people", known)
        yield url


@asynccontextmanager
async def desk(url: str, crowd: int, supervisors: int = 0, **environment: str) -> AsyncIterator[int]:
    """A desk on a new SQLite file, its limits lifted, that knows these people; its process id.

    ``environment`` goes over its settings.
    """
    with tempfile.TemporaryDirectory(dir=".") as folder:
        await enrol(database_in(folder), crowd, supervisors)
        async with desk_in(folder, url, **environment) as pid:
            yield pid


@asynccontextmanager
async def desk_in(folder: str, url: str, **environment: str) -> AsyncIterator[int]:
    """A desk whose file is in this folder already, its limits lifted; its process id."""
    (Path(folder) / "config.toml").touch()
    settings = {
        "GAD_TELEGRAM__TOKEN": TOKEN,
        "GAD_TELEGRAM__API_BASE_URL": url,
        "GAD_STORAGE__URL": database_in(folder),
        "GAD_SERVER__PORT": "0",
        "GAD_DELIVERY__PER_SECOND": "0",
        "GAD_USER_RATE_LIMIT__PER_SECOND": "100",
        "GAD_LOG__LEVEL": "warning",
    }
    command = (sys.executable, "-m", "bot", "run", "--config", f"{folder}/config.toml")
    async with process(*command, **settings | environment) as (_, pid):
        yield pid


def database_in(folder: str) -> str:
    """The URL of a desk's SQLite file."""
    return f"sqlite+aiosqlite:///{Path(folder).resolve() / 'gad.db'}"


async def enrol(url: str, crowd: int, supervisors: int) -> None:
    """People that the desk knows: agents around the city, the last ones supervisors."""
    await upgrade(url)
    store = Store(url)
    await store.start()

    async def unit(session: Session) -> None:
        for number in range(crowd):
            agent = number < crowd - supervisors
            place = Place(lat=CITY.lat + number % 20 / 1000, lon=CITY.lon + number // 20 / 1000)
            person = Person(
                id=0,
                account=FIRST + number,
                name=f"Agente {FIRST + number}",
                role=Role.AGENT if agent else Role.SUPERVISOR,
                membership=Membership.ACTIVE,
                availability=Availability.AVAILABLE if agent else Availability.UNAVAILABLE,
                position=Position(place=place, at=from_ms(0)),
            )
            await people.save(session, None, person)

    await store.write(unit)
    await store.stop()


def message(who: int, number: int, text: str, date: int) -> dict[str, Any]:
    """An update in which somebody writes a command in private (https://core.telegram.org/bots/api#update)."""
    return {
        "message": {
            "message_id": number,
            "date": date,
            "chat": {"id": who, "type": "private", "first_name": f"Agente {who}"},
            "from": {"id": who, "is_bot": False, "first_name": f"Agente {who}"},
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}],
        }
    }


async def post(url: str, body: Any) -> None:
    """Tell the emulator something."""
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answer:
        answer.raise_for_status()


async def get(url: str) -> Any:
    """Ask the emulator something."""
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        answer.raise_for_status()
        return await answer.json()
