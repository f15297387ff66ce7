"""Durable units of work a second on PostgreSQL, eight in flight: ours, the same rows by hand, and as one statement.

    python scripts/bench/postgresql.py [--seconds 3] [--rounds 3]

A unit is a task, its event, two messages in lines of their own and an idempotency key, in one commit that is on the
disk. "one statement" is a CTE that inserts just these rows: what the server can do at all. "by hand" are five
statements over asyncpg. "a unit" is the store's, with the task's words, the totals and the heads of the lines;
"unchained" is the same with an event that no hash holds to the one before it. Two and four processes do the same on
one database; how many cores were busy, server and all, says what of that the machine allows (on Linux). Ways take
turns within a round; figures are medians of the rounds.
"""

import argparse
import asyncio
import itertools
import os
import statistics
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import asyncpg
import uvloop
from msgspec import json
from sqlalchemy import Text, bindparam, insert
from sqlmodel import SQLModel

from storage.queues.addressed_call import AddressedCall

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from core.desk.ports import Record
from core.state.task import opened
from core.vocabulary import events as e
from core.vocabulary.words import Kind, Lane, Priority, TaskType
from scripts.performance.figures import Figure, rates, ratios
from storage.audit import record
from storage.engine.session import Query, Session
from storage.engine.store import Store
from storage.queues import outbox
from storage.repositories import counters, tasks
from storage.schema.tables import AnswerRow, EventRow, OutboxRow, TaskRow, table
from tests.support.servers.postgresql import PostgresqlServer

TITLE = "Patrullaje zona norte"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
OPENED = e.Opened(
    kind=Kind.TASK, task_type=TaskType.PATROL, priority=Priority.MEDIUM, title=TITLE, sent_at=NOW, reporter=1
)
CARD = {"chat_id": 1, "text": f"📋 {TITLE}\n<code>T-000001</code> · media", "parse_mode": "HTML"}
IN_FLIGHT = 8
STAT = Path("/proc/stat")  # https://docs.kernel.org/filesystems/proc.html


def _insert(model: type[SQLModel], **given: str) -> str:
    """A row with these values, and nothing worth mentioning in the other columns that want something."""
    wanted = [c for c in table(model).columns if c.name in given or not (c.nullable or c.name == "id")]
    filled = [given.get(c.name, "''" if isinstance(c.type, Text) else "0") for c in wanted]
    names = ", ".join(f'"{c.name}"' for c in wanted)
    return f"INSERT INTO {table(model).name} ({names}) VALUES ({', '.join(filled)})"  # noqa: S608 - of our own words


_TASK = _insert(TaskRow, id="$1", title="$2", told="'[]'", open="1")
_EVENT = _insert(EventRow, task="$1")
_MESSAGE = _insert(OutboxRow, line="$1", payload="$2", state="1", rank="2")
_KEY = _insert(AnswerRow, key="$1")
_ELSEWHERE = _MESSAGE.replace("$1", "$3").replace("$2", "$4")
_ONE = f"""WITH t AS ({_TASK}), e AS ({_EVENT}), m AS ({_ELSEWHERE}), n AS ({_ELSEWHERE}) {_KEY.replace("$1", "$5")}"""

_COLUMNS = [column.name for column in table(EventRow).columns if column.name != "id"]
_UNCHAINED = Query(insert(table(EventRow)).inline().values({name: bindparam(name) for name in _COLUMNS}))
_HAPPENED = dict.fromkeys(_COLUMNS) | {"at": 0, "by": 1, "via": "chat", "reason": "", "chain": 0, "link": 0, "hash": ""}

Unit = Callable[[int], Awaitable[object]]


class Figures(NamedTuple):
    """Units a second, and how many cores were busy with everything."""

    rate: float
    cores: float


async def one_statement(pool: "asyncpg.Pool[asyncpg.Record]", number: int) -> None:
    """The rows alone, in one round trip."""
    await pool.execute(_ONE, number, TITLE, f"{number % 1000}:2", str(CARD), f"update:{number}:1")


async def by_hand(pool: "asyncpg.Pool[asyncpg.Record]", number: int) -> None:
    """The rows alone, a statement each."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(_TASK, number, TITLE)
        await connection.execute(_EVENT, number)
        await connection.execute(_MESSAGE, f"{number % 1000}:2", str(CARD))
        await connection.execute(_MESSAGE, f"{number % 1000}:2", str(CARD))
        await connection.execute(_KEY, f"update:{number}:1")


async def a_unit(store: Store, number: int, *, chained: bool = True) -> None:
    """As the desk writes it."""

    async def write(session: Session) -> None:
        task = opened(await counters.next_value(session, "task"), OPENED, NOW)
        await tasks.save(session, None, task)
        if chained:
            await record.add(session, [Record(at=NOW, event=OPENED, by=1, via="chat", task=task.id)])
        else:
            await session.run(_UNCHAINED, **_HAPPENED | {"task": task.id, "body": json.encode(OPENED).decode()})
        letters = [
            AddressedCall(chat=number % 1000 + beyond, lane=Lane.ACTION, method="sendMessage", payload=CARD)
            for beyond in (0, 1000)
        ]
        await outbox.post(session, letters, NOW)
        await record.remember(session, f"update:{number}:1", b"{}", NOW)

    await store.write(write)


def busy() -> float:
    """Seconds that all cores together have worked so far; 0 where the system doesn't say it this way."""
    if not STAT.exists():
        return 0
    user, nice, system, _, _, *interrupts = map(int, STAT.read_text().split("\n", 1)[0].split()[1:8])
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


