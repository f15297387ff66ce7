"""Commands answered a second on PostgreSQL and a webhook, one process, against aiogram's bare webhook echo.

    python scripts/bench/answers_webhook.py [--updates 3000] [--people 200] [--rounds 3]

As `answers.py`, but the emulator pushes each update, and the server keeps every commit on the disk. Everybody's
messages wait before the bot sets its webhook.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import aiogram
import uvloop
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from answers import answers_per_second
from loopback import FIRST, TOKEN, desk_in, emulator, enrol, message, post, process

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from scripts.performance.figures import Figure, rates, ratios
from tests.support.servers.postgresql import PostgresqlServer
from tests.support.servers.processes import free_port

SECRET = "known-to-this-bench-and-the-emulator"  # noqa: S105 - nobody else's


async def echo(url: str, port: int) -> None:
    """Aiogram's bare echo behind a webhook of its own."""
    bot = aiogram.Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message()
    async def _(said: aiogram.types.Message) -> None:
        await said.answer(said.text or "")

    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, path="/telegram/webhook")
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await bot.set_webhook(f"http://127.0.0.1:{port}/telegram/webhook", secret_token=SECRET)
    await asyncio.Event().wait()


@asynccontextmanager
async def desk(url: str, server: PostgresqlServer, crowd: int, port: int) -> AsyncIterator[int]:
    """A desk on a database of its own that knows these people; its process id."""
    database = server.fresh()
    await enrol(database, crowd, 0)
    settings = {
        "GAD_STORAGE__URL": database,
        "GAD_SERVER__PORT": str(port),
        "GAD_TELEGRAM__MODE": "webhook",
        "GAD_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram/webhook",
        "GAD_TELEGRAM__WEBHOOK_SECRET": SECRET,
    }
    with tempfile.TemporaryDirectory(dir=".") as folder:
        async with desk_in(folder, url, **settings) as pid:
            yield pid
    server.drop(database)


async def one_round(way: str, server: PostgresqlServer, updates: int, crowd: int) -> float:
    """Answers a second of one bot."""
    now, port = int(time.time()), free_port()
    turns = [
        message(FIRST + n % crowd, n + 1, "/fuera" if n // crowd % 2 == 0 else "/disponible", now)
        for n in range(updates)
    ]
    async with emulator(crowd) as url:
        await post(f"{url}/emulator/updates", turns)
        bot: AbstractAsyncContextManager[object] = desk(url, server, crowd, port)
        if way == "echo":
            bot = process(sys.executable, __file__, "--echo", url, "--port", str(port))
        async with bot:
            return await answers_per_second(url, updates)


async def bench(updates: int, crowd: int, rounds: int) -> dict[str, list[float]]:
    """Answers a second of both, by round."""
    found: dict[str, list[float]] = {"desk": [], "echo": []}
    server = PostgresqlServer(durable=True)
    try:
        for _ in range(rounds):
            for way, each in found.items():
                each.append(await one_round(way, server, updates, crowd))
    finally:
        server.stop()
    return found


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    found = uvloop.run(bench(600, 100, 1) if short else bench(3000, 200, 3))
    desks, echoes = found["desk"], found["echo"]
    return [Figure("answers-webhook", ratios(desks, echoes), rates("desk", desks, "echo", echoes))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--updates", type=int, default=3000)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--echo", metavar="URL", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.echo:
        return uvloop.run(echo(options.echo, options.port))
    found = uvloop.run(bench(options.updates, options.people, options.rounds))
    medians = {way: statistics.median(each) for way, each in found.items()}
    for way, median in medians.items():
        print(f"{way:6} {median:8.0f} answers/s   {median / medians['echo']:.2f} x aiogram's bare webhook echo")


if __name__ == "__main__":
    main()
