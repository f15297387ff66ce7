"""Due times on SQLite: a second in which a thousand are due among a million, and a look when none is (P8).

    python scripts/bench/timers.py [--pending 1000000] [--due 1000]

A thousand emergencies that nobody has answered climb within the same second, through the timekeeper and the whole desk:
each climb is an event, a new due time and the messages to all who are told. What counts is when the commit of the last
one was, measured from its time. The look with nothing due is timed on the full table and on an empty one.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import uvloop

from bot.jobs.timers import Timekeeper
from bot.notifications.composer import Composer
from bot.runtime.clock import SystemClock
from bot.runtime.pulse import Pulse
from bot.transport.rendering import render
from bot.ui.texts import Texts
from core.desk.desk import Desk
from core.rules.permissions import Caller
from core.rules.situation import Rules
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.words import Membership, Role
from scripts.performance.figures import Figure
from storage.engine.session import Session
from storage.engine.sqlite import connect
from storage.engine.store import Store, sqlite_path
from storage.ops.migrate import upgrade
from storage.repositories import people
from storage.repositories.unit_of_work import StoreUnitOfWork
from storage.schema.instants import to_ms

LOOKS = 2_000
OTHERS = 1_000_000  # from this number on there are due times, but no tasks
PROGRAM = Caller(via="bench")
STAFF = (*[Role.SUPERVISOR] * 3, *[Role.ADMIN] * 2)


class Field:
    """A desk on a file of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.file = str(sqlite_path(url))
        self.clock = SystemClock()
        self.store = Store(url)
        composer = Composer(Texts("es", ZoneInfo("America/Guayaquil")))
        self.desk = Desk(units=StoreUnitOfWork(self.store, render), clock=self.clock, composer=composer, rules=Rules())

    async def open(self) -> None:
        """The schema, and somebody to tell."""
        await upgrade(self.url)
        await self.store.start()
        self._reader = connect(self.file, read_only=True)
        for number, role in enumerate(STAFF, 1):
            person = Person(id=0, account=number, name=f"P{number}", role=role, membership=Membership.ACTIVE)
            await self.store.write(partial(_save, person))

    async def close(self) -> None:
        """Nothing is kept."""
        self._reader.close()
        await self.store.stop()

    async def alerts(self, count: int) -> None:
        """So many unanswered emergencies."""
        for start in range(0, count, 100):
            numbers = range(start, min(start + 100, count))
            await asyncio.gather(*(self._alert(number) for number in numbers))

    async def _alert(self, number: int) -> None:
        opening = c.OpenEmergency(title=f"Robo {number}", sent_at=self.clock.now())
        await self.desk.execute(opening, caller=PROGRAM)

    def set_due(self, first: datetime, lasting: timedelta) -> list[int]:
        """Every alert climbs at a moment of its own within this time, and nothing else is due for long."""
        dice = random.Random(3)
        with connect(self.file) as connection:
            connection.execute("DELETE FROM timer WHERE kind <> 'climb'")
            tasks = [task for (task,) in connection.execute("SELECT task FROM timer WHERE task < ?", (OTHERS,))]
            moments = sorted(to_ms(first + dice.random() * lasting) for _ in tasks)
            pairs = list(zip(moments, tasks, strict=True))
            connection.execute("BEGIN")
            connection.executemany("UPDATE timer SET due_at = ? WHERE kind = 'climb' AND task = ?", pairs)
            connection.execute("COMMIT")
        return moments

    def pend(self, count: int) -> None:
        """So many due times, from an hour to a year from now, in no order."""
        dice, now, hour = random.Random(5), to_ms(self.clock.now()), 3_600_000
        rows = (
            ("climb", OTHERS + number, 0, 0, now + hour + dice.randrange(365 * 24 * hour), number % 2)
            for number in range(count)
        )
        with connect(self.file) as connection:
            connection.execute("BEGIN")
            connection.executemany(
                "INSERT INTO timer (kind, task, person, unit, due_at, urgent) VALUES (?,?,?,?,?,?)", rows
            )
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def left(self, until: datetime) -> bool:
        """Whether anything that is due until then has not fired."""
        query = "SELECT 1 FROM timer WHERE urgent = 1 AND due_at <= ? LIMIT 1"
        return self._reader.execute(query, (to_ms(until),)).fetchone() is not None

    def climbed(self) -> list[tuple[int, int]]:
        """Task and moment of every climb that time brought about."""
        query = 'SELECT task, at FROM event WHERE body LIKE \'%"cause":"time"%\''
        return [(task, at) for task, at in self._reader.execute(query)]


async def _save(person: Person, session: Session) -> None:
    await people.save(session, None, person)


async def look(field: Field) -> list[float]:
    """Milliseconds of looks at which nothing is due, each with its commit."""
    took = []
    for _ in range(LOOKS):
        started = time.perf_counter()
        assert await field.desk.fire_due() == 0
        took.append((time.perf_counter() - started) * 1_000)
    return took


async def busy_second(field: Field, due: int) -> float:
    """The timekeeper at its work; returns how many seconds after its time the last one was committed."""
    first = field.clock.now() + timedelta(seconds=2)
    moments = field.set_due(first, timedelta(seconds=1))
    keeper = Timekeeper(field.store, field.desk, field.clock)
    keeping = asyncio.create_task(keeper.run(Pulse(field.clock)))
    last = datetime.fromtimestamp(moments[-1] / 1_000, UTC)
    while field.left(last):
        assert field.clock.now() < last + timedelta(seconds=30), "they never fire"
        await asyncio.sleep(0.005)
    over = field.clock.now()
    await asyncio.sleep(1)
    keeping.cancel()
    fired = field.climbed()
    assert len(fired) == due, "each fires"
    assert len({task for task, _ in fired}) == due, "each fires once"
    late = [at - moment for at, moment in zip(sorted(at for _, at in fired), moments, strict=True)]
    assert min(late) >= 0, "none fires early"
    print(f"  {due:,} due within a second: all fired once, none early")
    print(f"  begun after their time: p50 {statistics.median(late):.0f} ms, worst {max(late):.0f} ms")
    print(f"  the last one committed {(over - last).total_seconds():.2f} s after its time")
    return (over - last).total_seconds()


async def main(pending: int, due: int) -> float:
    """All of it; returns how many seconds late the last of the busy second was."""
    with tempfile.TemporaryDirectory() as folder:
        empty, full = (Field(f"sqlite+aiosqlite:///{Path(folder) / name}.db") for name in ("empty", "full"))
        await empty.open()
        await full.open()
        await full.alerts(due)
        full.set_due(full.clock.now() + timedelta(hours=1), timedelta(seconds=1))
        full.pend(pending)
        print(f"{pending + due:,} pending")
        rounds: dict[str, list[float]] = {"empty": [], "full": []}
        for _ in range(3):
            rounds["empty"] += await look(empty)
            rounds["full"] += await look(full)
        base, found = (statistics.median(rounds[name]) for name in ("empty", "full"))
        print(f"  a look with nothing due: {found:.3f} ms; on an empty table {base:.3f} ms: {found / base:.2f}x")
        late = await busy_second(full, due)
        for field in (empty, full):
            await field.close()
        return late


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    return [Figure("timers", [uvloop.run(main(10_000, 100) if short else main(1_000_000, 1_000))])]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pending", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=1_000)
    arguments = parser.parse_args()
    uvloop.run(main(arguments.pending, arguments.due))
