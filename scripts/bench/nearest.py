"""The nearest five of so many agents, through the desk's own code, on SQLite (P11).

    python scripts/bench/nearest.py [--agents 1000000] [--questions 1000]

A city's agents, most of them near its middle, three in ten of them free. Asked is for places in the same city. Times
are those of ``storage.repositories.nearest.free_agents`` with everything that it reads, one question at a time in one
thread; the small table and the large one take turns. Every answer is compared with looking at all of them. A live
location that moves is compared with a plain update of the same row, both in batches.
"""

import argparse
import asyncio
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from heapq import nsmallest
from math import cos, radians
from pathlib import Path

from core.rules.situation import Candidate
from core.state.checkins import Sighting
from core.vocabulary.places import Place, Position, distance
from scripts.performance.figures import Figure, rates, ratios
from storage.engine.session import Session
from storage.engine.sqlite import SqliteSession, connect, drive
from storage.engine.store import sqlite_path
from storage.ops.migrate import upgrade
from storage.repositories import people
from storage.repositories.nearest import free_agents
from storage.schema.instants import to_ms
from storage.schema.spatial_index import cell_of

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
CITY = Place(-2.19, -79.88)
SMALL = 10_000
MOST = 5
BATCH = 100
WITH_ANY, ABLE = 0.2, ("paramédico", "escalera", "grúa")
WRONG_BY = 0.005  # of the distance: as the geodesic is allowed to be


class Town:
    """So many agents on a file of their own, and where each of them is."""

    def __init__(self, url: str, agents: int) -> None:
        asyncio.run(upgrade(url))
        self.connection = connect(str(sqlite_path(url)))
        self.session = SqliteSession(self.connection)
        self.agents = agents
        self.lats: list[float] = []
        self.lons: list[float] = []
        self._dice = random.Random(17)
        self._fill(agents)

    def _fill(self, agents: int) -> None:
        columns = (
            "id telegram_id name role membership availability lat lon accuracy cell seen_at reachable capabilities"
        )
        places = ",".join("?" for _ in columns.split())
        self.connection.execute("BEGIN")
        self.connection.executemany(
            f"INSERT INTO person ({columns.replace(' ', ',')}) VALUES ({places})",  # noqa: S608 - our own names
            self._rows(agents),
        )
        self.connection.execute("COMMIT")
        self.connection.execute("ANALYZE")

    def _rows(self, agents: int) -> Iterator[tuple[object, ...]]:
        for number in range(1, agents + 1):
            place, free = self.somewhere(), self._dice.random() < 0.3
            if free:
                self.lats.append(place.lat)
                self.lons.append(place.lon)
            availability = "available" if free else "off_duty"
            seen = to_ms(NOW) - self._dice.randrange(500_000)
            where = (place.lat, place.lon, 10.0, cell_of(place), seen)
            able = f"|{self._dice.choice(ABLE)}|" if self._dice.random() < WITH_ANY else None
            yield (number, number, f"A{number}", 1, "active", availability, *where, 1, able)

    def somewhere(self) -> Place:
        """In the city, or in the land around it."""
        wide = 0.08 if self._dice.random() < 0.8 else 1.5
        return Place(CITY.lat + self._dice.gauss(0, wide), CITY.lon + self._dice.gauss(0, wide))

    def ask(self, place: Place, able: str = "") -> tuple[list[Candidate], float]:
        """The answer, and how many milliseconds it took."""
        started = time.perf_counter()
        self.connection.execute("BEGIN")
        found = drive(partial(_nearest, place, able), self.session)
        self.connection.execute("COMMIT")
        return list(found), (time.perf_counter() - started) * 1_000

    def looks_right(self, place: Place, found: list[Candidate]) -> bool:
        """Whether the found ones are the nearest of all free agents, each of which is looked at."""
        lat, lon, narrow = place.lat, place.lon, cos(radians(place.lat)) ** 2
        # On a flat map first, so that not every distance has to be worked out to the metre.
        flat = [(y - lat) ** 2 + (x - lon) ** 2 * narrow for y, x in zip(self.lats, self.lons, strict=True)]
        near = nsmallest(50, range(len(flat)), key=flat.__getitem__)
        right = sorted(distance(place, Place(self.lats[one], self.lons[one])) for one in near)[:MOST]
        given = [candidate.distance or 0.0 for candidate in found]
        return len(given) == MOST and all(abs(a - b) <= WRONG_BY * b + 0.01 for a, b in zip(given, right, strict=True))

    def per_second(self, batches: list[list[tuple[int, Place]]], *, live: bool) -> float:
        """Moves a second: as live locations, or as the plain update of the same columns."""
        started = time.perf_counter()
        for batch in batches:
            self.connection.execute("BEGIN IMMEDIATE")
            if live:
                drive(partial(_move, batch), self.session)
            else:
                _update(self.connection, batch)
            self.connection.execute("COMMIT")
        return sum(map(len, batches)) / (time.perf_counter() - started)


