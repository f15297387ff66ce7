"""A change of a task as the command that makes it."""

from enum import StrEnum
from http import HTTPStatus
from typing import TypeVar, assert_never

from msgspec import UNSET, UnsetType

from core.vocabulary import commands as c
from core.vocabulary import seats as st
from core.vocabulary.dispositions import Dispose
from core.vocabulary.kinds import Classify
from core.vocabulary.places import Place
from metrics.api.requests import TaskChange
from metrics.problems import trouble

T = TypeVar("T")


class Aspect(StrEnum):
    """The part of a task that a request changes; each is one command."""

    STATE = "state"
    WORDS = "words"
    ASSIGNEE = "assignee"
    RELIEVED = "relieved"
    SEATS = "seats"
    WORK = "work"
    PLACE = "place"
    ACKNOWLEDGED = "acknowledged"
    NOTE = "note"
    REOPENED = "reopened"
    UNDONE = "undone"


# Fields of one aspect are changed together, by one command.
ASPECT_OF_FIELD = {
    "state": Aspect.STATE,
    "disposition": Aspect.STATE,
    "title": Aspect.WORDS,
    "priority": Aspect.WORDS,
    "assignee": Aspect.ASSIGNEE,
    "relieved": Aspect.RELIEVED,
    "seats": Aspect.SEATS,
    "work": Aspect.WORK,
    "place": Aspect.PLACE,
    "address": Aspect.PLACE,
    "acknowledged": Aspect.ACKNOWLEDGED,
    "note": Aspect.NOTE,
    "reopened": Aspect.REOPENED,
    "undone": Aspect.UNDONE,
}


def command_of(task: int, change: TaskChange, *, version: int | None, named: int) -> c.TaskCommand:
    """The one command that the change is; a 422 problem when it is none, or several.

    ``version`` is the one that the task must be at, if it matters; ``named`` is whom ``assignee`` or ``relieved`` name.
    """
    seen, exact = version, version is not None
    match _aspect(change):
        case Aspect.STATE:
            return _step(task, change, seen=seen, exact=exact)
        case Aspect.WORDS:
            title, priority = _given(change.title), _given(change.priority)
            return c.Revise(task=task, seen=seen, exact=exact, title=title, priority=priority)
        case Aspect.ASSIGNEE:
            return c.Assign(task=task, seen=seen, exact=exact, agent=named)
        case Aspect.RELIEVED:
            return st.Relieve(task=task, seen=seen, exact=exact, agent=named)
        case Aspect.SEATS:
            return st.Reinforce(task=task, seen=seen, exact=exact, seats=int(_sent(change.seats)), fewer=True)
        case Aspect.WORK:
            return Classify(task=task, seen=seen, exact=exact, work=_sent(change.work))
        case Aspect.PLACE:
            spot = _given(change.place)
            place = Place(spot.lat, spot.lon) if spot else None
            return c.Locate(task=task, seen=seen, exact=exact, place=place, address=_given(change.address))
        case Aspect.ACKNOWLEDGED:
            return c.Acknowledge(task=task, seen=seen, exact=exact)
        case Aspect.NOTE:
            return c.AddNote(task=task, seen=seen, exact=exact, text=_sent(change.note))
        case Aspect.REOPENED:
            return c.Reopen(task=task, seen=seen, exact=exact)
        case Aspect.UNDONE:
            return c.Undo(task=task, seen=seen, exact=exact)
        case aspect:
            assert_never(aspect)


def _step(task: int, change: TaskChange, *, seen: int | None, exact: bool) -> c.TaskCommand:
    word = _given(change.disposition)
    if isinstance(change.state, UnsetType):
        return Dispose(task=task, seen=seen, exact=exact, disposition=_sent(change.disposition))
    if word is not None and change.state != "completed":
        raise trouble(HTTPStatus.UNPROCESSABLE_ENTITY, "Only a task that is completed has a disposition.")
    match change.state:
        case "in_progress":
            return c.Start(task=task, seen=seen, exact=exact)
        case "paused":
            return c.Pause(task=task, seen=seen, exact=exact)
        case "completed":
            return c.Complete(task=task, seen=seen, exact=exact, disposition=word or "")
        case "cancelled":
            return c.Cancel(task=task, seen=seen, exact=exact, reason=change.reason)
        case _:
            assert_never(change.state)


def _aspect(change: TaskChange) -> Aspect:
    fields = [name for name in ASPECT_OF_FIELD if getattr(change, name) is not UNSET]
    aspects = {ASPECT_OF_FIELD[name] for name in fields}
    if not aspects:
        raise trouble(HTTPStatus.UNPROCESSABLE_ENTITY, f"Say what to change: one of {', '.join(ASPECT_OF_FIELD)}.")
    if len(aspects) > 1:
        detail = f"One change at a time: {', '.join(fields)} are {len(aspects)}."
        raise trouble(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
    return aspects.pop()


def _sent(value: T | UnsetType) -> T:
    assert not isinstance(value, UnsetType), "its aspect says that it was sent"
    return value


def _given(value: T | UnsetType) -> T | None:
    return None if isinstance(value, UnsetType) else value
