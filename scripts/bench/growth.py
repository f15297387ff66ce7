"""Cost of a command, an alert, a page and a search on a small desk and on a large one (P11).

    python scripts/bench/growth.py [--small 1000 10 20] [--large 1000000 100000 2000]

The numbers are tasks, agents and supervisors, twenty to a unit. A desk is made by real commands and then doubled on
disk until it has so many tasks.
Figures are medians of one call at a time, in milliseconds. An alert is on disk with its first offers when its call
ends, whose slowest of all is printed, too, with the memory of the process after all of this.
"""

import argparse
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import uvloop
from msgspec.structs import replace

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.transport.rendering import render
from core.desk.desk import Desk
from core.desk.outcome import TaskDone
from core.desk.ports import OutgoingMessage
from core.notifications.notifications import Notification, TaskContext
from core.queries.queries import Which
from core.rules.permissions import DESK, Caller, caller_of
from core.rules.situation import Rules
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.card_names import task_card
from core.vocabulary.contents import Screen
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Kind, Membership, Role
from scripts.performance.figures import Figure, rates, ratios
from scripts.seed_desk import Silent, multiply
from storage.engine.session import Session
from storage.engine.store import Store, sqlite_path
from storage.ops.migrate import upgrade
from storage.repositories import people
from storage.repositories.queries import SqlQueries
from storage.repositories.unit_of_work import StoreUnitOfWork

BEGUN = 1_000
CALLS = 200
OF_A_UNIT = 20
PAGE = 20
SEARCH = "search: never both"
STREETS = ("norte", "sur", "centro", "puerto", "terminal", "parque", "malecón", "mercado")
CITY = Place(-2.19, -79.88)

Act = Callable[[], Awaitable[object]]


class Plain(Silent):
    """Says the code of the task, so that what is measured is the desk and its storage."""

    def task(self, notification: Notification, file: TaskContext, now: datetime) -> OutgoingMessage | None:
        """One message for each notification."""
        screen = Screen(text=f"{file.task.code} {file.task.title}")
        card = task_card(file.task.id)
        return OutgoingMessage(to=notification.to, lane=notification.lane, content=screen, card=card, notify=False)


class Ticking:
    """A second later at each look."""

    def __init__(self) -> None:
        self._seconds = itertools.count()

    def now(self) -> datetime:
        """A moment after the last."""
        return datetime(2026, 11, 1, tzinfo=UTC) + timedelta(seconds=next(self._seconds))


