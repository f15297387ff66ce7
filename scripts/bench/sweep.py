"""Waits of other writes while the retention sweep deletes a million old rows, against the limit of 20 ms.

    python scripts/bench/sweep.py [--rows 1000000] [--pairs 3]

A write comes every 5 ms, first without the sweep and then beside it, in pairs on the same file. A commit is an fsync,
so the longest wait without the sweep is the disk's own share.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import uvloop

from bot.config.schema import Config
from bot.jobs import retention
from bot.runtime.clock import SystemClock
from scripts.performance.figures import Figure
from storage.engine.session import Session
from storage.engine.sqlite import connect
from storage.engine.store import Store, sqlite_path
from storage.ops.migrate import upgrade
from storage.queues import jobs
from storage.queues.queue_statements import State
from storage.schema.instants import to_ms

EVERY_S = 0.005
LIMIT_MS = 20.0


def fill(url: str, rows: int, old: datetime) -> None:
    """Put so many old rows into each of the three tables that are swept, a third of them each."""
    file = connect(str(sqlite_path(url)))
    file.execute("BEGIN")
    for name in ("inbox", "outbox", "answer"):
        columns = file.execute("SELECT name, type FROM pragma_table_info(?)", (name,)).fetchall()
        marks = ",".join("?" * len(columns))
        file.executemany(
            f"INSERT INTO {name} VALUES ({marks})",  # noqa: S608 - three names of our own
            ([value(column, kind, number, to_ms(old)) for column, kind in columns] for number in range(rows // 3)),
        )
    file.execute("COMMIT")
    file.close()


def value(column: str, kind: str, number: int, old: int) -> object:
    """A value for a column of a row that was done long ago."""
    match column:
        case "id" | "update_id":
            return number + 1
        case "state":
            return int(State.DONE)
        case "key":
            return f"update:{number}"
        case "line":
            return f"{number % 1000}:1"
        case _ if column.endswith("_at") or column == "at":
            return old
        case _:
            return "x" * 20 if "CHAR" in kind or "TEXT" in kind else 0


async def claim(name: str, now: datetime, session: Session) -> bool:
    """One small write."""
    return await jobs.claim(session, name, now, timedelta(seconds=1))


async def waits(store: Store, clock: SystemClock, until: asyncio.Event) -> Sequence[float]:
    """Milliseconds that each write took until the event."""
    taken: list[float] = []
    while not until.is_set():
        begun = time.perf_counter()
        await store.write(partial(claim, f"write{begun}", clock.now()))
        taken.append((time.perf_counter() - begun) * 1000)
        await asyncio.sleep(EVERY_S)
    return sorted(taken)


async def pair(rows: int) -> tuple[Sequence[float], Sequence[float], float]:
    """Waits without the sweep and beside it, and how long the sweep took, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder, 'gad.db')}"
        await upgrade(url)
        clock = SystemClock()
        fill(url, rows, clock.now() - timedelta(days=30))
        store = Store(url)
        await store.start()
        quiet, over = asyncio.Event(), asyncio.Event()
        alone = asyncio.create_task(waits(store, clock, quiet))
        await asyncio.sleep(3)
        quiet.set()
        without = await alone
        beside = asyncio.create_task(waits(store, clock, over))
        begun = time.perf_counter()
        await retention.sweep(store, clock, Config())
        took = time.perf_counter() - begun
        over.set()
        during = await beside
        await store.stop()
        return without, during, took


def figures(short: bool) -> list[Figure]:
    """For `make bench`: the longest wait beside the sweep, and that of the disk by itself."""
    found = [uvloop.run(pair(3_000 if short else 60_000)) for _ in range(1 if short else 3)]
    alone = ", ".join(f"{without[-1]:.1f}" for without, _, _ in found)
    return [Figure("sweep", [during[-1] for _, during, _ in found], f"without the sweep {alone} ms")]


def main() -> None:
    """Print the waits of each pair, and whether the limit held."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=3)
    given = parser.parse_args()
    for number in range(given.pairs):
        without, during, took = uvloop.run(pair(given.rows))
        print(
            f"pair {number + 1}: p50 {without[len(without) // 2]:.1f} -> {during[len(during) // 2]:.1f} ms, "
            f"p99 {without[len(without) * 99 // 100]:.1f} -> {during[len(during) * 99 // 100]:.1f} ms, "
            f"longest {without[-1]:.1f} -> {during[-1]:.1f} ms = {during[-1] / LIMIT_MS:.2f} of the limit; "
            f"{len(during)} writes during a sweep of {took:.1f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
