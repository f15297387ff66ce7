"""The side server over a real desk on a file of its own, and a program that talks to it."""

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from aiohttp import ClientSession
from msgspec import json
from sqlalchemy import select

from bot.transport.rendering import render
from core.desk.desk import Desk
from core.desk.ending_port import CardShown
from core.desk.ports import OutgoingMessage
from core.notifications.notifications import Notification, TaskContext
from core.notifications.person_context import PersonContext
from core.notifications.unit_notifications import UnitContext, UnitNotification
from core.queries.tokens import ApiToken
from core.rules.situation import Rules
from core.state.person import Person
from core.vocabulary.contents import Screen
from core.vocabulary.destinations import Destination
from core.vocabulary.kinds import Work, WorkKind
from core.vocabulary.places import Place, Position
from core.vocabulary.scopes import Scope
from core.vocabulary.words import Availability, Membership, Role
from metrics.health import REQUIRED, PartHealth, Probe
from metrics.instruments import Instruments
from metrics.process import Backups, Disk, Process, Webhook
from metrics.server import SHARED, SideServer
from metrics.server import Webhook as Answers
from metrics.tokens import Programs
from storage.engine.session import Query, Session
from storage.engine.store import Store
from storage.ops.migrate import upgrade
from storage.repositories import people, tokens
from storage.repositories.queries import SqlQueries
from storage.repositories.unit_of_work import StoreUnitOfWork
from storage.schema.tables import EventRow, OutboxRow, table
from tests.story.clock import MovedClock

TOKEN, OTHER_TOKEN = "the-token-of-a-radio", "the-token-of-a-map"
QUITO = Place(lat=-0.18, lon=-78.47)

_letters = Query(select(table(OutboxRow)).order_by(table(OutboxRow).c.id), OutboxRow)
_events = Query.mappings(select(table(EventRow)).order_by(table(EventRow).c.id))


class PlainComposer:
    """Says what happened in one word: what a message looks like is the chats' business."""

    def task(self, notification: Notification, file: TaskContext, now: datetime) -> OutgoingMessage | None:
        return OutgoingMessage(
            to=notification.to,
            lane=notification.lane,
            content=Screen(text=f"{type(notification.event).__name__} {file.task.code}"),
        )

    def person(self, notification: Notification, file: PersonContext, now: datetime) -> OutgoingMessage | None:
        return None

    def unit(self, notification: UnitNotification, file: UnitContext, now: datetime) -> OutgoingMessage | None:
        return None

    def blank(self, to: Destination, card: CardShown) -> OutgoingMessage | None:
        return None


async def _well() -> PartHealth:
    return PartHealth(well=True)


class Answer:
    """The side server's answer."""

    def __init__(self, status: int, headers: Any, body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self) -> Any:
        return json.decode(self.body)

    @property
    def kind(self) -> str:
        """The content type, without its parameters."""
        return str(self.headers["Content-Type"]).split(";")[0]


RULES = Rules(kinds=(WorkKind(work=Work(name="Incendio")),))


class Side:
    """Opened by its fixture; ``probes``, ``webhook`` and ``public`` may be set before that."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite+aiosqlite:///{folder / 'gad.db'}"
        self.clock = MovedClock()
        self.probes: dict[str, Probe] = dict.fromkeys(REQUIRED, _well)
        self.tokens = [sha256(token.encode()).hexdigest() for token in (TOKEN, OTHER_TOKEN)]
        self.used: list[str] = []
        self.webhook: Answers | None = None
        self.public = SHARED

    async def open(self) -> None:
        await upgrade(self.url)
        self.store = Store(self.url)
        await self.store.start()
        self.queries = SqlQueries(self.store)
        self.desk = Desk(
            units=StoreUnitOfWork(self.store, render), clock=self.clock, composer=PlainComposer(), rules=RULES
        )
        self.instruments = Instruments(queries=self.queries, process=self.numbers)
        self.server = SideServer(
            host="127.0.0.1",
            port=0,
            desk=self.desk,
            queries=self.queries,
            instruments=self.instruments,
            probes=self.probes,
            programs=Programs(digests=lambda: tuple(self.tokens), used=self.used.append),
            webhook=self.webhook,
            public=self.public,
            clock=self.clock,
        )
        await self.server.start()
        self.session = ClientSession(f"http://127.0.0.1:{self.server.port}")

    async def numbers(self) -> Process:
        """The process as it is scraped."""
        return Process(
            lags={"worker": timedelta(0)},
            last_good={"worker": self.clock.now()},
            conditions=dict.fromkeys(("hold", "updates", "clock", "loop")),
            webhook=Webhook(pending=3),
            backups=Backups(newest=None, every=timedelta(hours=24)),
            disks={"storage": Disk(free=1, size=2)},
        )

    async def close(self) -> None:
        await self.session.close()
        await self.server.stop()
        await self.store.stop()

    async def says(
        self, method: str, path: str, body: object = None, *, token: str | None = TOKEN, **headers: str
    ) -> Answer:
        """Send a request; ``body`` is sent as it is when it is bytes, else as JSON. ``If_Match`` is If-Match."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            sent.setdefault("Authorization", f"Bearer {token}")
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        data = body if isinstance(body, bytes) or body is None else json.encode(body)
        async with self.session.request(method, path, data=data, headers=sent) as response:
            return Answer(response.status, response.headers, await response.read())

    async def gets(self, path: str, **headers: str) -> Answer:
        return await self.says("GET", path, **headers)

    async def posts(self, path: str, body: object, *, token: str = TOKEN, **headers: str) -> Answer:
        return await self.says("POST", path, body, token=token, **headers)

    async def patches(self, code: str, **change: object) -> Answer:
        return await self.says("PATCH", f"/api/v1/tasks/{code}", change)

    async def opens(self, title: str = "Patrullaje zona norte", **more: object) -> str:
        """The code of a new task."""
        answer = await self.posts("/api/v1/tasks", {"title": title, **more})
        assert answer.status == 201, answer.body
        return str(answer.json["code"])

    async def hires(self, name: str, role: Role = Role.AGENT, place: Place | None = None) -> Person:
        """Somebody new at the desk, available, seen just now at the place."""
        newcomer = Person(
            id=0,
            account=1000 + len(name) * 7919 + sum(name.encode()),
            name=name,
            username=name.lower(),
            role=role,
            membership=Membership.ACTIVE,
            availability=Availability.AVAILABLE,
            position=Position(place=place, at=self.clock.now()) if place else None,
        )
        return await self.store.write(lambda session: people.save(session, None, newcomer))

    async def grants(self, *scopes: Scope, name: str = "radio", **more: Any) -> str:
        """A token with a name."""
        value = f"gad_{sha256(name.encode()).hexdigest()[:43]}"
        token = ApiToken(name=name, scopes=frozenset(scopes), created_by="root", **more)
        digest = sha256(value.encode()).hexdigest()
        assert await self.store.write(lambda session: tokens.create(session, token, digest, self.clock.now()))
        return value

    async def letters(self) -> list[tuple[int, str]]:
        """The messages that the chats are about to get: chat and text."""

        async def unit(session: Session) -> list[tuple[int, str]]:
            return [(row.chat, json.decode(row.payload)["text"]) for row in await session.rows(_letters)]

        return await self.store.read(unit)

    async def events(self) -> list[dict[str, Any]]:
        """The record, oldest first."""

        async def unit(session: Session) -> list[dict[str, Any]]:
            return [dict(row) for row in await session.rows(_events)]

        return await self.store.read(unit)
