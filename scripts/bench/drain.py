"""Messages a second out of a full outbox, each marked on disk, against aiogram's bare sends that keep nothing.

    python scripts/bench/drain.py [--chats 4000] [--rounds 5]

The outbox of a desk on SQLite (`synchronous=FULL`) is filled beforehand, a message to each chat in each lane; its
delivery runs with the limits lifted, against the same answerer, a process of its own, that aiogram sends to, both with
as many calls in flight. The two take turns; the ratio is the median of the rounds'.
"""

import argparse
import asyncio
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import uvloop
from sends import TEXT, TOKEN, answerer, peer, rate

from bot.notifications.composer import Composer
from bot.runtime.clock import SystemClock
from bot.runtime.pulse import Pulse
from bot.transport.channels import NONE, Channels
from bot.transport.rate_limits import Limits
from bot.transport.rendering import render
from bot.transport.request import AiohttpRequest
from bot.transport.send_results import SendResults
from bot.transport.sender import Delivery
from bot.transport.telegram_channel import TelegramChannel
from bot.ui.texts import Texts
from core.desk.desk import Desk
from core.rules.situation import Rules
from core.vocabulary.words import Lane
from scripts.performance.figures import Figure, rates, ratios
from storage.engine.store import Store
from storage.ops.migrate import upgrade
from storage.queues import outbox
from storage.queues.addressed_call import AddressedCall
from storage.repositories.unit_of_work import StoreUnitOfWork

IN_FLIGHT = 64
LEASE = timedelta(seconds=60)


def sender(store: Store, base_url: str, request: AiohttpRequest, limits: Limits) -> Delivery:
    """The desk's delivery as it is built there."""
    clock = SystemClock()
    texts = Texts("es", ZoneInfo("America/Guayaquil"))
    desk = Desk(units=StoreUnitOfWork(store, render), clock=clock, composer=Composer(texts), rules=Rules())
    send_results = SendResults(
        store=store,
        desk=desk,
        clock=clock,
        limits=limits,
        texts=texts,
        render=render,
        give_up_after=lambda: timedelta(hours=1),
    )
    return Delivery(
        store=store,
        channels=Channels(TelegramChannel(request, base_url, texts("resent")), NONE),
        clock=clock,
        limits=limits,
        send_results=send_results,
        lease=LEASE,
        in_flight=IN_FLIGHT,
    )


async def fill(store: Store, chats: Iterable[int], lanes: Iterable[Lane]) -> int:
    """A message to each chat in each lane; how many they are."""
    letters = [
        AddressedCall(
            chat=chat,
            lane=lane,
            method="sendMessage",
            payload={"chat_id": chat, "text": TEXT, "parse_mode": "HTML"},
        )
        for lane, chat in itertools.product(lanes, chats)
    ]
    now = SystemClock().now()
    await store.write(lambda session: outbox.post(session, letters, now))
    return len(letters)


async def _is_empty(store: Store, delivery: Delivery) -> bool:
    """Whether nothing waits. It is asked only while nothing is under way: the question itself takes time."""
    return delivery.in_flight.idle and await store.read(outbox.next_due) is None and delivery.in_flight.idle


async def drained(url: str, chats: int) -> float:
    """Messages a second, from the first call to the last mark."""
    with tempfile.TemporaryDirectory(dir=".") as folder:
        database = f"sqlite+aiosqlite:///{Path(folder).resolve() / 'gad.db'}"
        await upgrade(database)
        store = Store(database)
        await store.start()
        messages = await fill(store, range(1, chats + 1), Lane)
        async with AiohttpRequest() as request:
            delivery = sender(store, f"{url}/bot{TOKEN}", request, Limits.lifted())
            started = time.perf_counter()
            running = asyncio.create_task(delivery.run(Pulse(SystemClock())))
            while not await _is_empty(store, delivery):
                await asyncio.sleep(0.01)
            took = time.perf_counter() - started
            await delivery.in_flight.finish(1)
            await running
        left = await store.read(lambda session: outbox.lately_sent(session, SystemClock().now() - timedelta(minutes=5)))
        assert len(left) == messages, f"{len(left)} of {messages} are marked"
        await store.stop()
        return messages / took


async def bench(chats: int, rounds: int) -> tuple[list[float], list[float]]:
    """Messages a second of ours and of the peer's, by round."""
    ours: list[float] = []
    theirs: list[float] = []
    sys.setswitchinterval(0.001)  # as `gad run` does
    async with answerer() as url, peer(url) as send:
        await rate(send, in_flight=IN_FLIGHT, seconds=0.3)
        for _ in range(rounds):
            ours.append(await drained(url, chats))
            theirs.append(await rate(send, in_flight=IN_FLIGHT, seconds=2))
    return ours, theirs


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    ours, theirs = uvloop.run(bench(500, 1) if short else bench(4_000, 5))
    return [Figure("drain", ratios(ours, theirs), rates("the outbox", ours, "aiogram", theirs))]


def say(ours: list[float], theirs: list[float]) -> None:
    """Print the medians."""
    ratio = statistics.median(ratios(ours, theirs))
    print(f"aiogram, bare     {statistics.median(theirs):7,.0f}/s")
    print(f"the desk's outbox {statistics.median(ours):7,.0f}/s   {ratio:.2f} x aiogram")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chats", type=int, default=4_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    say(*uvloop.run(bench(options.chats, options.rounds)))


if __name__ == "__main__":
    main()
