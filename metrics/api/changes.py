"""A change of a task as the command that makes it."""

from http import HTTPStatus
from typing import TypeVar

from msgspec import UNSET, UnsetType

from core.vocabulary import commands as c
from core.vocabulary.places import Place
from metrics.api.requests import TaskChange
from metrics.problems import trouble

T = TypeVar("T")

# Fields with the same word here are one command.
_ASPECTS = {
    "state": "state",
    "title": "words",
    "priority": "words",
    "assignee": "assignee",
    "place": "place",
    "address": "place",
    "acknowledged": "acknowledged",
    "note": "note",
}


def command_of(task: int, change: TaskChange, *, version: int | None, assignee: int) -> c.TaskCommand:
    """The one command that the change is; a 422 problem when it is none, or several.

    ``version`` is the one that the task must be at, if it matters; ``assignee`` is whom ``change.assignee`` names.
    """
    seen, exact = version, version is not None
    match _aspect(change):
        case "state":
            return _step(task, change, seen=seen, exact=exact)
        case "words":
            title, priority = _given(change.title), _given(change.priority)
            return c.Revise(task=task, seen=seen, exact=exact, title=title, priority=priority)
        case "assignee":
            return c.Assign(task=task, seen=seen, exact=exact, agent=assignee)
        case "place":
            spot = _given(change.place)
            place = Place(spot.lat, spot.lon) if spot else None
            return c.Locate(task=task, seen=seen, exact=exact, place=place, address=_given(change.address))
        case "acknowledged":
            return c.Acknowledge(task=task, seen=seen, exact=exact)
        case _:
            return c.AddNote(task=task, seen=seen, exact=exact, text=_given(change.note) or "")


def _step(task: int, change: TaskChange, *, seen: int | None, exact: bool) -> c.TaskCommand:
    match change.state:
        case "in_progress":
            return c.Start(task=task, seen=seen, exact=exact)
        case "paused":
            return c.Pause(task=task, seen=seen, exact=exact)
        case "completed":
            return c.Complete(task=task, seen=seen, exact=exact)
        case _:
            return c.Cancel(task=task, seen=seen, exact=exact, reason=change.reason)


def _aspect(change: TaskChange) -> str:
    fields = [name for name in _ASPECTS if getattr(change, name) is not UNSET]
    aspects = {_ASPECTS[name] for name in fields}
    if not aspects:
        raise trouble(HTTPStatus.UNPROCESSABLE_ENTITY, f"Say what to change: one of {', '.join(_ASPECTS)}.")
    if len(aspects) > 1:
        detail = f"One change at a time: {', '.join(fields)} are {len(aspects)}."
        raise trouble(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
    return aspects.pop()


def _given(value: T | UnsetType) -> T | None:
    return None if isinstance(value, UnsetType) else value