async def watched(work: Awaitable[float]) -> Figures:
    """Answer of a run, and the part of the machine that it took."""
    worked, started = busy(), time.perf_counter()
    rate = await work
    return Figures(rate, (busy() - worked) / (time.perf_counter() - started))


async def measure(unit: Unit, seconds: float, numbers: "itertools.count[int]") -> float:
    """Units a second, with so many callers that wait for their commits."""
    done, end = 0, time.perf_counter() + seconds

    async def caller() -> None:
        nonlocal done
        while time.perf_counter() < end:
            await unit(next(numbers))
            done += 1

    started = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(IN_FLIGHT)))
    return done / (time.perf_counter() - started)


async def alone(url: str, seconds: float, first: int, *, chained: bool = True, child: bool = False) -> float:
    """One process's work; also the whole of a child's, which begins on a signal."""
    store = Store(url)
    await store.start()
    try:
        if child:
            print("ready", flush=True)
            sys.stdin.readline()
        return await measure(partial(a_unit, store, chained=chained), seconds, itertools.count(first))
    finally:
        await store.stop()


async def cluster(url: str, processes: int, seconds: float, first: int) -> Figures:
    """Work of several processes that begin at the same moment; what it takes to start them is none of it."""
    command = [sys.executable, __file__, "--seconds", str(seconds), "--child", url, "--first"]
    children = [
        await asyncio.create_subprocess_exec(*command, str(first + n * 10**8 // 2), stdin=PIPE, stdout=PIPE)
        for n in range(processes)
    ]
    for child in children:
        assert child.stdout is not None
        await child.stdout.readline()
    return await watched(_together(children))


async def _together(children: list[Process]) -> float:
    ended = await asyncio.gather(*(child.communicate(b"go\n") for child in children))
    return sum(float(rate) for rate, _ in ended)


async def found_by(server: PostgresqlServer, seconds: float, rounds: int) -> dict[str, list[Figures]]:
    """Figures of each way, by round."""
    found: dict[str, list[Figures]] = {}
    numbers = itertools.count(10**10)
    for number in range(rounds):
        url = server.fresh()
        pool = await asyncpg.create_pool(url.replace("+asyncpg", ""), min_size=IN_FLIGHT, max_size=IN_FLIGHT)
        for name, way in (("one statement", one_statement), ("by hand", by_hand)):
            found.setdefault(name, []).append(await watched(measure(partial(way, pool), seconds, numbers)))
        await pool.close()
        first = number * 10**9
        unchained = await watched(alone(url, seconds, first + 5 * 10**8, chained=False))
        found.setdefault("unchained", []).append(unchained)
        for name, processes in (("a unit", 1), ("two processes", 2), ("four processes", 4)):
            found.setdefault(name, []).append(await cluster(url, processes, seconds, first))
            first += processes * 10**8 // 2
        server.drop(url)
    return found


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    durable = PostgresqlServer(durable=True)
    try:
        found = uvloop.run(found_by(durable, *((0.5, 1) if short else (1.5, 3))))
    finally:
        durable.stop()
    unit, base = ([each.rate for each in found[name]] for name in ("a unit", "one statement"))
    one, four = ([each.cores / each.rate * 1e6 for each in found[name]] for name in ("a unit", "four processes"))
    together = statistics.median(each.rate for each in found["four processes"]) / statistics.median(unit)
    said = rates("four processes", four, "one", one, " us of a core for a unit")
    return [
        Figure("postgresql-unit", ratios(unit, base), rates("a unit", unit, "one statement", base)),
        Figure("postgresql-cpu", ratios(four, one), f"{said}; four do {together:.2f} x as much as one"),
    ]


async def main(server: PostgresqlServer, seconds: float, rounds: int) -> None:
    found = await found_by(server, seconds, rounds)
    rates = {name: statistics.median(figures.rate for figures in each) for name, each in found.items()}
    for name, rate in rates.items():
        cores = statistics.median(figures.cores for figures in found[name])
        print(f"{name:14} {rate:8,.0f}/s  {rate / rates['one statement']:5.2f}x one statement  {cores:.1f} cores busy")
    print(f"two processes: {rates['two processes'] / rates['a unit']:.2f}x one")
    print(f"the chain: {1e6 / rates['a unit'] - 1e6 / rates['unchained']:.0f} us of a unit")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--first", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        print(uvloop.run(alone(arguments.child, arguments.seconds, arguments.first, child=True)))
    else:
        durable = PostgresqlServer(durable=True)
        try:
            uvloop.run(main(durable, arguments.seconds, arguments.rounds))
        finally:
            durable.stop()
