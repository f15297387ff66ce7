"""Durable units of work a second on SQLite with synchronous=FULL: the naive way, the store's, and a whole command.

    python scripts/bench/unit_of_work.py [--seconds 3] [--rounds 3]

A unit is a task, its event, two outbox rows and an idempotency key in one commit. The naive way is one async ORM
session and one commit for each. The commands are an agent's OpenTask and OpenEmergency through the desk, with all that
they read, render and say to the agent and to a supervisor. Ways take turns within a round; figures are medians of the
rounds.
"""

import argparse
import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import uvloop
from sqlalchemy import Text, event
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlmodel import SQLModel

from bot.notifications.composer import Composer
from bot.runtime.clock import SystemClock
from bot.transport.rendering import render
from bot.ui.texts import Texts
from core.desk.desk import Desk
from core.desk.outcome import Refused
from core.desk.ports import Record
from core.rules.permissions import caller_of
from core.rules.situation import Rules
from core.state.person import Person
from core.state.task import opened
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.words import Availability, Kind, Lane, Membership, Priority, Role, TaskType
from scripts.performance.figures import Figure, rates, ratios
from storage.audit import record
from storage.engine.session import Session
from storage.engine.store import Store
from storage.ops.migrate import upgrade
from storage.queues import outbox
from storage.queues.addressed_call import AddressedCall
from storage.repositories import counters, people, tasks
from storage.repositories.unit_of_work import StoreUnitOfWork
from storage.schema.tables import AnswerRow, EventRow, OutboxRow, TaskRow, table

TITLE = "Patrullaje zona norte"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
OPENED = e.Opened(
    kind=Kind.TASK, task_type=TaskType.PATROL, priority=Priority.MEDIUM, title=TITLE, sent_at=NOW, reporter=1
)
CARD = {"chat_id": 1, "text": f"📋 {TITLE}\n<code>T-000001</code> · media", "parse_mode": "HTML"}

Unit = Callable[[int], Awaitable[object]]


class Figures(NamedTuple):
    """Units a second; milliseconds."""

    rate: float
    p50: float
    p99: float


@asynccontextmanager
async def naive(url: str) -> AsyncIterator[Unit]:
    """One async ORM session and one commit for each."""
    engine = create_async_engine(url)

    def durable(connection: Any, _: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=60000"):
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine.sync_engine, "connect", durable)

    async def unit(number: int) -> None:
        async with AsyncSession(engine) as session:
            session.add(_row(TaskRow, id=number, kind="task", type="patrol", state="scheduled", title=TITLE, open=1))
            session.add(_row(EventRow, task=number, by=1, via="chat", body="{}"))
            line = f"{number % 1000}:2"
            session.add_all(_row(OutboxRow, line=line, rank=2, state=1, payload=str(CARD)) for _ in range(2))
            session.add(_row(AnswerRow, key=f"update:{number}:1", body="{}"))
            await session.commit()

    yield unit
    await engine.dispose()


def _row(model: type[SQLModel], **given: Any) -> SQLModel:
    """A row with what it must have, and nothing in it but what is given."""
    needed = (c for c in table(model).columns if not (c.nullable or c.primary_key))
    return model(**{c.name: "" if isinstance(c.type, Text) else 0 for c in needed} | given)


@asynccontextmanager
async def grouped(url: str) -> AsyncIterator[Unit]:
    """The same rows, and the words, totals and lines that go with them, as a unit of the store."""
    store = Store(url)
    await store.start()

    async def unit(number: int) -> None:
        async def write(session: Session) -> None:
            task = opened(await counters.next_value(session, "task"), OPENED, NOW)
            await tasks.save(session, None, task)
            await record.add(session, [Record(at=NOW, event=OPENED, by=1, via="chat", task=task.id)])
            letter = AddressedCall(chat=number % 1000, lane=Lane.ACTION, method="sendMessage", payload=CARD)
            await outbox.post(session, [letter, letter], NOW)
            await record.remember(session, f"update:{number}:1", b"{}", NOW)

        await store.write(write)

    yield unit
    await store.stop()


