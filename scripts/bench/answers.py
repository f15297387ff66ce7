"""Commands answered a second: the desk, with inbox, unit of work and outbox on disk, against aiogram's bare echo.

    python scripts/bench/answers.py [--updates 4000] [--people 200] [--rounds 3]

Each bot is a process of its own on the same emulator, a process of its own too, whose limits are lifted. Everybody
waits with their messages before the bot comes; the figure is answers a second from the first to the last, the median
of the rounds. The desk's people say /fuera and /disponible in turn: an event, the person's state, a key and an answer
each time. The echo keeps nothing.
"""

import argparse
import asyncio
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import aiogram
import uvloop
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from core.person import Person
from core.words import Availability, Membership, Role
from storage import people
from storage.migrate import upgrade
from storage.session import Session
from storage.store import Store

TOKEN = "1:BENCH"
FIRST = 100_000


@asynccontextmanager
async def process(*command: str, ready: str | None = None, **environment: str) -> AsyncIterator[str]:
    """A child process, ended by its id; the line that it printed when it was ready."""
    child = await asyncio.create_subprocess_exec(
        *command,
        stdout=asyncio.subprocess.PIPE if ready else None,
        env={**os.environ, **environment},
    )
    try:
        line = ""
        while ready and child.stdout is not None and ready not in line:
            line = (await child.stdout.readline()).decode()
        yield line.strip()
    finally:
        if child.returncode is None:
            child.send_signal(signal.SIGTERM)
        await child.wait()


async def echo(url: str) -> None:
    """aiogram's bare echo."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    bot = aiogram.Bot(TOKEN, session=session)
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message()
    async def _(message: aiogram.types.Message) -> None:
        await message.answer(message.text or "")

    await dispatcher.start_polling(bot, handle_signals=True)


def said(updates: int, crowd: int) -> list[dict[str, object]]:
    """Everybody says /fuera and /disponible in turn."""
    found = []
    for number in range(updates):
        who = FIRST + number % crowd
        text = "/fuera" if number // crowd % 2 == 0 else "/disponible"
        person = {"id": who, "is_bot": False, "first_name": f"Agente {who}"}
        found.append(
            {
                "message": {
                    "message_id": number + 1,
                    "date": int(time.time()),
                    "chat": {"id": who, "type": "private", "first_name": person["first_name"]},
                    "from": person,
                    "text": text,
                    "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}],
                }
            }
        )
    return found


async def answers_per_second(url: str, updates: int, patience: float = 120.0) -> float:
    """From the first message that left to the last."""
    async with aiohttp.ClientSession() as session:
        begun, deadline = 0.0, time.monotonic() + patience
        while time.monotonic() < deadline:
            async with session.get(f"{url}/emulator/stats") as answer:
                sent = (await answer.json())["calls"].get("sendMessage ok", 0)
            if sent and not begun:
                begun, first = time.perf_counter(), sent
            if sent >= updates:
                return (updates - first) / (time.perf_counter() - begun)
            await asyncio.sleep(0.02)
    raise TimeoutError(f"{sent} of {updates} were answered")


async def one_round(way: str, updates: int, crowd: int) -> float:
    """Answers a second of one bot."""
    emulator = (sys.executable, "-m", "emulator", "--port", "0", "--token", TOKEN, "--no-limits")
    async with process(*emulator, ready="ready at") as line:
        url = line.rsplit(" ", 1)[1]
        async with aiohttp.ClientSession() as session:
            known = [{"name": f"Agente {FIRST + n}", "id": FIRST + n, "started": True} for n in range(crowd)]
            await (await session.post(f"{url}/emulator/people", json=known)).read()
            await (await session.post(f"{url}/emulator/updates", json=said(updates, crowd))).read()
        with tempfile.TemporaryDirectory(dir=".") as folder:
            if way == "echo":
                command, environment = (sys.executable, __file__, "--echo", url), {}
            else:
                database = f"sqlite+aiosqlite:///{Path(folder).resolve() / 'gad.db'}"
                await enrol(database, crowd)
                (Path(folder) / "config.toml").write_text("")
                command = (sys.executable, "-m", "bot", "run", "--config", f"{folder}/config.toml")
                environment = {
                    "GAD_TELEGRAM__TOKEN": TOKEN,
                    "GAD_TELEGRAM__API_BASE_URL": url,
                    "GAD_STORAGE__URL": database,
                    "GAD_SERVER__PORT": "0",
                    "GAD_DELIVERY__PER_SECOND": "0",
                    "GAD_GUARD__PER_SECOND": "0",
                    "GAD_LOG__LEVEL": "warning",
                }
            async with process(*command, **environment):
                return await answers_per_second(url, updates)


async def enrol(url: str, crowd: int) -> None:
    """The people whom the desk knows."""
    await upgrade(url)
    store = Store(url)
    await store.start()

    async def unit(session: Session) -> None:
        for number in range(crowd):
            await people.save(
                session,
                None,
                Person(
                    id=0,
                    telegram_id=FIRST + number,
                    name=f"Agente {FIRST + number}",
                    role=Role.AGENT,
                    membership=Membership.ACTIVE,
                    availability=Availability.AVAILABLE,
                ),
            )

    await store.write(unit)
    await store.stop()


async def bench(updates: int, crowd: int, rounds: int) -> None:
    figures: dict[str, list[float]] = {"desk": [], "echo": []}
    for _ in range(rounds):
        for way, found in figures.items():
            found.append(await one_round(way, updates, crowd))
    medians = {way: statistics.median(found) for way, found in figures.items()}
    for way, median in medians.items():
        print(f"{way:6} {median:8.0f} answers/s   {median / medians['echo']:.2f} x aiogram's bare echo")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--updates", type=int, default=4000)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--echo", metavar="URL")
    options = parser.parse_args()
    if options.echo:
        uvloop.run(echo(options.echo))
    else:
        uvloop.run(bench(options.updates, options.people, options.rounds))


if __name__ == "__main__":
    main()
