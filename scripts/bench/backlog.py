"""Share of Telegram's limit that is used while more waits than may leave: one process, and four on one Redis (P6).

    python scripts/bench/backlog.py [--seconds 30]

The desks are processes of their own: one on SQLite, or four on one PostgreSQL with their limits in one Redis. The
emulator takes as many messages in any second as the desks' limit says and not one more; whatever it refuses (429) is
counted. The rate is that of the messages taken from the fifth second on.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import uvloop
from drain import fill
from loopback import FIRST, database_in, desk_in, emulator, get, post

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.transport.rate_limits import Rates
from core.vocabulary.words import Lane
from scripts.performance.figures import Figure
from storage.engine.store import Store
from storage.ops.migrate import upgrade
from tests.support.servers.postgresql import PostgresqlServer
from tests.support.servers.redis import RedisServer

LIMIT = Rates().per_second
WARM_UP = 5.0


@asynccontextmanager
async def shared() -> AsyncIterator[dict[str, str]]:
    """Settings for four processes on one PostgreSQL and one Redis."""
    postgresql, redis = PostgresqlServer(), RedisServer()
    try:
        yield {
            "GAD_STORAGE__URL": postgresql.fresh(),
            "GAD_REDIS__URL": redis.url,
            "GAD_TELEGRAM__MODE": "webhook",
            "GAD_TELEGRAM__WEBHOOK_URL": "http://127.0.0.1:9/nobody-writes",
            "GAD_TELEGRAM__WEBHOOK_SECRET": "known-to-this-bench-and-the-emulator",
        }
    finally:
        redis.stop()
        postgresql.stop()


async def used(processes: int, seconds: float, **environment: str) -> tuple[float, int]:
    """Messages taken a second, and how many were refused."""
    chats = int(LIMIT * (WARM_UP + seconds) * 2)
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(emulator(chats))
        await post(f"{url}/emulator/limits", {"enabled": True, "per_second": LIMIT})
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir="."))
        await fill_outbox(environment.get("GAD_STORAGE__URL", database_in(folder)), chats)
        for _ in range(processes):
            await stack.enter_async_context(desk_in(folder, url, GAD_DELIVERY__PER_SECOND=str(LIMIT), **environment))
        while not (calls := await get(f"{url}/emulator/calls?method=sendMessage")):
            await asyncio.sleep(0.05)
        await asyncio.sleep(WARM_UP + seconds)
        first = calls[0]["at"] + WARM_UP
        calls = await get(f"{url}/emulator/calls?method=sendMessage")
    taken = sum(call["ok"] and first <= call["at"] < first + seconds for call in calls)
    return taken / seconds, sum(call["error_code"] == 429 for call in calls)


async def fill_outbox(database: str, chats: int) -> None:
    """A routine message waits for each chat."""
    await upgrade(database)
    store = Store(database)
    await store.start()
    await fill(store, range(FIRST, FIRST + chats), [Lane.ROUTINE])
    await store.stop()


async def bench(seconds: float) -> dict[str, tuple[float, int]]:
    """Messages a second and refusals of one process and of four."""
    found = {"one process": await used(1, seconds)}
    async with shared() as environment:
        found["four processes"] = await used(4, seconds, **environment)
    return found


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    found = uvloop.run(bench(2 if short else 15))
    said = ", ".join(f"{name} {rate / LIMIT:.1%} of {LIMIT}/s" for name, (rate, _) in found.items())
    return [Figure("backlog", [float(sum(refused for _, refused in found.values()))], said)]


def say(found: dict[str, tuple[float, int]]) -> None:
    """Print both."""
    for name, (rate, refused) in found.items():
        print(f"{name:14} {rate:5.2f}/s of {LIMIT}: {rate / LIMIT:.1%}, {refused} refused (429)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30)
    say(uvloop.run(bench(parser.parse_args().seconds)))


if __name__ == "__main__":
    main()
