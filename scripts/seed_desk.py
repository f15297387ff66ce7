"""A desk that has been at work for long, for load tests and benches: so many people, tasks, and all their history.

    python scripts/seed_desk.py sqlite+aiosqlite:///var/large.db [--tasks 100000] [--people 1000] [--units 30]

A few hundred tasks are made by real commands, then they are copied on disk until there are enough. The record is
chained anew meanwhile, so `gad audit verify` passes. Nothing waits to be sent, and no timer runs. PostgreSQL gets
the same desk by `gad migrate`.
"""

import argparse
import asyncio
import itertools
import sqlite3
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.transport.rendering import render
from core.desk.desk import Desk
from core.desk.ending_port import CardShown
from core.desk.outcome import TaskDone
from core.desk.ports import OutgoingMessage
from core.notifications.notifications import Notification, TaskContext
from core.notifications.person_context import PersonContext
from core.notifications.unit_notifications import UnitContext, UnitNotification
from core.rules.permissions import DESK, caller_of
from core.rules.situation import Rules
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary import unit_commands as uc
from core.vocabulary.destinations import Destination
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Membership, Role
from storage.audit.chain import covered, hash_of
from storage.engine.session import Session
from storage.engine.sqlite import connect
from storage.engine.store import Store, sqlite_path
from storage.ops.migrate import upgrade
from storage.repositories import people
from storage.repositories.unit_of_work import StoreUnitOfWork
from storage.schema.rows import row_maker
from storage.schema.tables import EventRow, table

BY_COMMANDS = 500
FIRST_ACCOUNT = 100_000
CITY = Place(lat=-2.19, lon=-79.89)
STREETS = ("norte", "sur", "centro", "puerto", "terminal", "parque", "malecón", "mercado")
_ALL = tuple(column.name for column in table(EventRow).columns)
_LISTED = ", ".join(_ALL[1:])  # its number is given anew
_ADD = f"INSERT INTO event ({_LISTED}) VALUES ({', '.join('?' * (len(_ALL) - 1))})"  # noqa: S608 - our own words
_OF_TASKS = f"SELECT id, {_LISTED} FROM event WHERE task <= ? ORDER BY id"  # noqa: S608
_as_row = row_maker(EventRow, _ALL)


class Silent:
    """Tells nobody anything: the people of a seeded desk have heard it all."""

    def task(self, notification: Notification, file: TaskContext, now: datetime) -> OutgoingMessage | None:
        """Nothing."""
        return None

    def person(self, notification: Notification, file: PersonContext, now: datetime) -> OutgoingMessage | None:
        """Nothing."""
        return None

    def unit(self, notification: UnitNotification, file: UnitContext, now: datetime) -> OutgoingMessage | None:
        """Nothing."""
        return None

    def blank(self, to: Destination, card: CardShown) -> OutgoingMessage | None:
        """Nothing."""
        return None


class Past:
    """A clock that begins an hour ago, and is a second later at each look."""

    def __init__(self) -> None:
        self._began = datetime.now(UTC) - timedelta(hours=1)
        self._seconds = itertools.count()

    def now(self) -> datetime:
        """A moment after the last."""
        return self._began + timedelta(seconds=next(self._seconds))


async def seed(url: str, *, tasks: int, crowd: int, units: int) -> None:
    """Fill a new SQLite database.

    The last ``units`` of the people lead one unit each, and are on duty; the others are free agents, each in the
    district of their unit. Accounts of Telegram begin with `FIRST_ACCOUNT`.
    """
    await upgrade(url)
    store, clock = Store(url), Past()
    await store.start()
    rules = Rules(location_max_age=timedelta(days=1), duplicate_window=timedelta(0))
    desk = Desk(units=StoreUnitOfWork(store, render), clock=clock, composer=Silent(), rules=rules)
    for number in range(units):
        await desk.execute(uc.CreateUnit(name=f"Unidad {number + 1:03}", zone="America/Guayaquil"), caller=DESK)
    agents = await store.write(lambda session: _hire(session, crowd, units))
    for number in range(min(tasks, BY_COMMANDS)):
        await _work(desk, agents[number % len(agents)], number)
    await store.stop()
    multiply(sqlite_path(url), tasks)


