"""From an update's arrival to the first call of the alert that it causes, at 100 updates a second.

    python scripts/bench/alert_latency.py [--seconds 10] [--rate 100]

The desk is a process of its own on an emulator of its own, whose limits are lifted. One update in twenty is an
emergency, each of somebody who does nothing else, the rest are commands of the others; an emergency has left when the
emulator takes the first message to its chat. The arrival is the moment before the emulator is given the update.
"""

import argparse
import asyncio
import statistics
import time

import uvloop
from loopback import FIRST, desk, emulator, get, message, post

REPORTERS, OTHERS, SUPERVISORS, ONE_IN = 100, 100, 3, 20
CROWD = REPORTERS + OTHERS + SUPERVISORS


async def bench(seconds: int, rate: int) -> None:
    async with emulator(CROWD) as url, desk(url, CROWD, SUPERVISORS):
        await post(f"{url}/emulator/updates", [message(FIRST + REPORTERS, 1, "/ayuda", int(time.time()))])
        while not (await get(f"{url}/emulator/stats"))["calls"].get("sendMessage ok"):
            await asyncio.sleep(0.05)
        arrived = await pour(url, min(seconds * rate, REPORTERS * ONE_IN), rate)
        await asyncio.sleep(2)
        calls = await get(f"{url}/emulator/calls?last=20000&method=sendMessage")
    left: dict[int, float] = {}
    for call in calls:
        left.setdefault(call["chat_id"], call["at"])
    waits = sorted(left[who] - at for who, at in arrived.items() if who in left)
    print(f"{len(waits)} of {len(arrived)} alerts left, at {rate} updates/s")
    print(f"p50 {statistics.median(waits) * 1000:.1f} ms   p99 {waits[int(len(waits) * 0.99)] * 1000:.1f} ms")


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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rate", type=int, default=100)
    options = parser.parse_args()
    uvloop.run(bench(options.seconds, options.rate))


if __name__ == "__main__":
    main()
