"""A desk that is open for a story: the real application, a real HTTP connection to the emulator, a moved clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, func, select, text

from bot.app import OpenDesk
from bot.config.schema import Config
from bot.transport.channels import NONE, Others
from bot.ui.epoch import Epoch
from core.state.person import Person
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Membership, Role
from emulator import Group, Server, Telegram, serve
from storage.engine.session import Query, Session
from storage.queues import timers
from storage.queues.queue import State
from storage.repositories import people
from storage.schema.instants import to_ms
from storage.schema.tables import InboxRow, OutboxRow, table
from tests.story.clock import MovedClock
from tests.story.phone import Phone
from tests.story.standings import undeclared

TOKEN = "7000:story"
# Of operators, who read the details of the health pages with it.
OPERATOR = "the-token-of-the-operators"
# Messages that the limits hold back for a moment are let out by moving the clock; a story's own waits are longer.
A_MOMENT = timedelta(seconds=4)
# Every group that a story makes is the desk's, unless the story says otherwise.
GROUPS = [base - number for base in (0, -1_000_000_000_000) for number in range(5001, 5041)]
SURE = 3  # looks in a row that find the same
PATIENT = 100  # looks in a row at work that the storage may have refused
# Looks before a story gives up: seconds would count what others of a busy machine do. 20 s where it is idle.
LOOKS, LOOK = 10_000, 0.002


def _due(model: type[Any]) -> Query[int]:
    """The first due time of each line; the rest of the line waits for it."""
    rows = table(model)
    return Query.value(
        select(func.min(rows.c.due_at))
        .where(rows.c.state == State.READY, rows.c.due_at <= bindparam("until"))
        .select_from(rows)
    )


_UNHANDLED, _UNSENT = _due(InboxRow), _due(OutboxRow)


class StoryDesk:
    """The desk, its people, and the time. ``settings`` are sections of the configuration."""

    def __init__(self, folder: Path, *, others: Others = NONE, **settings: Any) -> None:
        self._others = others
        self.clock = MovedClock()
        self.telegram = Telegram(now=self.clock.seconds)
        # Stricter than what the desk keeps to, so that a limit that is kept to its edge is seen.
        self.telegram.flood.per_second, self.telegram.flood.jitter = 28, 0.02
        self.bot = self.telegram.add_bot(TOKEN, "gad_bot", "GAD")
        self.phones: list[Phone] = []
        self._folder = folder
        self._settings = settings
        self._server: Server | None = None
        self._open: OpenDesk | None = None

    @property
    def app(self) -> OpenDesk:
        """The running application."""
        assert self._open is not None
        return self._open

    async def open(self, *, settled: bool = True) -> None:
        """Open the desk; Telegram stands from the first time on."""
        if self._server is None:
            self._server = await serve(self.telegram)
        self._open = OpenDesk(self._config(), clock=self.clock, others=self._others)
        await self._open.start()
        if settled:
            await self.settle()

    async def telegram_goes(self) -> None:
        """Nothing listens where Telegram was."""
        assert self._server is not None
        await self._server.stop()

    async def telegram_comes_back(self) -> None:
        """At the same address, and it remembers everything."""
        assert self._server is not None
        self._server = await serve(self.telegram, port=int(self._server.url.rpartition(":")[2]))

    async def close(self) -> None:
        """Close the desk as SIGTERM does."""
        desk, self._open = self.app, None
        await desk.stop()

    async def end(self) -> None:
        """Close everything; a message that nobody expected fails the story, and a button where none is declared."""
        epoch = self._open.epoch if self._open is not None else Epoch()
        if self._open is not None:
            await self.close()
        if self._server is not None:
            await self._server.stop()
        for phone in self.phones:
            phone.sees_nothing()
        assert not self.telegram.flood.refused, "Telegram took a message for one too many"
        wrong = "\n".join(undeclared(self.telegram, epoch))
        assert not wrong, wrong

    async def agent(self, name: str, *, at: tuple[float, float] | None = None) -> Phone:
        """An agent, available, seen just now at (lat, lon) if a place is given."""
        return await self._member(name, Role.AGENT, at)

    async def supervisor(self, name: str) -> Phone:
        """A supervisor."""
        return await self._member(name, Role.SUPERVISOR, None)

    async def admin(self, name: str) -> Phone:
        """An administrator."""
        return await self._member(name, Role.ADMIN, None)

    def stranger(self, name: str) -> Phone:
        """Somebody whom the desk does not know."""
        user = self.telegram.add_person(name, username=name.partition(" ")[0].lower())
        phone = Phone(self.telegram, user, self.settle)
        self.phones.append(phone)
        return phone

    def group(self, title: str, *phones: Phone) -> tuple[Group, list[Phone]]:
        """A group with the bot in it, and each member's view of it."""
        group = self.telegram.add_group(title, [*(phone.user for phone in phones), self.bot])
        views = [Phone(self.telegram, phone.user, self.settle, group) for phone in phones]
        self.phones += views[:1]
        return group, views

    async def advance(self, seconds: float) -> None:
        """Let time pass; what is due then happens."""
        self.clock.advance(seconds)
        await self.settle()

    async def passes(self, seconds: float) -> None:
        """Let time pass from one alarm to the next, as a clock does: whatever waits goes at its moment."""
        end = self.clock.now() + timedelta(seconds=seconds)
        while True:
            await self._quiet()
            alarm = self.clock.next_alarm
            if alarm is None or alarm > end:
                break
            left = (end - self.clock.now()).total_seconds()
            self.clock.advance(min(left, max(0.0, (alarm - self.clock.now()).total_seconds()) + 0.001))
        self.clock.advance(max(0.0, (end - self.clock.now()).total_seconds()))
        await self._quiet()

    async def endures(self, seconds: int) -> None:
        """Time passes while the storage refuses: what waits for it tries again, second by second."""
        for _ in range(seconds):
            self.clock.advance(1)
            await self.until(lambda: self.app.outage.last == self.clock.now(), "the storage is asked again")

    async def passes_until(self, condition: Callable[[], bool], what: str, *, step: float = 0.02) -> None:
        """Time passes by so many seconds at once until it is so: for what happens while the desk can't settle."""

        def happens() -> bool:
            if not (so := condition()):
                self.clock.advance(step)
            return so

        await self.until(happens, what)

    async def recovers(self) -> None:
        """The storage works again: time passes until nothing has waited for it for a while."""

        def works() -> bool:
            last = self.app.outage.last
            quiet = last is None or self.clock.now() - last > A_MOMENT
            return quiet and not self._coming and self.app.idle

        await self.passes_until(works, "the desk is itself again")
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing more can happen without time passing; what limits hold back for a moment is let out."""
        superseded = held = refused = 0
        for _ in range(LOOKS):
            await asyncio.sleep(LOOK)
            waits = False if self._moving else await self._waits()
            superseded = superseded + 1 if not (self._moving or waits) else 0
            held = held + 1 if waits and not self._moving else 0
            # Work that the storage refused waits for its next try, and may have begun to after time had passed.
            refused = refused + 1 if self._moving and self.app.outage.last is not None else 0
            if superseded >= SURE:
                return
            if (held >= SURE or refused >= PATIENT) and self._pass_to_next_alarm():
                held = refused = 0
        raise AssertionError("the desk never settles")

    async def asks(self, query: str) -> Any:
        """The one value that a query of the database gives."""
        return await self.app.store.read(lambda session: session.row(Query.value(text(query))))

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait, while time stands still, for what the network brings."""
        for _ in range(LOOKS):
            if condition():
                return
            await asyncio.sleep(LOOK)
        raise AssertionError(f"it never happens that {what}")

    @property
    def _coming(self) -> int:
        """How many updates Telegram has for the desk that it has not confirmed."""
        return len(self.bot.updates) + (self.bot.webhook.pending if self.bot.webhook is not None else 0)

    async def _quiet(self) -> None:
        """Wait until all that may happen at this moment has happened."""
        quiet = 0
        for _ in range(LOOKS):
            await asyncio.sleep(LOOK)
            due = await self._first_due(self.clock.now(), _UNHANDLED)
            quiet = 0 if self._moving or due is not None else quiet + 1
            if quiet == 2:
                return
        raise AssertionError("the desk never comes to rest")

    @property
    def _moving(self) -> bool:
        """Whether something is under way, or somebody was just woken."""
        if self._open is None:
            return False
        app = self._open
        wakeups = (app.worker.in_flight.bell, app.delivery.in_flight.bell, app.timekeeper.bell)
        return bool(self._coming) or not app.idle or any(bell.is_set() for bell in wakeups)

    async def _waits(self) -> bool:
        """Whether due work is not in flight: held by the limits, a pause between tries, or another's lock."""
        if self._open is None:
            return False
        timer = await self.app.store.read(timers.next_due)
        if timer is not None and timer <= self.clock.now():
            return True
        return await self._first_due(self.clock.now() + A_MOMENT, _UNHANDLED, _UNSENT) is not None

    def _pass_to_next_alarm(self) -> bool:
        alarm, now = self.clock.next_alarm, self.clock.now()
        if alarm is None or alarm > now + A_MOMENT:
            return False
        self.clock.advance((alarm - now).total_seconds() + 0.001)
        return True

    async def _first_due(self, until: datetime, *queues: Query[int]) -> datetime | None:
        async def unit(session: Session) -> int | None:
            moments = [await session.row(query, until=to_ms(until)) for query in queues]
            return min((moment for moment in moments if moment is not None), default=None)

        first = await self.app.store.read(unit)
        return datetime.fromtimestamp(first / 1000, self.clock.now().tzinfo) if first is not None else None

    async def _member(self, name: str, role: Role, at: tuple[float, float] | None) -> Phone:
        phone = self.stranger(name)
        now = self.clock.now()
        person = Person(
            id=0,
            account=phone.user.id,
            name=name,
            username=phone.user.username,
            role=role,
            membership=Membership.ACTIVE,
            availability=Availability.AVAILABLE if role is Role.AGENT else Availability.UNAVAILABLE,
            position=Position(place=Place(*at), at=now) if at is not None else None,
        )
        await self.app.store.write(lambda session: people.save(session, None, person))
        await phone.says("/start")
        phone.reads_all()
        return phone

    def _config(self) -> Config:
        assert self._server is not None
        sections: dict[str, Any] = {
            "telegram": {"token": TOKEN, "api_base_url": self._server.url},
            "storage": {"url": f"sqlite+aiosqlite:///{self._folder / 'gad.db'}"},
            "server": {"port": 0, "api_tokens": [sha256(OPERATOR.encode()).hexdigest()]},
            "access": {"groups": GROUPS},
            "audit": {"key_file": f"{self._folder / 'audit.key'}", "erased_file": f"{self._folder / 'audit.erased'}"},
        }
        for name, keys in self._settings.items():
            sections[name] = {**sections.get(name, {}), **keys} if isinstance(keys, dict) else keys
        return Config(**sections)
