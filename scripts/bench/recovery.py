"""From SIGKILL in the middle of the work to the first message of an emergency that arrives while the desk is down.

    python scripts/bench/recovery.py [--messages 10000] [--updates 1000] [--rounds 3]

The desk is a process of its own that keeps to Telegram's limits, on an emulator of its own. A thousand people write
until so many messages wait to leave and so many updates, on disk and confirmed, are not handled; then it is killed. In
that moment somebody reports an emergency, and the desk is started again. What is measured is when the emulator takes
the first message to the reporter or a supervisor, to whom nothing else is sent.
"""

import argparse
import asyncio
import os
import signal
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path

import uvloop
from loopback import FIRST, database_in, desk_in, emulator, enrol, get, message, post

from scripts.performance.figures import Figure

TALKERS, SUPERVISORS, PATIENCE = 1_000, 3, 60.0
REPORTER = FIRST + TALKERS
CROWD = TALKERS + 1 + SUPERVISORS
_STANDING = """SELECT (SELECT count(*) FROM outbox WHERE state < 3),
    (SELECT count(*) FROM inbox WHERE state < 3), (SELECT count(*) FROM inbox WHERE state >= 3)"""


async def one_round(messages: int, updates: int) -> tuple[int, int, float]:
    """Messages that waited, updates that were not handled, and the seconds."""
    with tempfile.TemporaryDirectory(dir=".") as folder:
        async with emulator(CROWD) as url:
            await enrol(database_in(folder), CROWD, SUPERVISORS)
            async with desk_in(folder, url, GAD_DELIVERY__PER_SECOND="28") as pid:
                waiting, unhandled = await overwhelmed(folder, url, messages, updates)
                os.kill(pid, signal.SIGKILL)
            killed = time.time()
            await post(f"{url}/emulator/updates", [message(REPORTER, 1, "/emergencia Robo", int(killed))])
            async with desk_in(folder, url, GAD_DELIVERY__PER_SECOND="28"):
                return waiting, unhandled, await first_of_the_emergency(url) - killed


async def overwhelmed(folder: str, url: str, messages: int, updates: int) -> tuple[int, int]:
    """People write until this much waits; what did."""
    with closing(sqlite3.connect(f"file:{Path(folder) / 'gad.db'}?mode=ro", uri=True)) as disk:
        said = waiting = unhandled = 0
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            waiting, unhandled, handled = disk.execute(_STANDING).fetchone()
            if waiting >= messages and unhandled >= updates:
                return waiting, unhandled
            if said < handled + 2 * updates:
                await post(f"{url}/emulator/updates", [turn(said + more) for more in range(updates)])
                said += updates
            await asyncio.sleep(0.01)
    raise TimeoutError(f"only {waiting} messages and {unhandled} updates wait")


def turn(number: int) -> dict[str, object]:
    """Everybody says one thing after the other."""
    text = ("/fuera", "/disponible")[number // TALKERS % 2]
    return message(FIRST + number % TALKERS, 2 + number // TALKERS, text, int(time.time()))


async def first_of_the_emergency(url: str) -> float:
    """When it was taken, in seconds since the epoch."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for call in await get(f"{url}/emulator/calls?last=2000&method=sendMessage"):
            if call["chat_id"] >= REPORTER:
                return float(call["at"])
        await asyncio.sleep(0.05)
    raise TimeoutError("the emergency did not leave")


async def bench(messages: int, updates: int, rounds: int) -> list[float]:
    """Seconds of each round."""
    took = []
    for _ in range(rounds):
        waiting, unhandled, seconds = await one_round(messages, updates)
        print(f"killed with {waiting:,} messages waiting and {unhandled:,} updates unhandled: {seconds:.2f} s")
        took.append(seconds)
    return took


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    return [Figure("recovery", uvloop.run(bench(500, 100, 1) if short else bench(10_000, 1_000, 2)))]


def say(took: list[float]) -> None:
    """Print the median and the worst."""
    print(f"to the emergency's first message: median {statistics.median(took):.2f} s, worst {max(took):.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--updates", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    say(uvloop.run(bench(options.messages, options.updates, options.rounds)))


if __name__ == "__main__":
    main()
