"""Commands answered a second: the desk, with inbox, unit of work and outbox on disk, against aiogram's bare echo.

    python scripts/bench/answers.py [--updates 4000] [--people 200] [--rounds 3]

Each bot is a process of its own on an emulator of its own, whose limits are lifted. Everybody waits with their messages
before the bot comes; the figure is answers a second from the first to the last, the median of the rounds. The desk's
people say /fuera and /disponible in turn: an event, the person's state, a key and an answer each time. The echo keeps
nothing.
"""

import argparse
import asyncio
import statistics
import sys
import time

import aiogram
import uvloop
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from loopback import FIRST, TOKEN, desk, emulator, get, message, post, process

from scripts.performance.figures import Figure, rates, ratios

PATIENCE_S = 120.0


async def echo(url: str) -> None:
    """Aiogram's bare echo."""
    bot = aiogram.Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message()
    async def _(said: aiogram.types.Message) -> None:
        await said.answer(said.text or "")

    await dispatcher.start_polling(bot)


async def answers_per_second(url: str, updates: int) -> float:
    """From the first message that left to the last."""
    begun, first, sent, deadline = 0.0, 0, 0, time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        sent = (await get(f"{url}/emulator/stats"))["calls"].get("sendMessage ok", 0)
        if sent and not begun:
            begun, first = time.perf_counter(), sent
        if sent >= updates:
            return float(updates - first) / (time.perf_counter() - begun)
        await asyncio.sleep(0.02)
    raise TimeoutError(f"{sent} of {updates} were answered")


async def one_round(way: str, updates: int, crowd: int) -> float:
    """Answers a second of one bot."""
    now = int(time.time())
    turns = [
        message(FIRST + n % crowd, n + 1, "/fuera" if n // crowd % 2 == 0 else "/disponible", now)
        for n in range(updates)
    ]
    async with emulator(crowd) as url:
        await post(f"{url}/emulator/updates", turns)
        bot = desk(url, crowd) if way == "desk" else process(sys.executable, __file__, "--echo", url)
        async with bot:
            return await answers_per_second(url, updates)


async def bench(updates: int, crowd: int, rounds: int) -> dict[str, list[float]]:
    """Answers a second of both, by round."""
    figures: dict[str, list[float]] = {"desk": [], "echo": []}
    for _ in range(rounds):
        for way, found in figures.items():
            found.append(await one_round(way, updates, crowd))
    return figures


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    found = uvloop.run(bench(800, 100, 1) if short else bench(4000, 200, 3))
    desks, echoes = found["desk"], found["echo"]
    return [Figure("answers", ratios(desks, echoes), rates("desk", desks, "echo", echoes))]


def say(found: dict[str, list[float]]) -> None:
    """Print the medians."""
    medians = {way: statistics.median(each) for way, each in found.items()}
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
        say(uvloop.run(bench(options.updates, options.people, options.rounds)))


if __name__ == "__main__":
    main()
