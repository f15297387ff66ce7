"""How long an emergency's message waits behind 10,000 routine ones, at full speed under Telegram's limits (P5).

    python scripts/bench/emergency_lane.py [--backlog 10000] [--tries 100]

The outbox is on SQLite, the delivery is the desk's, with its limits, and the emulator is a process of its own that
refuses whatever goes over them. At any moment, a try after the other, an emergency's message to a chat of its own is
committed; it has left when the emulator takes it. A slot is the time between two messages at the limit's pace.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time

import uvloop
from drain import fill, sender
from loopback import FIRST, TOKEN, database_in, emulator, get, post
from sends import TEXT

from bot.runtime.clock import SystemClock
from bot.runtime.pulse import Pulse
from bot.transport.rate_limits import Limits, Rates
from bot.transport.request import AiohttpRequest
from core.vocabulary.words import Lane
from scripts.performance.figures import Figure
from storage.engine.session import Session
from storage.engine.store import Store
from storage.ops.migrate import upgrade
from storage.queues import outbox
from storage.queues.addressed_call import AddressedCall

RATES = Rates()
SLOT = 1 / RATES.per_second
PAUSE = (0.2, 0.6)  # seconds between two tries


async def commit(store: Store, chat: int) -> None:
    """An emergency's message is in the outbox."""
    payload = {"chat_id": chat, "text": TEXT, "parse_mode": "HTML"}
    letter = AddressedCall(chat=chat, lane=Lane.EMERGENCY, method="sendMessage", payload=payload)

    async def unit(session: Session) -> None:
        await outbox.post(session, [letter], SystemClock().now())

    await store.write(unit)


async def bench(backlog: int, tries: int) -> tuple[list[float], int]:
    """Seconds that each emergency waited, the shortest first, and how many messages were refused."""
    dice, asked = random.Random(5), {}
    with tempfile.TemporaryDirectory(dir=".") as folder:
        chats = backlog + int(tries * PAUSE[1] * RATES.per_second)  # so many that the backlog stands until the end
        async with emulator(chats + tries) as url, AiohttpRequest() as request:
            await post(f"{url}/emulator/limits", {"enabled": True, "per_second": RATES.per_second})
            await upgrade(database_in(folder))
            store = Store(database_in(folder))
            await store.start()
            await fill(store, range(FIRST, FIRST + chats), [Lane.ROUTINE])
            delivery = sender(store, f"{url}/bot{TOKEN}", request, Limits(RATES))
            running = asyncio.create_task(delivery.run(Pulse(SystemClock())))
            await asyncio.sleep(2)
            for chat in range(FIRST + chats, FIRST + chats + tries):
                await asyncio.sleep(dice.uniform(*PAUSE))
                asked[chat] = time.time()
                await commit(store, chat)
                delivery.in_flight.bell.set()
            await asyncio.sleep(1)
            await delivery.in_flight.finish(1)
            await running
            await store.stop()
            calls = await get(f"{url}/emulator/calls?method=sendMessage")
    waits = sorted(call["at"] - asked[call["chat_id"]] for call in calls if call["chat_id"] in asked and call["ok"])
    return waits, sum(call["error_code"] == 429 for call in calls)


def figures(short: bool) -> list[Figure]:
    """For `make bench`. An emergency that never left is no wait of any length, so it counts among all."""
    backlog, tries = (1_000, 10) if short else (10_000, 100)
    waits, refused = uvloop.run(bench(backlog, tries))
    slots = [wait / SLOT for wait in waits]
    said = f"p50 {statistics.median(waits) * 1000:.0f} ms, worst {waits[-1] * 1000:.0f} ms of {SLOT * 1000:.0f} ms"
    return [
        Figure("emergency-lane", [slots[-1]], f"{said}, {refused} refused (429)"),
        Figure("emergency-lane-share", [sum(slot <= 1 for slot in slots) / tries]),
    ]


def say(waits: list[float], refused: int, backlog: int, tries: int) -> None:
    """Print how long they waited."""
    print(f"{len(waits)} of {tries} emergencies left behind {backlog:,} routine messages; {refused} were refused (429)")
    p50, p99 = statistics.median(waits) * 1000, waits[len(waits) * 99 // 100] * 1000
    print(f"p50 {p50:.0f} ms   p99 {p99:.0f} ms   worst {waits[-1] * 1000:.0f} ms, of a slot of {SLOT * 1000:.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backlog", type=int, default=10_000)
    parser.add_argument("--tries", type=int, default=100)
    options = parser.parse_args()
    say(*uvloop.run(bench(options.backlog, options.tries)), options.backlog, options.tries)


if __name__ == "__main__":
    main()
