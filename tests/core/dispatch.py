"""A desk on a file of its own: its people, a clock that the test moves, and a Telegram that takes what leaves.

Nothing is played but Telegram: the rules, the storage, the messages and the timers are the real ones.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct, json

from bot.notifications.composer import Composer
from bot.ui.texts import Texts
from core.desk.desk import Desk
from core.desk.outcome import Outcome
from core.desk.ports import OutgoingMessage, Record, UnitOfWork
from core.notifications.notifications import Notification, TaskContext, Topic
from core.rules.drills import Part
from core.rules.permissions import DESK, Caller, caller_of
from core.rules.situation import Rules
from core.rules.timers import Timer
from core.state.checkins import Sighting
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Lane, Membership, Role
from emulator.markup.html import parse_html
from storage.audit import record
from storage.engine.session import Session
from storage.queues import cards, outbox, timers
from storage.repositories import people, tasks
from storage.schema.tables import OutboxRow
from tests.support.databases import Direct
from tests.support.outcomes import task_of

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
PARK = Place(lat=-2.1862, lon=-79.8885)
DEAF = "403"


def north(metres: float) -> Place:
    """A place so far north of the park."""
    return Place(lat=PARK.lat + metres / 110_574, lon=PARK.lon)


class Shown(Struct, frozen=True, kw_only=True):
    """A card as it stands in a chat."""

    text: str
    buttons: list[str]
    at: datetime


class Watched(Composer):
    """The composer; the reports that it writes are kept as they came."""

    def __init__(self, texts: Texts, reports: list[tuple[Part, ...]]) -> None:
        super().__init__(texts)
        self._reports = reports

    def task(self, notification: Notification, file: TaskContext, now: datetime) -> OutgoingMessage | None:
        if notification.topic is Topic.REPORT:
            self._reports.append(file.report)
        return super().task(notification, file, now)


def told_of(direct: Direct, task: Task) -> set[int]:
    """People whom the last climb of an alert told."""
    found = direct.connection.execute(
        "SELECT person FROM told WHERE task = ? AND climb = ? AND ?", (task.id, task.climb, task.notified)
    )
    return {row["person"] for row in found}


class Dispatch:
    """The desk and everybody in it. ``deaf`` are the chats of those who have blocked the bot."""

    def __init__(self, folder: Path, *, rules: Rules | None = None, group: int | None = None) -> None:
        self.direct = Direct(folder)
        self.moment = NOON
        self.deaf: set[int] = set()
        self.held = False
        self.rules = rules or Rules()
        self.group = group
        self._arrived: dict[int, list[str]] = {}
        self._cards: dict[tuple[str, int], Shown] = {}
        self._pins: Counter[int] = Counter()
        self._message = 0
        self.reports: list[tuple[Part, ...]] = []
        self.open()

    def now(self) -> datetime:
        """As ``core.desk.ports.Clock``."""
        return self.moment

    def open(self, units: UnitOfWork | None = None) -> None:
        """A process begins: it knows what is on the disk and nothing else."""
        texts = Texts("es", ZoneInfo("America/Guayaquil"))
        composer = Watched(texts, self.reports)
        units = units or self.direct
        self.desk = Desk(units=units, clock=self, composer=composer, rules=self.rules, group=self.group)

    def agent(self, name: str, *, away: float | None = None) -> Person:
        """An agent, available; ``away``: seen just now so many metres from the park."""
        return self._member(name, Role.AGENT, away=away)

    def supervisor(self, name: str, *, unit: int | None = None, on_duty: bool = False) -> Person:
        """A supervisor."""
        return self._member(name, Role.SUPERVISOR, unit=unit, on_duty=on_duty)

    def admin(self, name: str) -> Person:
        """An administrator."""
        return self._member(name, Role.ADMIN)

    async def calls(self, who: Person, title: str = "Robo", *, place: Place | None = PARK) -> Task:
        """They report an emergency."""
        outcome = await self.does(who, c.OpenEmergency(title=title, sent_at=self.moment, place=place))
        task = task_of(outcome)
        assert task is not None
        return task

    async def does(self, who: Person, command: c.AnyCommand) -> Outcome:
        """They ask for something; what leaves at once has left then."""
        outcome = await self.desk.execute(command, caller=self.caller(who))
        await self.delivers()
        return outcome

    def caller(self, who: Person) -> Caller:
        """They, as somebody who asks."""
        return caller_of(who)

    async def passes(self, seconds: float) -> None:
        """Time passes; what may leave has left before, and whatever is due is done in its second."""
        await self.delivers()
        until = self.moment + timedelta(seconds=seconds)
        while (due := self.direct.run(timers.next_due)) is not None and due <= until:
            self.moment = max(self.moment, due)
            await self.fires()
        self.moment = until

    async def stands_still(self, seconds: float) -> None:
        """No process runs for so long, after what may leave has left; then one begins, and does what is due."""
        await self.delivers()
        self.moment += timedelta(seconds=seconds)
        self.direct.reopen()
        self.open()
        await self.fires()

    async def fires(self) -> int:
        """Do what is due, once."""
        fired = await self.desk.fire_due(limit=1_000)
        await self.delivers()
        return fired

    async def delivers(self) -> None:
        """Everything that may leave does, unless all is held; whoever has blocked the bot is found out."""
        while not self.held and (rows := self.direct.run(self._taken)):
            for row in rows:
                await self._arrives(row)

    def reads(self, who: Person | int) -> list[str]:
        """New messages since they last looked: heard ones, without the cards that changed in silence."""
        return self._arrived.pop(who if isinstance(who, int) else who.account, [])

    def shown(self, task: Task, who: Person) -> str:
        """Their card of the task as it is by now."""
        return self._cards[f"task:{task.id}", who.account].text

    def buttons(self, task: Task, who: Person) -> list[str]:
        """Buttons under it."""
        return self._cards[f"task:{task.id}", who.account].buttons

    def changed_at(self, task: Task, who: Person) -> datetime:
        """When it last changed."""
        return self._cards[f"task:{task.id}", who.account].at

    def pins(self, who: Person) -> int:
        """How many pins on the map they got."""
        return self._pins[who.account]

    def moves(self, who: Person) -> None:
        """They are seen where they are, now."""
        position = Position(place=who.position.place if who.position else PARK, at=self.moment)
        self.direct.run(lambda session: people.move(session, [(who.account, Sighting(position=position))]))

    def task(self, task: Task) -> Task:
        """The task as it is now."""
        found = self.direct.run(lambda session: tasks.find(session, task.id))
        assert found is not None
        return found

    def person(self, who: Person) -> Person:
        """The person as they are now."""
        return self.by_id(who.id)

    def by_id(self, person: int) -> Person:
        """The person with this number, as they are now."""
        found = self.direct.run(lambda session: people.by_id(session, person))
        assert found is not None
        return found

    def history(self, task: Task) -> list[Record]:
        """Events of the task."""
        return self.direct.run(lambda session: record.of_task(session, task.id))

    def escalates(self, task: Task) -> list[e.Escalated | e.Passed]:
        """The ladder's part of it."""
        return [one.event for one in self.history(task) if isinstance(one.event, e.Escalated | e.Passed)]

    def notified(self, task: Task) -> list[tuple[int, ...]]:
        """People that each step notified, in their order."""
        return [climb.notified for climb in self.escalates(task) if isinstance(climb, e.Escalated)]

    def told(self, task: Task) -> set[int]:
        """People whom the last climb of it told."""
        return told_of(self.direct, self.task(task))

    def asked(self, task: Task) -> list[int]:
        """Agents that were asked to go, in their order."""
        return [one.event.agent for one in self.history(task) if isinstance(one.event, e.Offered)]

    def pending(self, task: Task) -> list[Timer]:
        """The due times of the task."""
        return [timer for timer in self.due() if timer.task == task.id]

    def due(self) -> list[Timer]:
        """All due times."""
        far = self.moment + timedelta(days=400)
        found: list[Timer] = []

        async def look(session: Session) -> None:
            found.extend(await timers.take_due(session, far, 10_000))
            await timers.set_timers(session, found)

        self.direct.run(look)
        return found

    def _member(
        self, name: str, role: Role, *, away: float | None = None, unit: int | None = None, on_duty: bool = False
    ) -> Person:
        self._message += 1
        person = Person(
            id=0,
            account=1_000 + self._message,
            name=name,
            role=role,
            membership=Membership.ACTIVE,
            availability=Availability.AVAILABLE if role is Role.AGENT else Availability.UNAVAILABLE,
            position=Position(place=north(away), at=self.moment) if away is not None else None,
            unit=unit,
            shift_since=self.moment if on_duty else None,
        )
        return self.direct.run(lambda session: people.save(session, None, person))

    async def _taken(self, session: Session) -> list[OutboxRow]:
        lanes: Iterable[Lane] = Lane
        take = partial(outbox.take, session, now=self.moment, lease=timedelta(minutes=1), most=100)
        return [row for lane in lanes for row in await take(lane)]

    async def _arrives(self, row: OutboxRow) -> None:
        if row.chat in self.deaf:
            await self._bounces(row)
            return
        self._message += 1
        message = self._message

        async def unit(session: Session) -> None:
            await outbox.sent(session, row, self.moment, self.moment)
            if row.card:
                await cards.keep(session, row.card, row.chat, message, "")

        self.direct.run(unit)
        self._looks(row)

    def _looks(self, row: OutboxRow) -> None:
        payload = json.decode(row.payload)
        if row.method == "sendLocation":
            self._pins[row.chat] += 1
        elif row.card:
            text = parse_html(payload["text"])[0]
            rows = payload.get("reply_markup", {}).get("inline_keyboard", [])
            labels = [button["text"] for line in rows for button in line]
            self._cards[row.card, row.chat] = Shown(text=text, buttons=labels, at=self.moment)
            if row.ring:
                self._arrived.setdefault(row.chat, []).append(text)

    async def _bounces(self, row: OutboxRow) -> None:
        self.direct.run(lambda session: outbox.park(session, row, self.moment, DEAF))
        who = self.direct.run(lambda session: people.by_account(session, row.chat))
        if who is not None:
            await self.desk.execute(c.MarkSilenced(person=who.id), caller=DESK)