class Grown:
    """A desk with so many tasks and agents."""

    def __init__(self, url: str, tasks: int, agents: int, supervisors: int) -> None:
        self._url = url
        self._tasks = tasks
        self._agents = agents
        self._supervisors = supervisors
        self._dice = random.Random(7)
        self._numbers = itertools.count()
        self.alerts: list[float] = []
        self.store = Store(url)
        self.queries = SqlQueries(self.store)
        rules = Rules(location_max_age=timedelta(days=99), duplicate_window=timedelta(0))
        self.clock = Ticking()
        units = StoreUnitOfWork(self.store, render)
        self.desk = Desk(units=units, clock=self.clock, composer=Plain(), rules=rules)

    async def begin(self) -> None:
        """Make it, which takes a while."""
        await upgrade(self._url)
        await self.store.start()
        self.agent, *_ = await self.store.write(self._hire)
        for number in range(BEGUN):
            await self._work(number)
        await self.store.stop()
        multiply(sqlite_path(self._url), self._tasks)
        await self.store.start()
        await self.open_task("xilófono")
        self.open = await self.alert()

    async def _hire(self, session: Session) -> list[Person]:
        hired = [await people.save(session, None, self._person(n, Role.AGENT)) for n in range(self._agents)]
        for number in range(self._supervisors):
            leader = replace(self._person(-number - 1, Role.SUPERVISOR), unit=1 + number // OF_A_UNIT)
            await people.save(session, None, leader)
        return hired

    def _person(self, number: int, role: Role) -> Person:
        place = Place(self._dice.gauss(CITY.lat, 0.05), self._dice.gauss(CITY.lon, 0.05))
        return Person(
            id=0,
            account=1_000_000 + number,
            name=f"Agente {number:06}",
            role=role,
            membership=Membership.ACTIVE,
            availability=Availability.AVAILABLE,
            position=Position(place=place, at=datetime(2026, 11, 1, tzinfo=UTC)),
        )

    async def _work(self, number: int) -> None:
        """Most of what was begun is done."""
        if number % 10 == 0:
            await self.emergency()
        elif (task := await self.open_task(STREETS[number % len(STREETS)])) and number % 5:
            await self.desk.execute(c.Complete(task=task), caller=self.caller)

    @property
    def caller(self) -> Caller:
        """The reporter of every task here."""
        return caller_of(self.agent)

    async def open_task(self, street: str = "norte") -> int:
        """An agent takes on work; its number."""
        number = next(self._numbers)
        command = c.OpenTask(
            title=f"Patrullaje {street} {number}",
            sent_at=datetime(2026, 11, 1, tzinfo=UTC),
            assignee=self.agent.id,
        )
        outcome = await self.desk.execute(command, caller=self.caller, key=f"growth:{number}")
        assert isinstance(outcome, TaskDone)
        return outcome.task.id

    async def emergency(self) -> None:
        """An alert to the nearest of all agents and to the supervisors, and its end."""
        started = time.perf_counter()
        task = await self.alert()
        self.alerts.append((time.perf_counter() - started) * 1000)
        await self.desk.execute(c.Cancel(task=task), caller=DESK)

    async def alert(self) -> int:
        """An alert; its number."""
        number = next(self._numbers)
        place = Place(self._dice.gauss(CITY.lat, 0.05), self._dice.gauss(CITY.lon, 0.05))
        command = c.OpenEmergency(title=f"Robo {number}", sent_at=datetime(2026, 11, 1, tzinfo=UTC), place=place)
        outcome = await self.desk.execute(command, caller=self.caller, key=f"growth:{number}")
        assert isinstance(outcome, TaskDone)
        return outcome.task.id

    async def note(self) -> None:
        """Words to an alert that everybody has."""
        await self.desk.execute(c.AddNote(task=self.open, text="se oyen tiros"), caller=self.caller)

    async def page_of_people(self) -> None:
        """The next page of those whom an alert or a note is still to be told, in a unit of its own."""
        await self.desk.fire_due(limit=1)

    def acts(self) -> dict[str, Act]:
        """The measured acts, by name."""
        queries = self.queries
        middle = self._tasks // 2
        return {
            "command": self.open_task,
            "alert and its end": self.emergency,
            "note to an open alert": self.note,
            "page of people": self.page_of_people,
            "plan": lambda: queries.plan_of(self.open, self.desk.rules, None, self.clock.now()),
            "why": lambda: queries.history(self.open),
            "page of open tasks": lambda: queries.tasks(Which.OPEN, after=middle),
            "page of emergencies": lambda: queries.tasks(Which.ALL, kind=Kind.EMERGENCY),
            "page of one's own": lambda: queries.tasks_of(self.agent.id, Which.CLOSED, after=middle),
            "things to do": lambda: queries.to_do(self.agent.id),
            "agents to choose from": lambda: queries.agents(near=CITY),
            "board": queries.board,
            "search: everywhere": lambda: queries.search("patrullaje"),
            "search: two words": lambda: queries.search("patrullaje norte"),
            "search: a beginning": lambda: queries.search("pat"),
            "search: rare": lambda: queries.search("xilofono"),
            "search: one's own": lambda: queries.search("patrullaje sur", seen_by=self.agent.id),
            SEARCH: lambda: queries.search("sur norte"),
        }


async def median(act: Act, calls: int = CALLS) -> float:
    """Of so many calls, in milliseconds."""
    took: list[float] = []
    for _ in range(calls):
        started = time.perf_counter()
        await act()
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took[calls // 10 :])


def _alerts(took: list[float]) -> str:
    return f"an alert on disk after {statistics.median(took):.1f} ms, worst {max(took):.1f} ms"


def _memory() -> float:
    """Resident memory of this process, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class Cost(NamedTuple):
    """Milliseconds of each act on one desk, and of its first page of tasks and its last one, which took turns."""

    acts: dict[str, float]
    pages: list[tuple[float, float]]


async def cost(tasks: int, agents: int, supervisors: int, calls: int = CALLS) -> Cost:
    """Of a desk so large."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Grown(f"sqlite+aiosqlite:///{folder}/gad.db", tasks, agents, supervisors)
        await desk.begin()
        desk.alerts.clear()
        acts = {name: await median(act, calls) for name, act in desk.acts().items()}
        print(f"{tasks:,} tasks: {_alerts(desk.alerts)}, {_memory():.0f} MB", flush=True)
        first, last = (partial(desk.queries.tasks, Which.ALL, after=after, most=PAGE) for after in (None, PAGE + 1))
        pages = [(await median(first, calls), await median(last, calls)) for _ in range(5)]
        await desk.store.stop()
    return Cost(acts, pages)


def figures(short: bool) -> list[Figure]:
    """For `make bench`. The search has a goal of its own, so it is none of the others."""
    small, large = ((1_000, 10, 20), (2_000, 20, 20)) if short else ((1_000, 10, 20), (1_000_000, 10_000, 200))
    few, many = (uvloop.run(cost(*size, 10 if short else 100)) for size in (small, large))
    grown = {name: many.acts[name] / each for name, each in few.acts.items() if name != SEARCH}
    dearest = max(grown, key=grown.__getitem__)
    first, last = zip(*many.pages, strict=True)
    said = f"{dearest}: {few.acts[dearest]:.2f} and {many.acts[dearest]:.2f} ms"
    searched = f"{few.acts[SEARCH]:.2f} and {many.acts[SEARCH]:.2f} ms"
    return [
        Figure("search", [many.acts[SEARCH] / few.acts[SEARCH]], searched),
        Figure("growth", [grown[dearest]], f"{said}; the others' median {statistics.median(grown.values()):.1f} x"),
        Figure("page", ratios(last, first), rates("the last page", last, "page 1", first, " ms")),
    ]


async def main(sizes: list[tuple[int, int, int]]) -> None:
    found = [(await cost(*size)).acts for size in sizes]
    heads = (f"{tasks:,} / {agents:,} / {leaders:,}" for tasks, agents, leaders in sizes)
    print(f"{'':24}" + "".join(f"{head:>27}" for head in heads) + "   ratio")
    for name, first in found[0].items():
        figures = [each[name] for each in found]
        print(f"{name:24}" + "".join(f"{each:24.2f} ms" for each in figures) + f"{figures[-1] / first:8.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", nargs=3, type=int, default=(1_000, 10, 20))
    parser.add_argument("--large", nargs=3, type=int, default=(1_000_000, 100_000, 2_000))
    arguments = parser.parse_args()
    uvloop.run(main([tuple(arguments.small), tuple(arguments.large)]))
