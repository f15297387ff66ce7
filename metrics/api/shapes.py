"""Answers of the API, as JSON: moments in RFC 3339 (UTC), places in degrees (WGS 84), distances in metres.

The names of these classes are those of the schemas in `/openapi.json`. A field may be added, never renamed or removed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import asdict

from core.state import person as persons
from core.state import task as tasks
from core.vocabulary import places
from core.vocabulary.alarms import Trigger
from core.vocabulary.words import AssignmentState, Kind, Priority, TaskState, TaskType

Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Moment = Annotated[datetime, Meta(tz=True)]
Code = Annotated[str, Meta(pattern="^T-[0-9]{6,15}$", examples=["T-000123"])]


class Place(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A point on the earth in degrees."""

    lat: Latitude
    lon: Longitude


class Person(Struct, frozen=True, kw_only=True):
    """Somebody at the desk; ``username`` is Telegram's, without the @."""

    id: int
    name: str
    username: str | None = None


class Assignment(Struct, frozen=True, kw_only=True):
    """One agent's part in a task, and how far away they were when they were asked.

    ``reserve``: they said yes when every seat had somebody, and are asked first when one opens.
    """

    agent: Person
    state: AssignmentState
    since: Moment
    distance: float | None = None
    reserve: bool = False


class Task(Struct, frozen=True, kw_only=True):
    """A piece of work or an emergency.

    ``reporter`` is null when a program reported it. ``drill``: it is practice, and no statistics count it. ``alarm``:
    why the desk raised it for the person whom it is ``about``; one for ``duress`` is silent, and nothing that they may
    see is to show it.

    ``place`` and distances are null for a token without the scope `positions`.

    ``seats``: how many are to go; ``missing``: of these, how many nobody has.

    ``work``: the agency's own kind, by name, where somebody said it.

    ``disposition``: how it ended, where somebody said so.

    ``acknowledged_by`` is null, though ``acknowledged_at`` is not, when a program took charge.
    """

    code: Code
    kind: Kind
    type: TaskType
    work: str | None
    priority: Priority
    title: str
    state: TaskState
    version: int
    opened_at: Moment
    sent_at: Moment
    reporter: Person | None
    place: Place | None
    address: str | None
    assignments: tuple[Assignment, ...]
    seats: int
    missing: int
    acknowledged_at: Moment | None
    acknowledged_by: Person | None
    escalations: int
    notes: int
    closed_at: Moment | None
    disposition: str | None
    drill: bool
    alarm: Trigger | None
    about: Person | None


class ReportedEmergency(Task, frozen=True, kw_only=True):
    """The emergency that a report has become, or that it joined.

    Whoever has two open, person or token, adds to the first of them from then on: ``opened`` is false then, and what
    was sent stands among its notes, which ``joined`` counts. A supervisor can take it out as an emergency of its own.
    """

    opened: bool
    joined: int


class TaskList(Struct, frozen=True, kw_only=True):
    """A page of tasks, newest first; ``next`` is the address of the next page, null on the last."""

    tasks: tuple[Task, ...]
    next: str | None = None


class NearbyAgent(Struct, frozen=True, kw_only=True):
    """An agent who could be sent; ``place`` is where they were seen last, ``distance`` null when that is too old."""

    agent: Person
    distance: float | None
    place: Place | None
    seen_at: Moment | None


class NearbyAgents(Struct, frozen=True, kw_only=True):
    """Available agents, nearest first."""

    agents: tuple[NearbyAgent, ...]


def task_shape(task: tasks.Task, people: Mapping[int, persons.Person], *, places: bool) -> Task:
    """A task, with the names of those it names; ``places``: and where it is."""
    return Task(
        code=task.code,
        kind=task.kind,
        type=task.type,
        work=(task.work.name or None) if task.work is not None else None,
        priority=task.priority,
        title=task.title,
        state=task.state,
        version=task.version,
        opened_at=task.opened_at,
        sent_at=task.sent_at,
        reporter=_person(task.reporter, people),
        place=place_shape(task.place) if places else None,
        address=task.address,
        assignments=tuple(_assignment(part, people, places=places) for part in task.assignments),
        seats=task.seats,
        missing=task.missing,
        acknowledged_at=task.acknowledged_at,
        acknowledged_by=_person(task.acknowledged_by, people),
        escalations=task.escalations,
        notes=task.notes,
        closed_at=task.closed_at,
        disposition=task.disposition or None,
        drill=task.drill,
        alarm=task.alarm.trigger if task.alarm is not None else None,
        about=_person(task.alarm.person, people) if task.alarm is not None else None,
    )


def reported_shape(
    task: tasks.Task, people: Mapping[int, persons.Person], *, opened: bool, places: bool
) -> ReportedEmergency:
    """An emergency that was reported just now, or that a report joined."""
    return ReportedEmergency(**asdict(task_shape(task, people, places=places)), opened=opened, joined=task.joined)


def place_shape(place: places.Place | None) -> Place | None:
    """A place, where there is one."""
    return Place(lat=place.lat, lon=place.lon) if place is not None else None


def person_shape(person: persons.Person) -> Person:
    """A person, without what only the desk needs to know."""
    return Person(id=person.id, name=person.name, username=person.username)


def _assignment(part: tasks.Assignment, people: Mapping[int, persons.Person], *, places: bool) -> Assignment:
    agent = _person(part.agent, people) or Person(id=part.agent, name="")
    away = part.distance if places else None
    return Assignment(agent=agent, state=part.state, since=part.since, distance=away, reserve=part.reserve)


def _person(person_id: int | None, people: Mapping[int, persons.Person]) -> Person | None:
    person = people.get(person_id) if person_id is not None else None
    return person_shape(person) if person is not None else None