async def _hire(session: Session, crowd: int, units: int) -> Sequence[Person]:
    """Everybody; the agents of them."""
    now = datetime.now(UTC)
    hired = [await people.save(session, None, _person(number, units, now)) for number in range(crowd - units)]
    for number in range(crowd - units, crowd):
        leader = replace(_person(number, units, now), role=Role.SUPERVISOR, availability=Availability.UNAVAILABLE)
        await people.save(session, None, replace(leader, unit=number - (crowd - units) + 1, shift_since=now))
    return hired


def _person(number: int, units: int, now: datetime) -> Person:
    unit, turn = number % units, number // units
    place = Place(lat=CITY.lat + unit / 20 + turn % 10 / 1000, lon=CITY.lon + turn // 10 / 1000)
    return Person(
        id=0,
        account=FIRST_ACCOUNT + number,
        name=f"Persona {FIRST_ACCOUNT + number}",
        username=f"persona_{FIRST_ACCOUNT + number}",
        role=Role.AGENT,
        membership=Membership.ACTIVE,
        availability=Availability.AVAILABLE,
        position=Position(place=place, at=now),
        unit=unit + 1,
    )


async def _work(desk: Desk, agent: Person, number: int) -> None:
    """One task in ten is an emergency; of the others, four in five are done."""
    caller, sent_at = caller_of(agent), datetime.now(UTC) - timedelta(hours=1)
    street = STREETS[number % len(STREETS)]
    opening: c.Reporting
    if number % 10 == 0:
        opening = c.OpenEmergency(title=f"Robo {street}", sent_at=sent_at, place=CITY)
    else:
        opening = c.OpenTask(title=f"Patrullaje {street} {number}", sent_at=sent_at, assignee=agent.id)
    outcome = await desk.execute(opening, caller=caller)
    assert isinstance(outcome, TaskDone)
    if number % 10 == 0:
        await desk.execute(c.Cancel(task=outcome.task.id), caller=DESK)
    elif number % 5:
        await desk.execute(c.Complete(task=outcome.task.id), caller=caller)


def multiply(file: Path, tasks: int) -> None:
    """Copy the tasks of a SQLite file, with all that hangs on them, until there are so many; nothing of them is due."""
    connection = connect(str(file))
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("BEGIN")
    there = int(connection.execute("SELECT max(id) FROM task").fetchone()[0])
    while there < tasks:
        for name, number in (("task", "id"), ("assignment", "task"), ("task_word", "task")):
            _repeat(connection, name, number, there, tasks - there)
        _chain(connection, there, tasks - there)
        there = min(2 * there, tasks)
    connection.execute("DELETE FROM timer")
    connection.execute("UPDATE counter SET value = ? WHERE name = 'task'", (there,))
    connection.execute("DELETE FROM counter WHERE name LIKE 'tasks:%'")
    connection.execute(
        "INSERT INTO counter SELECT 'tasks:' || state || ':' || priority, count(*) FROM task GROUP BY state, priority"
    )
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _repeat(connection: sqlite3.Connection, name: str, number: str, shift: int, most: int) -> None:
    columns = [column for _, column, *_ in connection.execute(f"PRAGMA table_info({name})")]
    taken = ", ".join(f'"{column}"' for column in columns)
    given = ", ".join(f'"{column}" + {shift}' if column == number else f'"{column}"' for column in columns)
    connection.execute(f"INSERT INTO {name} ({taken}) SELECT {given} FROM {name} WHERE {number} <= {most}")  # noqa: S608


def _chain(connection: sqlite3.Connection, shift: int, most: int) -> None:
    """Copy the events of the first tasks, as those of tasks that follow, to the end of the chain."""
    (link, digest), copied = connection.execute("SELECT events, hash FROM chain").fetchone(), []
    for found in connection.execute(_OF_TASKS, (most,)).fetchall():
        link += 1
        values = dict(zip(_ALL, found, strict=True))
        values |= {"link": link, "task": values["task"] + shift}
        values["hash"] = digest = hash_of(digest, *covered(_as_row(tuple(values.values()))))
        copied.append(tuple(values.values())[1:])
    connection.executemany(_ADD, copied)
    connection.execute("UPDATE chain SET events = ?, hash = ?", (link, digest))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--units", type=int, default=30)
    options = parser.parse_args()
    if not 0 < options.units < options.people:
        parser.error(f"--people: expected more than --units ({options.units}), each of which one of them leads")
    began = time.monotonic()
    asyncio.run(seed(options.url, tasks=options.tasks, crowd=options.people, units=options.units))
    print(f"{options.tasks:,} tasks and {options.people:,} people in {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
