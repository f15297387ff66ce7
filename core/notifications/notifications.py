"""Notifications about events: ``(events, file) → notifications``, pure. The composer words them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import assert_never

from msgspec import Struct

from core.notifications.rung import Party, program_of, rung
from core.rules.drills import Part
from core.rules.shares import HEARD
from core.state.commitments import pending
from core.state.crowd import Rest
from core.state.person import Person
from core.state.task import Task, answered
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary import reopening_events as r
from core.vocabulary import shares as s
from core.vocabulary.destinations import Destination, PersonDestination, RoomDestination
from core.vocabulary.maydays import MaydayHeard
from core.vocabulary.words import Lane, Role


class Topic(StrEnum):
    """The subject of a notification; each is composed in one place."""

    CARD = "card"
    PIN = "pin"
    NOTE = "note"
    ACCESS = "access"
    REQUESTS = "requests"
    MEMBERSHIP = "membership"
    MENU = "menu"
    SILENCED = "silenced"
    RELINKED = "relinked"
    RISEN = "risen"
    RISE = "rise"
    FREEZE = "freeze"
    FROZEN_CALL = "frozen_call"
    WORD_TRIED = "word_tried"
    ERASED = "erased"
    CHECK_IN = "check_in"
    CHECK_IN_ENDED = "check_in_ended"
    ROUND_MISSED = "round_missed"
    REPORT = "report"


class Notification(Struct, frozen=True, kw_only=True):
    """One thing to show at one destination.

    ``reader`` is None in a room. ``notify`` asks for a new message that is heard, otherwise the card that is there
    changes in place. ``superseded``: nothing is asked of the reader any more, so an unsent alert need not leave.
    ``turn`` is its place among what leaves (`core.notifications.turns`). ``counts``: the change only counts one more,
    and may wait a moment for others. ``rest``: the rest of a crowd, who hear the same on later pages.
    """

    to: Destination
    topic: Topic
    lane: Lane
    reader: Person | None = None
    notify: bool = False
    superseded: bool = False
    event: e.AnyEvent | None = None
    turn: int = 0
    counts: bool = False
    rest: Rest | None = None


class TaskContext(Struct, frozen=True, kw_only=True):
    """A task with those who have to do with it, by id, and others as far as they hear of it now.

    ``readers`` have the card beside them; ``leaders``: whom all must hear of. ``shown_in``: the destinations of all
    these, and rooms, at which the card is shown. ``group`` is the supervisors' room. ``report``: what a drill showed,
    once it is over. ``of_unit``: its unit's supervisors on duty, where another unit's took it from them.
    ``program``: the name of the token by which the ``caller`` speaks, or which is alone.
    """

    task: Task
    people: dict[int, Person]
    readers: tuple[Person, ...] = ()
    leaders: tuple[Person, ...] = ()
    group: int | None = None
    shown_in: tuple[Destination, ...] = ()
    caller: int | None = None
    program: str = ""
    report: tuple[Part, ...] = ()
    of_unit: tuple[Person, ...] = ()

    def person(self, person_id: int | None) -> Person | None:
        """Somebody who has to do with the task."""
        return self.people.get(person_id) if person_id is not None else None


def task_notifications(events: tuple[e.TaskEvent, ...], file: TaskContext) -> tuple[Notification, ...]:
    """New messages for those whom these events concern; every other card of the task changes in place."""
    alerts: dict[Destination, Notification] = {}
    beside: dict[tuple[Destination, Topic], Notification] = {}
    for event in events:
        for reader in _concerned(event, file):
            alerts[reader.destination] = _alert(reader.destination, reader, event, file.task)
        for room in _rooms(event, file):
            alerts[room] = _alert(room, None, event, file.task)
        beside |= {(one.to, one.topic): one for one in _beside_the_card(event, file)}
    readers = {person.account: person for person in (*file.readers, *file.leaders) if leads(person)}
    readers |= {person.account: person for person in file.people.values()}
    others = [(to, _reader(to, readers)) for to in file.shown_in if to not in alerts]
    # An edit would not reach them either: their cards are drawn anew when they come back. Whoever is out reads no more:
    # in the transaction that puts them out their cards still stand.
    quiet = [_quiet(to, r, events[-1], file) for to, r in others if r is None or (r.active and r.reachable)]
    return tuple(one for one in (*alerts.values(), *beside.values(), *quiet) if not _betrays(one, file.task))


def _reader(to: Destination, readers: Mapping[int, Person]) -> Person | None:
    match to:
        case PersonDestination():
            return readers.get(to.account)
        case RoomDestination():
            return None
        case _:
            assert_never(to)


def _betrays(notification: Notification, task: Task) -> bool:
    """Whether a silent alarm would be seen by the person in danger, who may be in any room."""
    return task.silent and (notification.reader is None or task.hides_from(notification.reader.id))


def _alert(to: Destination, reader: Person | None, event: e.TaskEvent, task: Task) -> Notification:
    lane = Lane.EMERGENCY if task.urgent else Lane.ACTION
    return Notification(to=to, topic=Topic.CARD, lane=lane, reader=reader, notify=True, event=event)


def _quiet(to: Destination, reader: Person | None, event: e.TaskEvent, file: TaskContext) -> Notification:
    task = file.task
    part = task.part_of(reader.id) if reader is not None else None
    asked = part is not None and pending(task, part)
    mine = reader is not None and reader.id == task.reporter
    return Notification(
        to=to,
        topic=Topic.CARD,
        lane=Lane.ACTION if task.urgent else Lane.ROUTINE,
        reader=reader,
        superseded=not asked and not mine and (answered(task) or task.state.closed or part is not None),
        event=event,
        counts=isinstance(event, s.ReportJoined) and not event.heard,
    )


def _rooms(event: e.TaskEvent, file: TaskContext) -> tuple[RoomDestination, ...]:
    """The rooms that hear of it: those that the ladder names, and the supervisors' own of every emergency.

    When a program answers or ends one, those that were alerted.
    """
    if program_of(event) and Party.ALERTED in rung(event, file.task):
        return tuple(to for to in file.shown_in if isinstance(to, RoomDestination))
    if not isinstance(event, e.Escalated):
        return ()
    group = file.group if file.task.emergency else None
    rooms = dict.fromkeys([*event.rooms, *([group] if group is not None else [])])
    return tuple(RoomDestination(room=room) for room in rooms)


def _concerned(event: e.TaskEvent, file: TaskContext) -> tuple[Person, ...]:
    """The people who are rung for one event, without whoever caused it; the reporter hears of the opening too."""
    parties = rung(event, file.task)
    people = tuple(person for party in Party if party in parties for person in _people(party, event, file))
    return known(people) if isinstance(event, e.Opened | e.Reached) or program_of(event) else _others(file, people)


_HAVING = (r.Reopened, e.Completed, e.Cancelled)
_OF_AN_AGENT = (e.Offered, e.Declined, e.Expired, e.Vacated, e.Released, r.DeclineUndone)


def _people(party: Party, event: e.TaskEvent, file: TaskContext) -> tuple[Person | None, ...]:
    task = file.task
    agent = event.agent if isinstance(event, _OF_AN_AGENT) else None
    match party:
        case Party.REPORTER:
            return (file.person(task.reporter),)
        case Party.AGENT:
            return (file.person(agent),)
        case Party.HELPERS:
            return tuple(file.person(part.agent) for part in task.assignments if part.state.holds)
        case Party.ASKED:
            return _asked(file)
        case Party.ASKER:
            return (file.person(_asked_by(task, agent)),)
        case Party.IN_CHARGE:
            return (file.person(task.acknowledged_by),)
        case Party.HAD:
            return tuple(file.person(one) for one in event.had) if isinstance(event, _HAVING) else ()
        case Party.RETURNED:
            return (file.person(event.person),) if isinstance(event, e.Reached) else ()
        case Party.NOTIFIED:
            return tuple(file.person(person) for person in _notified(event))
        case Party.ALERTED:
            return alerted(file)
        case Party.UNIT:
            return file.of_unit
        case Party.LEADERS:
            return file.leaders
        case Party.SPEAKER:
            return (file.person(file.caller),)
        case _:
            assert_never(party)


def _notified(event: e.TaskEvent) -> tuple[int, ...]:
    if isinstance(event, n.Notified):
        return tuple(person for person in event.people if person != event.by)
    return event.notified if isinstance(event, e.Escalated) else ()


def _asked_by(task: Task, agent: int | None) -> int | None:
    part = task.part_of(agent)
    return part.by if part else None


def known(people: tuple[Person | None, ...]) -> tuple[Person, ...]:
    """The people among them whom a message reaches."""
    return tuple(person for person in people if person is not None and person.active and person.reachable)


def _others(file: TaskContext, people: tuple[Person | None, ...]) -> tuple[Person, ...]:
    return tuple(person for person in known(people) if person.id != file.caller)


def _asked(file: TaskContext) -> tuple[Person | None, ...]:
    """Agents who go, or were asked to."""
    return tuple(file.person(part.agent) for part in file.task.assignments if pending(file.task, part))


def alerted(file: TaskContext) -> tuple[Person, ...]:
    """The supervisors and administrators who have the card."""
    known = {person.id: person for person in (*file.readers, *file.people.values())}
    return tuple(person for person in known.values() if leads(person) and person.destination in file.shown_in)


def leads(person: Person) -> bool:
    """Whether alerts are theirs to read."""
    return person.active and person.role >= Role.SUPERVISOR


def _beside_the_card(event: e.TaskEvent, file: TaskContext) -> list[Notification]:
    """Messages beside the card, for content that it can't hold.

    The pin on the map for those who go or decide, notes with their evidence, the report of a drill for those who
    began and ended it.
    """
    task = file.task
    match event:
        case e.Escalated() | n.Notified() if task.emergency and task.place:
            notified = _others(file, tuple(file.person(person) for person in _notified(event)))
            readers, topic = tuple(p for p in notified if p.destination not in file.shown_in), Topic.PIN
        case e.Reached() if task.emergency and task.place:
            reached = known((file.person(event.person),))
            readers, topic = tuple(p for p in reached if p.destination not in file.shown_in), Topic.PIN
        case e.Offered() if task.place:
            readers, topic = known((file.person(event.agent),)), Topic.PIN
        case e.Located() if event.place and task.emergency:
            readers, topic = _others(file, (*alerted(file), *_asked(file))), Topic.PIN
        case e.Noted() if not (event.more and task.joined > HEARD):
            concerned = _concerned_by_notes(file)
            if event.afterwards:
                concerned = (*concerned, *(alerted(file) or file.leaders))
            readers, topic = _others(file, concerned), Topic.NOTE
        case s.ReportJoined(heard=True):
            readers, topic = _others(file, (*_concerned_by_notes(file), *alerted(file))), Topic.NOTE
        case MaydayHeard():
            readers, topic = _others(file, tuple(file.person(part.agent) for part in task.crew)), Topic.PIN
        case e.Completed() if task.drill:
            readers, topic = known((file.person(task.reporter), file.person(file.caller))), Topic.REPORT
        case _:  # the card itself shows all other events
            return []
    lane = Lane.EMERGENCY if task.urgent else Lane.ACTION
    found = {reader.destination: reader for reader in readers}
    return [Notification(to=to, topic=topic, lane=lane, reader=r, event=event) for to, r in found.items()]


def _concerned_by_notes(file: TaskContext) -> tuple[Person | None, ...]:
    """People who have to do with it; an alert that nobody is in charge of is everybody's, and who is asked decides."""
    task = file.task
    involved = (task.reporter, *(part.agent for part in task.crew), task.acknowledged_by)
    open_alert = task.emergency and task.acknowledged_by is None and not task.state.closed
    asked = _asked(file) if task.emergency else ()
    return (*(file.person(i) for i in involved), *asked, *(alerted(file) if open_alert else ()))