async def _nearest(place: Place, able: str, session: Session) -> tuple[Candidate, ...]:
    seen_after = NOW - timedelta(minutes=10)
    return await free_agents(session, place, seen_after=seen_after, task=0, reporter=None, most=MOST, able=able)


async def _move(batch: list[tuple[int, Place]], session: Session) -> None:
    await people.move(session, [(number, Sighting(position=Position(place=place, at=NOW))) for number, place in batch])


def _update(connection: sqlite3.Connection, batch: list[tuple[int, Place]]) -> None:
    """Cost of a plain update: the same row, no column that an index holds."""
    connection.executemany(
        "UPDATE person SET lat = ?, lon = ?, accuracy = ? WHERE telegram_id = ?",
        [(place.lat, place.lon, 10.0, number) for number, place in batch],
    )


def questions(small: Town, large: Town, count: int) -> tuple[float, float]:
    """Both towns are asked by turns, and the large one's answers looked at afterwards; returns both p50."""
    took: dict[Town, list[float]] = {small: [], large: []}
    answers: list[tuple[Place, list[Candidate]]] = []
    for place in [large.somewhere() for _ in range(count)]:
        took[small].append(small.ask(place)[1])
        found, milliseconds = large.ask(place)
        took[large].append(milliseconds)
        answers.append((place, found))
    for town, times in took.items():
        times.sort()
        p50, p99 = statistics.median(times), times[len(times) * 99 // 100]
        print(f"  {len(town.lats):9,} free: p50 {p50:.2f} ms, p99 {p99:.2f} ms")
    few, many = statistics.median(took[small]), statistics.median(took[large])
    wrong = sum(not large.looks_right(place, found) for place, found in answers)
    print(f"  the large one costs {many / few:.2f}x the small one; {wrong} wrong answers in {count:,}")
    return few, many


def able_ones(town: Town, count: int) -> None:
    """One of three capabilities that a fifth have, and anybody, take turns."""
    took: dict[str, list[float]] = {"": [], ABLE[0]: []}
    for place in [town.somewhere() for _ in range(count)]:
        for able, times in took.items():
            times.append(town.ask(place, able)[1])
    anybody, theirs = (statistics.median(times) for times in took.values())
    print(f"  with a capability p50 {theirs:.2f} ms, without {anybody:.2f} ms: {theirs / anybody:.2f}x")


def moves(town: Town, count: int) -> None:
    """Live locations and plain updates take turns; figures are medians."""
    dice = random.Random(23)
    rates: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(5):
        walked = [(dice.randrange(1, town.agents + 1), town.somewhere()) for _ in range(count)]
        batches = [walked[start : start + BATCH] for start in range(0, count, BATCH)]
        for live in (True, False):
            rates[live].append(town.per_second(batches, live=live))
    moving, plain = statistics.median(rates[True]), statistics.median(rates[False])
    print(f"  {BATCH} a commit: live locations {moving:,.0f}/s, plain updates {plain:,.0f}/s")
    print(f"  a live location costs {plain / moving:.2f}x a plain update")


def figures(short: bool) -> list[Figure]:
    """For `make bench`. Fewer questions, since each answer is compared with looking at all of the agents."""
    agents, count, rounds = (20_000, 20, 1) if short else (1_000_000, 50, 3)
    with tempfile.TemporaryDirectory() as folder:
        small, large = towns(folder, agents)
        found = [questions(small, large, count) for _ in range(rounds)]
    small_ones, large_ones = zip(*found, strict=True)
    said = rates("1,000,000", large_ones, "10,000", small_ones, " ms")
    return [Figure("nearest", ratios(large_ones, small_ones), said), Figure("nearest-p50", list(large_ones))]


def towns(folder: str, agents: int) -> tuple[Town, Town]:
    """The small one and the large one."""
    small, large = (Town(f"sqlite+aiosqlite:///{Path(folder) / str(size)}.db", size) for size in (SMALL, agents))
    return small, large


def main(agents: int, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        small, large = towns(folder, agents)
        print(f"the nearest {MOST} of {small.agents:,} and of {large.agents:,} agents")
        questions(small, large, count)
        able_ones(large, count)
        moves(large, 5_000)
        small.connection.close()
        large.connection.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agents", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=1_000)
    arguments = parser.parse_args()
    main(arguments.agents, arguments.questions)
