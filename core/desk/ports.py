"""Ports of the desk to the world around it. Adapters stand in the other rooms."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from msgspec import Struct

from core.desk.access_port import AccessRepository
from core.desk.circular_port import Circulars
from core.desk.ending_port import CardShown, EndingRepository
from core.desk.search_port import Searches
from core.desk.share_ports import Shares
from core.notifications.announcement import Announcement
from core.notifications.audience import Audience
from core.notifications.notifications import Notification, TaskContext
from core.notifications.person_context import PersonContext
from core.notifications.unit_notifications import UnitContext, UnitNotification
from core.rules.drills import SentAlert
from core.rules.situation import Candidate, Receipt
from core.rules.timers import Timer
from core.state.checkins import CheckIn
from core.state.duress import DuressWord
from core.state.handover import Watch
from core.state.person import Person
from core.state.task import Task
from core.state.units import Unit
from core.vocabulary.contents import Content
from core.vocabulary.destinations import Destination
from core.vocabulary.escalation_policy import EscalationTarget
from core.vocabulary.events import AnyEvent
from core.vocabulary.personal import taken_over_from
from core.vocabulary.places import Place
from core.vocabulary.words import Kind, Lane

T = TypeVar("T")


class Unavailable(Exception):
    """The system behind a port can't be used now; asked again later, it may be. The text is for the operator."""


class HeldUp(Exception):
    """Others hold what a unit needs, and it was not to wait for them for long; nothing of it is kept."""


class OutgoingMessage(Struct, frozen=True, kw_only=True):
    """One message that must reach one destination; a channel gives it the form that it can carry.

    ``card`` names the message that it is a new state of (``task:12``): without ``notify`` that message changes in
    place, with it a new one that is heard takes its place. ``superseded`` takes back an unsent alert of the same card:
    what it would have asked for is answered. Within a lane the lower ``turn`` leaves first
    (`core.notifications.turns`).
    """

    to: Destination
    lane: Lane
    content: Content
    card: str | None = None
    notify: bool = True
    superseded: bool = False
    not_before: datetime | None = None
    turn: int = 0


class Clock(Protocol):
    """The time, passed in."""

    def now(self) -> datetime:
        """Now: aware, UTC."""


class Composer(Protocol):
    """Puts notifications into words and buttons. Pure."""

    def task(self, notification: Notification, file: TaskContext, now: datetime) -> OutgoingMessage | None:
        """The message about a task, or None where its reader has nothing to see."""

    def person(self, notification: Notification, file: PersonContext, now: datetime) -> OutgoingMessage | None:
        """The message about a person."""

    def unit(self, notification: UnitNotification, file: UnitContext, now: datetime) -> OutgoingMessage | None:
        """The message about a unit."""

    def blank(self, to: Destination, card: CardShown) -> OutgoingMessage | None:
        """A card of somebody who is out, without content and buttons."""


class Record(Struct, frozen=True, kw_only=True):
    """One event as it is stored (P10): who, what, when and why.

    Its subject is a task, a person or a unit; both where somebody joins or leaves a unit.
    """

    at: datetime
    event: AnyEvent
    by: int | None
    via: str
    reason: str = ""
    task: int | None = None
    person: int | None = None
    unit: int | None = None

    @property
    def author(self) -> int | None:
        """The person who did it; of what was taken over from another emergency, who said it."""
        author = taken_over_from(self.event)
        return author if author is not None else self.by


