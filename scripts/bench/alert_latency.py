"""From an update's arrival to the first call of the alert that it causes, at 100 updates a second.

    python scripts/bench/alert_latency.py [--seconds 10] [--rate 100] [--rounds 2]

The desk is a process of its own on an emulator of its own, whose limits are lifted. One update in twenty is an
emergency, each of somebody who does nothing else, the rest are commands of the others; an emergency has left when the
emulator takes the first message to its chat. The arrival is the moment before the emulator is given the update.
Aiogram's bare echo, which keeps nothing, takes turns with the desk and is given the same.
"""

import argparse
import asyncio
import statistics
import sys
import time
from pathlib import Path

import uvloop
from loopback import FIRST, desk, emulator, get, message, post, process

from scripts.performance.figures import Figure, rates, ratios

REPORTERS, OTHERS, SUPERVISORS, ONE_IN = 100, 100, 3, 20
CROWD = REPORTERS + OTHERS + SUPERVISORS
ECHO = Path(__file__).with_name("answers.py")


async def one_round(way: str, seconds: int, rate: int) -> list[float]:
    """Seconds until each of the emergencies was heard of, the shortest first.

    Raises:
        RuntimeError: some were not heard of.
    """
    async with emulator(CROWD) as url:
        bot = desk(url, CROWD, SUPERVISORS) if way == "desk" else process(sys.executable, str(ECHO), "--echo", url)
        async with bot:
            await post(f"{url}/emulator/updates", [message(FIRST + REPORTERS, 1, "/ayuda", int(time.time()))])
            while not (await get(f"{url}/emulator/stats"))["calls"].get("sendMessage ok"):
                await asyncio.sleep(0.05)
            arrived = await pour(url, min(seconds * rate, REPORTERS * ONE_IN), rate)
            await asyncio.sleep(2)
            calls = await get(f"{url}/emulator/calls?last=20000&method=sendMessage")
    left: dict[int, float] = {}
    for call in calls:
        left.setdefault(call["chat_id"], call["at"])
    if missing := len(arrived.keys() - left.keys()):
        raise RuntimeError(f"{missing} of {len(arrived)} did not leave")
    return sorted(left[who] - at for who, at in arrived.items())


async def pour(url: str, updates: int, rate: int) -> dict[int, float]:
    """Give the emulator so many updates at this rate; when each reporter's emergency arrived."""
    arrived: dict[int, float] = {}
    begun = time.monotonic()
    for number in range(updates):
        await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
        if number % ONE_IN:
            who, text = FIRST + REPORTERS + number % OTHERS, ("/fuera", "/disponible")[number // OTHERS % 2]
        else:
            who, text = FIRST + number // ONE_IN, "/emergencia Robo"
            arrived[who] = time.time()
        await post(f"{url}/emulator/updates", [message(who, number + 2, text, int(time.time()))])
    return arrived


async def bench(seconds: int, rate: int, rounds: int) -> dict[str, list[list[float]]]:
    """Waits of both, by round."""
    found: dict[str, list[list[float]]] = {"desk": [], "echo": []}
    for _ in range(rounds):
        for way, waits in found.items():
            waits.append(await one_round(way, seconds, rate))
    return found


def p99(waits: list[float]) -> float:
    """Milliseconds."""
    return waits[int(len(waits) * 0.99)] * 1000


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    found = uvloop.run(bench(4, 50, 1) if short else bench(10, 100, 2))
    desks, echoes = ([p99(waits) for waits in found[way]] for way in ("desk", "echo"))
    return [Figure("alert-latency", ratios(desks, echoes), rates("desk", desks, "echo", echoes, " ms"))]


def say(found: dict[str, list[list[float]]], rate: int) -> None:
    """Print p50 and p99 of both."""
    for way, rounds in found.items():
        p50 = statistics.median(wait for waits in rounds for wait in waits) * 1000
        longest = statistics.median(p99(waits) for waits in rounds)
        print(f"{way:5} p50 {p50:.1f} ms   p99 {longest:.1f} ms   {sum(map(len, rounds))} alerts at {rate} updates/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rate", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    say(uvloop.run(bench(options.seconds, options.rate, options.rounds)), options.rate)


if __name__ == "__main__":
    main()
