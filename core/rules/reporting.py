"""Opening tasks and emergencies."""

from datetime import datetime

from core.rules import kinds
from core.rules.escalation import climb
from core.rules.offers import first_wave, metres_to
from core.rules.seats import bad_number
from core.rules.shares import join
from core.rules.situation import Situation
from core.state.person import Person
from core.state.task import Task, answered, evolve, opened
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.places import Place, on_earth
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.shares import Share, TakeOut
from core.vocabulary.visible import one_line
from core.vocabulary.words import Availability, Kind, Priority, TaskType

TITLE_LIMIT = 200
ADDRESS_LIMIT = 200

Begun = tuple[e.TaskEvent, ...]


def open_task(situation: Situation, command: c.OpenTask, now: datetime) -> Begun | Refusal:
    """A task, with its assignee asked; whoever reports work for themselves has accepted it."""
    title, kind = one_line(command.title), kinds.named(situation.rules, command.work)
    priority = command.priority or kinds.usual_priority(kind)
    seats = command.seats or (kind.seats if kind is not None else None) or 1
    refusal = (
        _bad_text(title, TITLE_LIMIT)
        or (_bad_text(command.address, ADDRESS_LIMIT) if command.address is not None else None)
        or _bad_place(command.place)
        or (bad_number(command.seats) if command.seats is not None else None)
        or (Refusal(reason=Reason.KIND) if command.work and kind is None else None)
        or _twin(situation)
    )
    if refusal:
        return refusal
    opened = e.Opened(
        kind=Kind.TASK,
        task_type=command.type,
        priority=priority,
        title=title,
        sent_at=command.sent_at,
        reporter=situation.caller.id,
        place=command.place,
        address=command.address,
        unit=_unit(situation.caller.person),
        policy=situation.rules.policy(priority, kind),
        seats=seats,
        work=kinds.work_of(situation.rules, kind),
    )
    asked = _ask(situation, command, now)
    return asked if isinstance(asked, Refusal) else (opened, *asked, *_first_rung(situation, opened, asked, now))


def _ask(situation: Situation, command: c.OpenTask, now: datetime) -> Begun | Refusal:
    if command.assignee is None:
        return ()
    agent = situation.agent
    if agent is None or not agent.active:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    away = metres_to(agent, command.place, situation.rules, now)
    offered = e.Offered(agent=agent.id, by=situation.caller.id, by_hand=True, distance=away)
    if agent.id == situation.caller.id:
        return (offered, e.Accepted(agent=agent.id))
    if agent.availability in (Availability.OFF_DUTY, Availability.UNAVAILABLE) or not agent.reachable:
        return Refusal(reason=Reason.AGENT_UNFIT, person=agent.id)
    return (offered,)


def open_emergency(situation: Situation, command: c.OpenEmergency, now: datetime) -> Begun | Refusal:
    """An emergency: told at once, offered to the nearest, never refused for its words; a long text becomes a note.

    It joins the first that nobody has answered where its reporter has two open.
    """
    wanted = bad_number(command.seats) if command.seats is not None else None
    refusal = _bad_place(command.place) or wanted or _twin(situation)
    if refusal:
        return refusal
    if situation.task is not None:
        return join(situation.task, command, now)
    inside = situation.caller.person if command.outside is None else None
    whose = situation.agent if command.alarm is not None else inside
    share = Share(earlier=situation.earlier, program=situation.caller.reports_as)
    return _begin(situation, command, whose, share, now)


def take_out(situation: Situation, command: TakeOut, now: datetime) -> Begun | Refusal:
    """*Es otra*: a report that had joined another emergency is one by itself, as if it had come alone."""
    report, first = situation.report, situation.task
    if first is None:
        return Refusal(reason=Reason.UNKNOWN_TASK, task=command.task)
    if report is None:
        return Refusal(reason=Reason.STALE, task=command.task)
    if report.into is not None:
        return Refusal(reason=Reason.DUPLICATE, task=report.into)
    opening = c.OpenEmergency(
        title=report.event.text,
        sent_at=report.event.sent_at,
        place=report.event.place,
        address=report.event.address,
    )
    share = Share(program=report.program, taken_from=first.id)
    return _begin(situation, opening, situation.agent, share, now)


def _begin(situation: Situation, command: c.OpenEmergency, whose: Person | None, share: Share, now: datetime) -> Begun:
    text, alarm = one_line(command.title), command.alarm
    kind = kinds.of_emergency(situation.rules, command)
    opened = e.Opened(
        kind=Kind.EMERGENCY,
        task_type=TaskType.INTERVENTION,
        priority=Priority.CRITICAL,
        title=text if len(text) <= TITLE_LIMIT else text[: TITLE_LIMIT - 1] + "…",
        sent_at=command.sent_at,
        reporter=whose.id if whose is not None and not (alarm is not None and alarm.silent) else None,
        outside=command.outside,
        place=command.place,
        seen_at=_seen_there(whose, command.place, now),
        address=command.address,
        unit=command.unit if command.unit is not None else _unit(whose),
        policy=situation.rules.policy(Priority.CRITICAL, kind),
        drill=command.drill,
        alarm=alarm,
        share=share if share != Share() else None,
        seats=kinds.seats_of(situation.rules, command),
        work=kinds.work_of(situation.rules, kind) if alarm is None else None,
    )
    author = whose.id if whose is not None and share.taken_from is not None else None
    whole_text = (e.Noted(text=command.title, author=author),) if len(text) > TITLE_LIMIT else ()
    asked = first_wave(situation, opened.seats, now, opened.work.capabilities if opened.work is not None else ())
    cause = Cause.OPENED if asked else Cause.NOBODY
    return (opened, *whole_text, *asked, *climb(begun(opened, asked, now), situation.directory, now, cause))


def _first_rung(situation: Situation, opened: e.Opened, asked: Begun, now: datetime) -> Begun:
    """The step that is notified at once; a ladder that begins later waits for its time."""
    task = begun(opened, asked, now)
    if task.policy is None or answered(task) or not task.policy.steps:
        return ()
    if task.policy.steps[0].after:
        return ()
    return climb(task, situation.directory, now, Cause.OPENED)


def begun(opened_: e.Opened, more: Begun, now: datetime) -> Task:
    """The task as these first events make it, before it has a number."""
    task = opened(0, opened_, now)
    for event in more:
        task = evolve(task, event, now)
    return task


def _unit(person: Person | None) -> int | None:
    return person.unit if person is not None else None


def _seen_there(reporter: Person | None, place: Place | None, now: datetime) -> datetime | None:
    """When they were last seen, if it is what stands for the place."""
    if reporter is None or place is None or reporter.position is None or reporter.position.place != place:
        return None
    return reporter.known_at(now)


def _bad_text(text: str, limit: int) -> Refusal | None:
    if not text.strip():
        return Refusal(reason=Reason.EMPTY)
    if len(text) > limit:
        return Refusal(reason=Reason.TOO_LONG, limit=limit)
    return None


def _bad_place(place: Place | None) -> Refusal | None:
    if place is not None and not on_earth(place.lat, place.lon):
        return Refusal(reason=Reason.OFF_EARTH)
    return None


def _twin(situation: Situation) -> Refusal | None:
    return Refusal(reason=Reason.DUPLICATE, task=situation.duplicate_of) if situation.duplicate_of is not None else None
