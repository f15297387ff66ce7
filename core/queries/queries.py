"""Queries of the desk. Adapters read from storage; views and the HTTP API ask through this alone."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from core.desk.ports import Record
from core.notifications.notifications import TaskContext
from core.queries.emergency_waits import WaitingFor
from core.queries.plan import Plan
from core.queries.tokens import TokenQueries
from core.rules.situation import Candidate, Invitation, Rules
from core.state.checkins import CheckIn
from core.state.duress import DuressWord
from core.state.lost_word import LostWord
from core.state.person import Person
from core.state.task import Task
from core.state.units import Unit
from core.vocabulary.commands import OpenEmergency
from core.vocabulary.desk_events import DeadLetterKind
from core.vocabulary.places import Place
from core.vocabulary.refusals import Refusal
from core.vocabulary.rotas import Rota
from core.vocabulary.words import Availability, Kind, Lane, Membership, Priority, Role, TaskState


class Which(StrEnum):
    """Tasks that can still be worked on, those that are over, or both."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


class TaskPage(Struct, frozen=True, kw_only=True):
    """Tasks, newest first, with the people they name. ``after`` asks for the next page; None on the last."""

    tasks: tuple[Task, ...]
    people: dict[int, Person]
    after: int | None = None


class PersonPage(Struct, frozen=True, kw_only=True):
    """People by name. ``after`` (name, id) asks for the next page; None on the last."""

    people: tuple[Person, ...]
    after: tuple[str, int] | None = None


class OpenInvitation(Struct, frozen=True, kw_only=True):
    """A one-time link that nobody has used, by its token's digest; ``maker`` None: made on the machine, or unknown."""

    digest: str
    invitation: Invitation
    maker: Person | None = None


class UnitPage(Struct, frozen=True, kw_only=True):
    """Units by name. ``after`` asks for the next page; None on the last."""

    units: tuple[Unit, ...]
    after: tuple[str, int] | None = None


class AgentLine(Struct, frozen=True, kw_only=True):
    """An agent as a supervisor chooses one: metres to the task (None: unknown) and how many tasks they have open.

    ``in_danger``: an open emergency is their own, and not a silent one.
    """

    person: Person
    distance: float | None = None
    open_tasks: int = 0
    in_danger: bool = False


class Depth(Struct, frozen=True, kw_only=True):
    """The length of a queue, and since when its oldest entry waits; ``more``: it was counted no further than that."""

    waiting: int = 0
    oldest: datetime | None = None
    more: bool = False


class ParkedCause(Struct, frozen=True, kw_only=True):
    """The number of updates or messages set aside for one cause, among the last ones."""

    kind: DeadLetterKind
    cause: str
    count: int


class Board(Struct, frozen=True, kw_only=True):
    """The state of the desk in numbers, at the same cost at any size; ``causes`` with the most frequent first.

    ``searching``: emergencies to which nobody goes, which ``tasks`` counts too; ``in_danger``: agents with an open
    emergency of their own, which no silent one is. ``parked_more``: more was set aside than was counted.
    ``log_bytes`` is what the storage has written and not folded in: it grows while somebody holds an old view open.
    ``arrivals``: the ``inbox`` by lane, emergencies and the rest (routine); ``..._due``: the first due time of either.
    ``unreachable``: people who take no messages.
    """

    tasks: dict[tuple[TaskState, Priority], int]
    agents: dict[Availability, int]
    unanswered: Depth
    outbox: dict[Lane, Depth]
    inbox: Depth
    parked_updates: int = 0
    parked_messages: int = 0
    parked_more: bool = False
    searching: dict[tuple[TaskState, Priority], int] = {}
    in_danger: int = 0
    causes: tuple[ParkedCause, ...] = ()
    log_bytes: int = 0
    arrivals: dict[Lane, Depth] = {}
    urgent_due: datetime | None = None
    routine_due: datetime | None = None
    unreachable: int = 0


