"""A process's part of the crowd that `contention.py` plays: a desk, agents who report and answer, supervisors."""

import asyncio
import random
import sys
import time
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

import psycopg
from msgspec import Struct
from newcomers import newcomer

from bot.jobs.timers import Timekeeper
from bot.notifications.composer import Composer
from bot.runtime.clock import SystemClock
from bot.runtime.pulse import Pulse
from bot.transport.rendering import render
from bot.ui.texts import Texts
from core.desk.desk import Desk
from core.rules.permissions import DESK, caller_of
from core.rules.situation import Rules
from core.state.checkins import Sighting
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Lane, Membership, Role
from storage.engine.session import Session
from storage.engine.store import StorageError, Store
from storage.queues import cards, outbox
from storage.queues.addressed_call import AddressedCall
from storage.repositories import checkins, people, tasks
from storage.repositories.unit_of_work import StoreUnitOfWork
from storage.schema.tables import OutboxRow

CITY = Place(-2.19, -79.88)
STAFF = (*[Role.SUPERVISOR] * 3, Role.ADMIN)
EVERYBODY = 10_000
LEASE, AT_ONCE, PATIENCE = timedelta(minutes=1), 20, 120.0


class Press(Struct, array_like=True):
    """When somebody pressed, by the clock of all processes, and how many seconds until it was answered."""

    at: float
    took: float


class Part(Struct):
    """Report of one process: its presses, those that failed, and when it pressed last and everything was done."""

    presses: list[Press]
    failed: int
    pressed: float
    done: float


class Crowd:
    """One process: a desk, its part of the people, and what they do."""

    def __init__(self, url: str, number: int) -> None:
        self.clock = SystemClock()
        self.store = Store(url)
        texts = Texts("es", ZoneInfo("America/Guayaquil"))
        units = StoreUnitOfWork(self.store, render)
        self.desk = Desk(units=units, clock=self.clock, composer=Composer(texts), rules=Rules())
        self.presses: list[Press] = []
        self.failed = 0
        self.over = asyncio.Event()
        self._dice = random.Random(number)
        self._updates = 10**9 * (number + 1)

    async def press(self, person: Person, command: c.AnyCommand) -> None:
        """One update: carried out, and answered in the chat that it came from."""
        self._updates += 1
        at, now = time.time(), self.clock.now()
        try:
            await self.desk.execute(command, caller=caller_of(person), key=f"update:{self._updates}")
        except (psycopg.Error, StorageError):
            self.failed += 1
            return
        reply = AddressedCall(chat=person.account, lane=Lane.ACTION, method="sendMessage", payload={"text": "✓"})

        async def settle(session: Session) -> None:
            where = Sighting(position=Position(place=self._somewhere(), at=now))
            await checkins.follow(session, [(person.account, where)])
            await outbox.post(session, [reply], now)

        await self.store.write(settle)
        self.presses.append(Press(at, time.time() - at))

    async def works(self, agent: Person, end: float) -> None:
        """Report, and answer what is offered."""
        while time.time() < end:
            await asyncio.sleep(self._dice.uniform(0.01, 0.1))
            hold = (await self.store.read(partial(_person, agent.id))).hold
            if hold is None and self._dice.random() < 0.25:
                where = self._somewhere()
                await self.press(agent, c.OpenEmergency(title="Robo", sent_at=self.clock.now(), place=where))
            elif hold is not None and self._dice.random() < 0.1:
                await self.press(agent, c.Decline(task=hold))
            elif hold is not None:
                for step in (c.Accept, c.Arrive, c.Complete):
                    await self.press(agent, step(task=hold))

    async def leads(self, supervisor: Person, end: float) -> None:
        """Take charge of what nobody has answered; block the bot for a moment now and then."""
        while time.time() < end:
            await asyncio.sleep(self._dice.uniform(0.1, 0.3))
            waiting = await self.store.read(partial(tasks.unanswered, most=5))
            if waiting:
                await self.press(supervisor, c.Acknowledge(task=self._dice.choice(waiting)))
            if self._dice.random() < 0.1:
                await self._blocks(supervisor)

    async def _blocks(self, supervisor: Person) -> None:
        try:
            await self.desk.execute(c.MarkSilenced(person=supervisor.id), caller=DESK)
            await self.desk.execute(c.MarkHeard(person=supervisor.id), caller=DESK)
        except (psycopg.Error, StorageError):
            self.failed += 1

    async def delivers(self) -> None:
        """A Telegram that takes everything, each message settled by itself."""
        while not self.over.is_set():
            rows = await self.store.write(self._take)
            await asyncio.gather(*map(self._settled, rows))
            await asyncio.sleep(0 if rows else 0.01)

    async def _settled(self, row: OutboxRow) -> None:
        while True:
            try:
                return await self.store.write(partial(self._settle, row))
            except (psycopg.Error, StorageError):
                self.failed += 1

    async def _take(self, session: Session) -> list[OutboxRow]:
        now = self.clock.now()
        return [row for lane in Lane for row in await outbox.take(session, lane, now, LEASE, AT_ONCE)]

    async def _settle(self, row: OutboxRow, session: Session) -> None:
        now = self.clock.now()
        await outbox.sent(session, row, now, now)
        if row.card:
            await cards.keep(session, row.card, row.chat, row.id, "")

    def _somewhere(self) -> Place:
        return Place(CITY.lat + self._dice.gauss(0, 0.05), CITY.lon + self._dice.gauss(0, 0.05))


async def _person(person_id: int, session: Session) -> Person:
    found = await people.by_id(session, person_id)
    assert found is not None
    return found


async def enrol(url: str, agents: int) -> None:
    """Let everybody in, free and somewhere in the city."""
    store, clock = Store(url), SystemClock()
    await store.start()
    for number, role in enumerate((*STAFF, *[Role.AGENT] * agents), 1):
        person = newcomer(number, role, CITY, clock.now())
        await store.write(partial(people.save, before=None, after=person))
    await store.stop()


async def child(url: str, number: int, of: int, seconds: float) -> Part:
    """One process's part of the crowd, from the signal to when nothing waits."""
    crowd = Crowd(url, number)
    await crowd.store.start()
    supervisors, admins, agents = [
        await crowd.store.read(partial(people.page, membership=Membership.ACTIVE, role=role, most=EVERYBODY))
        for role in (Role.SUPERVISOR, Role.ADMIN, Role.AGENT)
    ]
    staff = supervisors + admins
    print("ready", flush=True)
    sys.stdin.readline()
    keeper = asyncio.create_task(Timekeeper(crowd.store, crowd.desk, crowd.clock).run(Pulse(crowd.clock)))
    telegram = asyncio.create_task(crowd.delivers())
    end = time.time() + seconds
    working = [crowd.works(agent, end) for agent in agents[number::of]]
    leading = [crowd.leads(supervisor, end) for supervisor in staff[number::of]]
    await asyncio.gather(*working, *leading)
    pressed, done = end, time.time()
    while await crowd.store.read(partial(outbox.next_due)) is not None and time.time() < end + PATIENCE:
        await asyncio.sleep(0.02)
        done = time.time()
    crowd.over.set()
    await telegram
    keeper.cancel()
    await crowd.store.stop()
    return Part(crowd.presses, crowd.failed, pressed, done)
