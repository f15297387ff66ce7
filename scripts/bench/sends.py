"""Bare sends a second: python-telegram-bot as it comes, aiogram, and ours, against one answerer on loopback.

    python scripts/bench/sends.py [--seconds 1] [--rounds 7]

The answerer is a process of its own and takes every sendMessage. Ways take turns within a round, and each is
divided by aiogram's rate of the same round, so that a machine that drifts drifts for all: medians of the rounds.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import aiogram
import uvloop
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web
from telegram import Bot

from bot.transport.request import AiohttpRequest, Taken
from scripts.performance.figures import Figure, rates, ratios

TOKEN = "1:BENCH"  # noqa: S105 - nobody's
CHAT = 1000
TEXT = "Emergencia T-000123: Ana va en camino, a 1,2 km."
ME = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"GAD","username":"gad_bot"}}'
SENT = (
    b'{"ok":true,"result":{"message_id":7,"date":1700000000,"chat":{"id":1000,"type":"private",'
    b'"first_name":"Ana"},"from":{"id":1,"is_bot":true,"first_name":"GAD","username":"gad_bot"},'
    b'"text":"Emergencia T-000123: Ana va en camino, a 1,2 km."}}'
)

Send = Callable[[], Awaitable[object]]


async def answer() -> None:
    """Takes whatever is posted, on a free port, which it prints."""

    async def take(request: web.BaseRequest) -> web.Response:
        await request.read()
        body = ME if request.path.endswith("/getMe") else SENT
        return web.Response(body=body, content_type="application/json")

    runner = web.ServerRunner(web.Server(take, access_log=None))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


@asynccontextmanager
async def httpx(url: str) -> AsyncIterator[Send]:
    """python-telegram-bot with the client it comes with."""
    async with Bot(TOKEN, base_url=f"{url}/bot") as bot:
        yield lambda: bot.send_message(CHAT, TEXT)


@asynccontextmanager
async def peer(url: str) -> AsyncIterator[Send]:
    """Aiogram as it comes."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    async with aiogram.Bot(TOKEN, session=session) as bot:
        yield lambda: bot.send_message(CHAT, TEXT)


@asynccontextmanager
async def methods(url: str) -> AsyncIterator[Send]:
    """python-telegram-bot's methods over our request."""
    async with Bot(TOKEN, base_url=f"{url}/bot", request=AiohttpRequest()) as bot:
        yield lambda: bot.send_message(CHAT, TEXT)


@asynccontextmanager
async def straight(url: str) -> AsyncIterator[Send]:
    """As the delivery sends: the outbox's payload as it is."""
    payload = {"chat_id": CHAT, "text": TEXT, "parse_mode": "HTML"}
    async with AiohttpRequest() as request:

        async def send() -> None:
            if not isinstance(await request.call(f"{url}/bot{TOKEN}/sendMessage", payload), Taken):
                raise RuntimeError("refused")

        yield send


AS_IT_COMES, PEER, THROUGH_OURS, LEAN = (
    "PTB as it comes (httpx)",
    "aiogram",
    "PTB over AiohttpRequest",
    "AiohttpRequest.call",
)
WAYS = {AS_IT_COMES: httpx, PEER: peer, THROUGH_OURS: methods, LEAN: straight}


async def rate(send: Send, *, in_flight: int, seconds: float) -> float:
    """Sends a second, by ``in_flight`` senders that each wait for their answer."""
    done = 0
    end = time.perf_counter() + seconds

    async def sender() -> None:
        nonlocal done
        while time.perf_counter() < end:
            await send()
            done += 1

    started = time.perf_counter()
    await asyncio.gather(*(sender() for _ in range(in_flight)))
    return done / (time.perf_counter() - started)


async def measure(url: str, *, in_flight: int, seconds: float, rounds: int) -> dict[str, list[float]]:
    """The rates of each way, by round."""
    rates: dict[str, list[float]] = {name: [] for name in WAYS}
    async with AsyncExitStack() as stack:
        sends = {name: await stack.enter_async_context(way(url)) for name, way in WAYS.items()}
        for send in sends.values():
            await rate(send, in_flight=in_flight, seconds=seconds / 8)
        for _ in range(rounds):
            for name, send in sends.items():
                rates[name].append(await rate(send, in_flight=in_flight, seconds=seconds))
    return rates


@asynccontextmanager
async def answerer() -> AsyncIterator[str]:
    """The URL of an answerer, which is a process of its own."""
    process = await asyncio.create_subprocess_exec(sys.executable, __file__, "--answer", stdout=asyncio.subprocess.PIPE)
    try:
        if process.stdout is None:
            raise RuntimeError("an answerer without a voice")
        yield f"http://127.0.0.1:{int(await process.stdout.readline())}"
    finally:
        process.terminate()
        await process.wait()


async def many_at_once(seconds: float, rounds: int) -> dict[str, list[float]]:
    """Rates with 64 in flight."""
    async with answerer() as url:
        return await measure(url, in_flight=64, seconds=seconds, rounds=rounds)


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    found = uvloop.run(many_at_once(0.3, 2) if short else many_at_once(0.8, 7))
    ours, lean = found[THROUGH_OURS], found[LEAN]
    return [
        Figure("sends", ratios(ours, found[PEER]), rates("ours", ours, PEER, found[PEER])),
        Figure("sends-lean", ratios(lean, found[AS_IT_COMES]), rates("lean", lean, "as it comes", found[AS_IT_COMES])),
    ]


async def main(seconds: float, rounds: int) -> None:
    async with answerer() as url:
        for in_flight in (1, 64):
            found = await measure(url, in_flight=in_flight, seconds=seconds, rounds=rounds)
            print(f"{in_flight} in flight")
            for name, each in found.items():
                ratio = statistics.median(ours / theirs for ours, theirs in zip(each, found[PEER], strict=True))
                print(f"  {name:26} {statistics.median(each):7,.0f}/s   {ratio:5.2f}x aiogram")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=float, default=1, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    uvloop.run(answer() if arguments.answer else main(arguments.seconds, arguments.rounds))
