"""A crowd on two processes: people report, answer, block the bot and come back at once, and no circle is waited in."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.notifications.composer import Composer
from bot.transport.rendering import render
from bot.ui.texts import Texts
from core.desk.desk import Desk
from core.rules.permissions import DESK, caller_of
from core.rules.situation import Rules
from core.state.checkins import Sighting
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Lane, Membership, Role
from storage.engine.session import Session
from storage.engine.store import Store
from storage.queues import cards, outbox
from storage.repositories import checkins, people, tasks
from storage.repositories.unit_of_work import StoreUnitOfWork
from storage.schema.tables import OutboxRow
from tests.support.desks.disk import asks

PARK = Place(lat=-0.18, lon=-78.48)
LEASE = timedelta(minutes=10)
ROUNDS = 3
STAFF = (Role.SUPERVISOR, Role.SUPERVISOR, Role.ADMIN)
TWICE_HELD = "SELECT agent FROM assignment WHERE standing = 2 AND state = 'offered' GROUP BY agent HAVING count(*) > 1"


class Hurrying:
    """A clock on which each look takes a second, so that everything falls due in the middle of everything."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


class Side:
    """One process's part, and what its transactions met in others."""

    def __init__(self, url: str, clock: Hurrying, met: Counter[str]) -> None:
        self.store, self.clock, self._met = Store(url), clock, met
        self.store.contention.watch(self)
        units = StoreUnitOfWork(self.store, render)
        composer = Composer(Texts("es", ZoneInfo("America/Guayaquil")))
        self.desk = Desk(units=units, clock=clock, composer=composer, rules=Rules())

    def deadlock(self) -> None:
        self._met["deadlock"] += 1

    def began_anew(self) -> None:
        self._met["began anew"] += 1

    def lock_waited(self, seconds: float) -> None:
        self._met["waited"] += 1

    async def works(self, agent: Person) -> None:
        """Report, answer what is offered, and walk."""
        for _ in range(ROUNDS):
            hold = (await self.store.read(partial(_known, agent.id))).hold
            if hold is None:
                report = c.OpenEmergency(title="Robo", sent_at=self.clock.now(), place=PARK)
                await self.desk.execute(report, caller=caller_of(agent))
            else:
                for step in (c.Accept, c.Arrive, c.Complete):
                    await self.desk.execute(step(task=hold), caller=caller_of(agent))
            seen = Sighting(position=Position(place=PARK, at=self.clock.now()))
            await self.store.write(partial(checkins.follow, seen=[(agent.account, seen)]))

    async def leads(self, supervisor: Person) -> None:
        """Take charge of what waits, be out of reach, and come back."""
        for _ in range(ROUNDS):
            for task in await self.store.read(partial(tasks.unanswered, most=2)):
                await self.desk.execute(c.Acknowledge(task=task), caller=caller_of(supervisor))
            await self.desk.execute(c.MarkSilenced(person=supervisor.id), caller=DESK)
            await self.desk.execute(c.MarkHeard(person=supervisor.id), caller=DESK)

    async def goes_on(self, over: asyncio.Event) -> None:
        """Do what is due, and send what may leave."""
        while not over.is_set():
            await self.desk.fire_due(limit=1)
            for row in await self.store.write(self._take):
                await self.store.write(partial(self._sent, row))

    async def _take(self, session: Session) -> list[OutboxRow]:
        return [row for lane in Lane for row in await outbox.take(session, lane, self.clock.now(), LEASE, 5)]

    async def _sent(self, row: OutboxRow, session: Session) -> None:
        now = self.clock.now()
        await outbox.sent(session, row, now, now)
        if row.card:
            await cards.keep(session, row.card, row.chat, row.id, "")


async def _known(person: int, session: Session) -> Person:
    found = await people.by_id(session, person)
    assert found is not None
    return found


@pytest.fixture
async def sides(served: str) -> AsyncIterator[list[Side]]:
    clock, met = Hurrying(), Counter[str]()
    both = [Side(served, clock, met) for _ in range(2)]
    for side in both:
        await side.store.start()
    yield both
    for side in both:
        await side.store.stop()
    assert met["deadlock"] == 0


@pytest.mark.outgrown
async def test_p7_a_crowd_never_waits_in_a_circle(sides: list[Side], served: str) -> None:
    crowd: dict[Role, list[Person]] = {role: [] for role in Role}
    for number, role in enumerate((*STAFF, *[Role.AGENT] * 10)):
        person = Person(
            id=0,
            account=1_000 + number,
            name=f"Nº {number:03}",
            role=role,
            membership=Membership.ACTIVE,
            availability=Availability.AVAILABLE,
            position=Position(place=PARK, at=sides[0].clock.now()),
        )
        crowd[role].append(await sides[0].store.write(partial(people.save, before=None, after=person)))
    over = asyncio.Event()
    going = [asyncio.create_task(side.goes_on(over)) for side in sides]
    agents = [sides[number % 2].works(agent) for number, agent in enumerate(crowd[Role.AGENT])]
    leaders = [sides[number % 2].leads(leader) for number, leader in enumerate(crowd[Role.SUPERVISOR])]
    async with asyncio.timeout(120):
        await asyncio.gather(*agents, *leaders)
    over.set()
    await asyncio.gather(*going)
    assert await asks(served, TWICE_HELD) == []
    assert await asks(served, "SELECT 1 FROM pg_locks WHERE NOT granted") == []