class Repository(AccessRepository, Circulars, EndingRepository, Searches, Shares, Protocol):
    """Reads and writes of one transaction. Everything commits together or not at all (P3)."""

    async def recall(self, key: str) -> bytes | None:
        """The answer that was given to this idempotency key (P2)."""

    async def remember(self, key: str, answer: bytes, now: datetime) -> None:
        """Keep the answer for whoever asks the same again."""

    async def next_task_id(self) -> int:
        """A number that no other task has or will have."""

    async def task(self, task_id: int) -> Task | None:
        """A task, locked until the end of the transaction."""

    async def save_task(self, before: Task | None, after: Task) -> None:
        """Keep the task, its parts, and what they take of the agents."""

    async def record(self, records: Iterable[Record]) -> None:
        """Add to the history."""

    async def history(self, task_id: int) -> tuple[Record, ...]:
        """The newest events of a task, oldest first: a thousand."""

    async def report(self, task: int, number: int) -> tuple[Record, ...]:
        """Events about the report that joined the task under this number, and notes that its reporter added next.

        Oldest first, however long ago that was.
        """

    async def lately(self, task_id: int) -> tuple[Record, ...]:
        """The newest events of a task, newest first."""

    async def sent_alerts(self, card: str) -> tuple[SentAlert, ...]:
        """The messages that asked somebody to look at this card, oldest first."""

    async def receipt(self, card: str, to: Destination, since: datetime) -> Receipt:
        """The receipt of the alerts of this card at this destination since then; where none is known of, taken."""

    async def round_waits(self, card: str, now: datetime) -> bool:
        """Whether alerts of this card wait that nobody has tried to send, and not for too long."""

    async def person(self, person_id: int) -> Person | None:
        """A person by the desk's own id."""

    async def person_at(self, account: int) -> Person | None:
        """A person by their account."""

    async def people(self, ids: Iterable[int]) -> dict[int, Person]:
        """Several people, by id."""

    async def called(self, username: str) -> tuple[Person, ...]:
        """Everybody who is known by this user name."""

    async def save_person(self, before: Person | None, after: Person) -> Person:
        """Keep a person; a new one (id 0) comes back with an id. Who had their account before gets their former one."""

    async def named(
        self, target: EscalationTarget, unit: int | None, now: datetime, *, after: int, most: int
    ) -> tuple[Person, ...]:
        """Active people whom a target names for a task of this unit, by id after the given one, reachable or not."""

    async def silent_leaders(self) -> tuple[Person, ...]:
        """Active supervisors and administrators whom no message reaches."""

    async def is_on_duty(self, person: Person, now: datetime) -> bool:
        """Whether somebody is on duty now."""

    async def note_told(self, task: int, climb: int, people: Sequence[int], now: datetime) -> None:
        """A climb of an alert has told these people."""

    async def was_told(self, task: Task, person: int) -> bool:
        """Whether the last climb has told somebody."""

    async def told(self, task: Task, *, after: int, most: int) -> tuple[Person, ...]:
        """Those whom the last climb has told and a message reaches, by id after the given one, if they lead or go."""

    async def next_unit_id(self) -> int:
        """A number that no other unit has or will have."""

    async def unit(self, unit_id: int) -> Unit | None:
        """A unit, locked until the end of the transaction."""

    async def save_unit(self, unit: Unit, watch: Watch) -> None:
        """Keep the unit, and who is on duty there."""

    async def unit_named(self, name: str) -> int | None:
        """The unit that has this name, whatever the case and the accents."""

    async def unit_linked(self, room: int) -> int | None:
        """The unit whose group this is."""

    async def unit_tasks(self, unit_id: int, most: int) -> tuple[Task, ...]:
        """The open tasks that the unit's people reported, newest first."""

    async def unanswered(self) -> tuple[int, ...]:
        """The open alerts that nobody has answered, by task id, oldest first."""

    async def involving(self, person_id: int) -> tuple[int, ...]:
        """The open tasks that a person was asked to do, has, or took charge of, by id, emergencies first."""

    async def own_emergency(self, person_id: int) -> Task | None:
        """An open emergency that is this person's own, who is locked: reported by them, or an alarm in their name."""

    async def own_alarm(self, person_id: int) -> Task | None:
        """The open alarm in this person's name, who is locked; never one that is silent."""

    async def lately_shown(self, person: Person) -> tuple[int, ...]:
        """Tasks whose card they have, of the desk's newest and of the newest that they were asked to do."""

    async def candidates(
        self,
        place: Place | None,
        *,
        seen_after: datetime,
        task: int,
        reporter: int | None,
        limit: int,
        again: bool = False,
        first: tuple[int, ...] = (),
        able: str = "",
    ) -> tuple[Candidate, ...]:
        """Free agents who have not refused this task (``core.rules.free``), nearest first; those not seen since last.

        ``again``: also those whose time ran out. ``first``: before all others, if free. ``able``: only who can do this.
        """

    async def duplicate_of(self, reporter: int, kind: Kind, title: str, since: datetime) -> int | None:
        """The id of an open task that the same person reported with the same words since then."""

    async def alike(self, person: Person) -> tuple[Person, ...]:
        """Some of the others whose names look like this person's, whoever is in first."""

    async def check_in(self, account: int) -> CheckIn | None:
        """The check-in of the person with this account, locked until the end of the transaction."""

    async def save_check_in(self, person: Person, check_in: CheckIn | None) -> None:
        """Keep it; None: there is none any more."""

    async def duress_word(self, person_id: int) -> DuressWord | None:
        """The stored duress word of the person."""

    async def keep_duress_word(self, person_id: int, word: DuressWord) -> None:
        """Keep it, in the place of an older one."""

    async def note_duress(self, person_id: int, task: int) -> None:
        """The word has raised this alarm."""

    async def audience(self, task: int, people: Sequence[Person], *, most: int) -> Audience:
        """Rooms and those of these people who are shown a task's card or about to be, and its first readers."""

    async def shown_to(self, card: str, people: Sequence[Person]) -> tuple[Destination, ...]:
        """Those of these people who have this card or are about to."""

    async def readers(self, task: int, *, climb: int, after: int | None, most: int) -> tuple[Person, ...]:
        """People who have a task's card, by account after the given one, without those whom this climb has told."""

    async def announce(self, announcement: Announcement) -> None:
        """Keep what other readers are still to be shown; of changes in place the newest is enough."""

    async def announcement(self, task: int) -> Announcement | None:
        """The oldest announcement of a task."""

    async def announce_on(self, announcement: Announcement) -> None:
        """Keep how far it is."""

    async def announced(self, announcement: Announcement) -> None:
        """All its readers have been shown it."""

    async def post(self, messages: Iterable[OutgoingMessage], now: datetime) -> None:
        """Put messages in the outbox."""

    async def set_timers(self, timers: Iterable[Timer]) -> None:
        """Keep due times."""

    async def following(self, person_id: int) -> tuple[Timer, ...]:
        """Due times of what follows for others from a change of this person and is not done yet, in its order."""

    async def take(self, timer: Timer) -> bool:
        """Remove a due time; False: it is gone, or somebody changes what it is about."""

    async def take_due(self, now: datetime, limit: int) -> tuple[Timer, ...]:
        """Remove and return what is due, emergencies first: each fires once (P8)."""


class UnitOfWork(Protocol):
    """Runs units of work: each an ``async def`` over a repository, one transaction."""

    async def write(self, unit: Callable[[Repository], Awaitable[T]]) -> T:
        """Run and commit; the answer comes after the commit. An exception rolls this unit back alone."""
