"""A thousand emergencies at the same instant and three hundred agents, on SQLite, through the whole desk (P7).

    python scripts/bench/storm.py [--emergencies 1000] [--agents 300] [--seats 1]
    python scripts/bench/storm.py --limits --emergencies 100 --agents 20 [--supervisors 1]

Agents answer as fast as they can: they say *Voy* to the offer they have, arrive, finish, and are free for the next one;
some say *No puedo*. With more seats than one they wait there for the others, and finish without them when these don't
come soon. The storm is over when every emergency has been seen to. What is measured is how long that took, and when
each first reached somebody and was first offered. What is checked is that nobody was ever in two places, that no
emergency had more people than seats or ended without any, and that the newest state of every card is that of its task.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import uvloop
from msgspec import json
from newcomers import newcomer
from one_chat import told
from sqlalchemy import select

from bot.cards.card import card
from bot.jobs.timers import Timekeeper
from bot.notifications.composer import Composer
from bot.runtime.clock import SystemClock
from bot.runtime.pulse import Pulse
from bot.transport.rendering import render
from bot.ui.texts import Texts
from core.desk.desk import Desk
from core.desk.outcome import Refused
from core.rules.permissions import Caller, caller_of
from core.rules.situation import Rules
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.places import Place
from core.vocabulary.words import Lane, Role
from scripts.performance.figures import Figure
from storage.engine.session import Query, Session, const
from storage.engine.sqlite import connect
from storage.engine.store import Store, sqlite_path
from storage.ops.migrate import upgrade
from storage.queues import cards, outbox
from storage.repositories import people
from storage.repositories.queries import SqlQueries
from storage.repositories.unit_of_work import StoreUnitOfWork
from storage.schema.instants import from_ms, to_ms
from storage.schema.tables import TaskRow, table

CITY = Place(-2.19, -79.88)
PROGRAM = Caller(via="bench")
REFUSE = 0.1
FOR_OTHERS = 0.5  # seconds
LEASE, AT_ONCE = timedelta(minutes=1), 100
STAFF = (*[Role.SUPERVISOR] * 2, Role.ADMIN)
_OPEN = Query.value(select(table(TaskRow).c.id).where(table(TaskRow).c.open == const(1)).limit(const(1)))


class Screen(NamedTuple):
    """Text of a card, and since when."""

    text: str
    at: datetime


class Storm:
    """The desk, its people, and what they do."""

    def __init__(self, url: str, seats: int) -> None:
        self.seats = seats
        self.clock = SystemClock()
        self.url = url
        self.store = Store(url)
        self.texts = Texts("es", ZoneInfo("America/Guayaquil"))
        self.desk = Desk(
            units=StoreUnitOfWork(self.store, render), clock=self.clock, composer=Composer(self.texts), rules=Rules()
        )
        self.agents: list[Person] = []
        self.staff: list[Person] = []
        self.screens: dict[tuple[str, int], Screen] = {}
        self._dice = random.Random(11)

    async def open(self, agents: int) -> None:
        """The schema and the people, scattered over the city."""
        await upgrade(self.url)
        await self.store.start()
        for number, role in enumerate((*STAFF, *[Role.AGENT] * agents), 1):
            person = await self.store.write(partial(self._enrol, number, role))
            (self.agents if role is Role.AGENT else self.staff).append(person)

    async def _enrol(self, number: int, role: Role, session: Session) -> Person:
        return await people.save(session, None, newcomer(number, role, self.somewhere(), self.clock.now()))

    def somewhere(self) -> Place:
        """In the city."""
        return Place(CITY.lat + self._dice.gauss(0, 0.05), CITY.lon + self._dice.gauss(0, 0.05))

    async def calls(self, number: int) -> None:
        """Somebody reports an emergency."""
        opening = c.OpenEmergency(
            title=f"Robo {number}", sent_at=self.clock.now(), place=self.somewhere(), seats=self.seats
        )
        await self.desk.execute(opening, caller=PROGRAM)

    async def works(self, agent: Person, over: asyncio.Event) -> None:
        """Answers whatever offer there is, until the storm is over."""
        caller = caller_of(agent)
        while not over.is_set():
            now = await self.store.read(partial(_person, agent.id))
            if now.hold is None:
                await asyncio.sleep(0.05)
            elif self._dice.random() < REFUSE:
                await self.desk.execute(c.Decline(task=now.hold), caller=caller)
            else:
                for step in (c.Accept, c.Arrive, c.Complete):
                    outcome = await self.desk.execute(step(task=now.hold), caller=caller)
                    if isinstance(outcome, Refused):
                        break
                    if step is c.Arrive:
                        await self._waits_for_others(now.hold)

    async def _waits_for_others(self, task: int) -> None:
        queries, until = SqlQueries(self.store), time.monotonic() + FOR_OTHERS
        while self.seats > 1 and time.monotonic() < until:
            file = await queries.task_file(task)
            if file is None or file.task.state.closed or not file.task.missing:
                return
            await asyncio.sleep(0.05)

    async def delivers(self, over: asyncio.Event) -> None:
        """A Telegram without limits takes all that is ready to leave."""
        while not over.is_set():
            await asyncio.sleep(0 if await self.store.write(self._leave) else 0.005)

    async def _leave(self, session: Session) -> int:
        now = self.clock.now()
        rows = [row for lane in Lane for row in await outbox.take(session, lane, now, LEASE, AT_ONCE)]
        for row in rows:
            await outbox.sent(session, row, now, now)
            if row.card:
                await cards.keep(session, row.card, row.chat, row.id, "")
                text = json.decode(row.payload).get("text", "")
                self.screens[row.card, row.chat] = Screen(text=text, at=from_ms(row.created_at))
        return len(rows)


async def _person(person_id: int, session: Session) -> Person:
    found = await people.by_id(session, person_id)
    assert found is not None
    return found


async def storm(field: Storm, emergencies: int) -> float:
    """All of it; how many seconds it lasted."""
    over = asyncio.Event()
    keeper = asyncio.create_task(Timekeeper(field.store, field.desk, field.clock).run(Pulse(field.clock)))
    telegram = asyncio.create_task(field.delivers(over))
    started = time.perf_counter()
    agents = [asyncio.create_task(field.works(agent, over)) for agent in field.agents]
    await asyncio.gather(*(field.calls(number) for number in range(emergencies)))
    reported = time.perf_counter() - started
    while await field.store.read(_any_open):
        await asyncio.sleep(0.02)
    lasted = time.perf_counter() - started
    await asyncio.sleep(1)
    over.set()
    await asyncio.gather(*agents, telegram)
    keeper.cancel()
    print(f"  reported, alerts and first offers committed: all of them after {reported:.2f} s")
    return lasted


async def _any_open(session: Session) -> bool:
    return await session.row(_OPEN) is not None


def check_the_record(field: Storm, emergencies: int) -> tuple[float, float]:
    """P7, event by event, and when each emergency was first offered and first told of.

    Returns the seconds until the last one was told of, and until the last agent had an offer.
    """
    held: dict[int, int] = {}
    crews: dict[int, set[int]] = defaultdict(set)
    ended: dict[int, int] = {}
    opened: dict[int, int] = {}
    notified: dict[int, int] = {}
    offered: dict[int, int] = {}
    asked: dict[int, int] = {}
    with connect(str(sqlite_path(field.url)), read_only=True) as connection:
        rows = connection.execute("SELECT task, at, body FROM event WHERE task IS NOT NULL ORDER BY id").fetchall()
    for task, at, body in rows:
        event = json.decode(body, type=e.AnyEvent)
        match event:
            case e.Opened():
                opened[task] = to_ms(event.sent_at)
            case e.Offered(agent=agent):
                assert held.setdefault(agent, task) == task, f"agent {agent} is in two places"
                offered.setdefault(task, at)
                asked.setdefault(agent, at)
                notified.setdefault(task, at)
            case e.Accepted(agent=agent):
                assert held.setdefault(agent, task) == task, f"agent {agent} is in two places"
                crews[task].add(agent)
                assert len(crews[task]) <= field.seats, f"more go to {task} than it has seats"
            case e.Declined(agent=agent) | e.Expired(agent=agent) | e.Released(agent=agent):
                held.pop(agent, None)
                crews[task].discard(agent)
            case e.Completed():
                ended[task] = len(crews[task])
                held = {agent: one for agent, one in held.items() if one != task}
            case e.Escalated():
                notified.setdefault(task, at)
            case _:  # nothing that is counted
                pass
    _check_the_ends(ended, emergencies)
    for name, moments in (("told to somebody", notified), ("offered", offered)):
        waits = sorted(moments[task] - at for task, at in opened.items())
        print(f"  first {name}: p50 {statistics.median(waits):,.0f} ms, worst {waits[-1]:,} ms after it was sent")
    told_of = max(notified[task] - at for task, at in opened.items())
    return told_of / 1_000, (max(asked.values()) - min(opened.values())) / 1_000


def _check_the_ends(ended: dict[int, int], emergencies: int) -> None:
    """Each has ended, with somebody there; ``ended``: how many were."""
    assert len(ended) == emergencies
    assert min(ended.values()), "somebody was at each of them"
    crew = ", ".join(f"{many:,} by {size}" for size, many in sorted(Counter(ended.values()).items()))
    print(f"  ended: {crew}")


async def check_the_cards(field: Storm) -> None:
    """Check that each card at last says what its task is now."""
    queries, readers = SqlQueries(field.store), {person.account: person for person in (*field.agents, *field.staff)}
    shown = {place: screen for place, screen in field.screens.items() if not place[0].endswith(":pin")}
    for (name, chat), screen in shown.items():
        file = await queries.task_file(int(name.partition(":")[2]))
        assert file is not None
        now = card(file, readers[chat], field.texts, screen.at).text
        assert screen.text.endswith(now), f"{name} in {chat} says\n{screen.text}\nand not\n{now}"
    print(f"  {len(shown):,} cards, all as their tasks are")


async def main(emergencies: int, agents: int, seats: int = 1) -> tuple[float, float]:
    """All of it; the seconds until the last was told of, and until the last agent had an offer."""
    with tempfile.TemporaryDirectory() as folder:
        field = Storm(f"sqlite+aiosqlite:///{Path(folder) / 'gad.db'}", seats)
        await field.open(agents)
        print(f"{emergencies:,} emergencies at once, {agents} agents, {seats} to each")
        lasted = await storm(field, emergencies)
        print(f"  every one seen to after {lasted:.2f} s")
        waits = check_the_record(field, emergencies)
        await check_the_cards(field)
        await field.store.stop()
        return waits


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    told_of, offered = uvloop.run(main(100, 30) if short else main(1_000, 300))
    limited = uvloop.run(told(20, 20, 1) if short else told(100, 20, 1))
    return [Figure("storm-told", [told_of]), Figure("storm-offered", [offered]), Figure("storm-limits", [limited])]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--emergencies", type=int, default=1_000)
    parser.add_argument("--agents", type=int, default=300)
    parser.add_argument("--seats", type=int, default=1, help="how many are to go to each emergency")
    parser.add_argument("--limits", action="store_true", help="under Telegram's limits, with agents who answer nothing")
    parser.add_argument("--supervisors", type=int, default=1, help="with --limits: how many there are")
    arguments = parser.parse_args()
    if arguments.limits:
        uvloop.run(told(arguments.emergencies, arguments.agents, arguments.supervisors))
    else:
        uvloop.run(main(arguments.emergencies, arguments.agents, arguments.seats))