@asynccontextmanager
async def whole(url: str, opening: Callable[[str, datetime], c.AnyCommand]) -> AsyncIterator[Unit]:
    """A command, with all that belongs to it."""
    store, clock = Store(url), SystemClock()
    await store.start()
    agent, supervisor = (
        Person(
            id=0,
            account=1000 + role,
            name=role.name.title(),
            role=role,
            membership=Membership.ACTIVE,
            availability=Availability.AVAILABLE,
        )
        for role in (Role.AGENT, Role.SUPERVISOR)
    )
    agent = await store.write(lambda session: people.save(session, None, agent))
    await store.write(lambda session: people.save(session, None, supervisor))
    texts = Texts("es", ZoneInfo("America/Guayaquil"))
    desk = Desk(units=StoreUnitOfWork(store, render), clock=clock, composer=Composer(texts), rules=Rules())

    async def unit(number: int) -> None:
        command = opening(f"{TITLE} {number}", clock.now())
        outcome = await desk.execute(command, caller=caller_of(agent), key=f"update:{number}:1")
        assert not isinstance(outcome, Refused)

    yield unit
    await store.stop()


def open_task(url: str) -> AbstractAsyncContextManager[Unit]:
    """Work that waits for nobody."""
    return whole(url, lambda title, at: c.OpenTask(title=title, sent_at=at))


def open_emergency(url: str) -> AbstractAsyncContextManager[Unit]:
    """An alert: there is nobody to be offered it, so its supervisor is told at once."""
    return whole(url, lambda title, at: c.OpenEmergency(title=title, sent_at=at))


WAYS = {"naive": naive, "grouped unit": grouped, "OpenTask": open_task, "OpenEmergency": open_emergency}


async def measure(unit: Unit, *, callers: int, seconds: float, numbers: "itertools.count[int]") -> Figures:
    """So many callers, each of which waits for its commit before the next."""
    took: list[float] = []
    end = time.perf_counter() + seconds

    async def caller() -> None:
        while (started := time.perf_counter()) < end:
            await unit(next(numbers))
            took.append(time.perf_counter() - started)

    started = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(callers)))
    rate = len(took) / (time.perf_counter() - started)
    took.sort()
    return Figures(rate, took[len(took) // 2] * 1000, took[len(took) * 99 // 100] * 1000)


def median(rounds: list[Figures]) -> Figures:
    """Of each figure by itself."""
    return Figures(*(statistics.median(column) for column in zip(*rounds, strict=True)))


async def found_by(callers: Sequence[int], seconds: float, rounds: int) -> dict[int, dict[str, list[Figures]]]:
    """Figures of each way by round, for each number of callers."""
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as stack:
            units: dict[str, Unit] = {}
            for name, way in WAYS.items():
                url = f"sqlite+aiosqlite:///{Path(folder) / name}.db"
                await upgrade(url)
                units[name] = await stack.enter_async_context(way(url))
            numbers = itertools.count(1)
            found: dict[int, dict[str, list[Figures]]] = {number: {name: [] for name in units} for number in callers}
            for number, _, (name, unit) in itertools.product(callers, range(rounds), units.items()):
                found[number][name].append(await measure(unit, callers=number, seconds=seconds, numbers=numbers))
            return found


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    found = uvloop.run(found_by((64,), 0.5, 1) if short else found_by((64,), 2, 3))[64]
    by_way = {name: [each.rate for each in rounds] for name, rounds in found.items()}
    base = by_way["naive"]
    return [
        Figure("unit", ratios(by_way["grouped unit"], base), rates("unit", by_way["grouped unit"], "session", base)),
        Figure("unit-p99", [each.p99 for each in found["grouped unit"]]),
        Figure("open-task", ratios(by_way["OpenTask"], base), rates("OpenTask", by_way["OpenTask"], "session", base)),
        Figure("open-emergency", ratios(by_way["OpenEmergency"], base), said(by_way["OpenEmergency"])),
    ]


def said(emergencies: list[float]) -> str:
    """The rate in words; the session's stands beside the others."""
    return f"OpenEmergency {statistics.median(emergencies):,.0f}/s"


async def main(seconds: float, rounds: int) -> None:
    for callers, found in (await found_by((1, 64), seconds, rounds)).items():
        print(f"{callers} caller{'s' if callers > 1 else ''}")
        base = median(found["naive"]).rate
        for name, each in found.items():
            rate, p50, p99 = median(each)
            print(f"  {name:14} {rate:8,.0f}/s  p50 {p50:7.2f} ms  p99 {p99:7.2f} ms  {rate / base:6.1f}x naive")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    uvloop.run(main(arguments.seconds, arguments.rounds))