class Queries(TokenQueries, Protocol):
    """Reading. Every answer is a page or a number: nothing here grows with the desk."""

    async def person(self, person_id: int) -> Person | None:
        """A person by the desk's own id."""

    async def person_at(self, account: int) -> Person | None:
        """A person by their account."""

    async def person_named(self, username: str) -> Person | None:
        """A person by their user name, with or without the @."""

    async def people_called(self, name: str, *, active: bool, most: int = 10) -> tuple[Person, ...]:
        """People whose name looks like this one, or begins so; with an @, everybody known by the user name."""

    async def people(
        self, *, membership: Membership, role: Role, after: tuple[str, int] | None = None, most: int = 10
    ) -> PersonPage:
        """People of one role."""

    async def invitations(self, *, after: tuple[datetime, str], most: int) -> tuple[OpenInvitation, ...]:
        """One-time links that end later than this moment (and digest), the first to end first, with their makers."""

    async def task_file(self, task_id: int, *, silent: bool = True) -> TaskContext | None:
        """A task with the people it names; not ``silent``: as if no silent alarm had ever been."""

    async def open_reports(self, task: Task) -> int:
        """The number of emergencies that the reporter of this one has open."""

    async def history(self, task_id: int) -> tuple[Record, ...]:
        """The newest of the history of a task, oldest first."""

    async def reports(self, task_id: int) -> tuple[Record, ...]:
        """Events about the newest reports that joined a task, oldest first: a thousand."""

    async def letting_in(self, person_id: int) -> Record | None:
        """The last decision on whether a person is let in; None where that was long ago."""

    async def history_of(self, person_id: int, *, most: int) -> tuple[Record, ...]:
        """The newest of what happened to a person, newest first."""

    async def informed(self, person_id: int) -> bool:
        """Whether a person was told what is kept of them."""

    async def tasks(
        self, which: Which, *, kind: Kind | None = None, after: int | None = None, most: int = 10, silent: bool = True
    ) -> TaskPage:
        """All tasks; not ``silent``: as if no silent alarm had ever been."""

    async def tasks_of(self, person_id: int, which: Which, *, after: int | None = None, most: int = 10) -> TaskPage:
        """The tasks that a person reported or was asked to do."""

    async def to_do(self, person_id: int, *, after: int | None = None, most: int = 10) -> TaskPage:
        """The tasks that a person is offered or has accepted."""

    async def search(
        self, text: str, *, seen_by: int | None = None, after: int | None = None, most: int = 10
    ) -> TaskPage:
        """Tasks that have all these words (the last may be a beginning); ``seen_by`` leaves out those not theirs."""

    async def agents(
        self, *, near: Place | None = None, after: tuple[str, int] | None = None, most: int = 10
    ) -> tuple[AgentLine, ...]:
        """Agents to choose from: with a place the nearest available ones first, else by name after the given one."""

    async def nearest(self, place: Place, *, seen_after: datetime, most: int) -> tuple[Candidate, ...]:
        """Free agents, nearest first."""

    async def on_duty(self, now: datetime, unit: int | None = None, *, role: Role | None = None) -> frozenset[int]:
        """Everybody who is on duty now in a unit (None: anywhere) with just this role (None: any), by id."""

    async def on_shift(self, unit: int) -> tuple[Person, ...]:
        """People of a unit who are on duty by hand: the first of them."""

    async def units(self, *, after: tuple[str, int] | None = None, most: int = 10) -> UnitPage:
        """All units."""

    async def unit(self, unit_id: int) -> Unit | None:
        """A unit."""

    async def unit_named(self, name: str) -> Unit | None:
        """The unit that has this name, whatever the case and the accents."""

    async def rota(self, unit_id: int) -> Rota | None:
        """The turns of a unit; who is on duty at any moment follows from it (``core.state.shifts``)."""

    async def members(self, unit_id: int, *, after: tuple[str, int] | None = None, most: int = 10) -> PersonPage:
        """The people of a unit."""

    async def people_by_id(self, ids: Iterable[int]) -> dict[int, Person]:
        """Several people, by id; those who don't exist are left out."""

    async def check_in(self, account: int) -> CheckIn | None:
        """The check-in of the person with this account."""

    async def duress_word(self, person_id: int) -> DuressWord | None:
        """The stored form of the person's duress word."""

    async def lost_word(self, person_id: int) -> LostWord | None:
        """The stored form of the word that freezes the person's access."""

    async def guesses_held(self, account: int, now: datetime) -> datetime | None:
        """Until when no word of this account is looked at, for it said too many wrong ones; None: words are."""

    async def plan_of(self, task_id: int, rules: Rules, group: int | None, now: datetime) -> Plan | None:
        """The plan of an open task if nobody does anything."""

    async def plan_opening(
        self, opening: OpenEmergency, rules: Rules, group: int | None, at: datetime, *, agents: bool
    ) -> Plan | Refusal:
        """The plan of an emergency at this moment; ``agents``: those who are free now are asked."""

    async def board(self, reader: int | None = None, *, silent: bool = True) -> Board:
        """The numbers of ``/estado``, health and metrics; not ``silent``: as if no silent alarm had ever been."""

    async def leaders(self) -> int:
        """How many supervisors and administrators there are, counted no further than a queue of the board."""

    async def emergency_waits(self, *, silent: bool = True) -> Mapping[WaitingFor, datetime]:
        """Since when the oldest emergency waits for its next sound, by the step that holds it up (P13)."""
