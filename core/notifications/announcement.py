"""Announcements: what the readers of a card are still to be shown, when they are more than one unit of work tells.

Whoever has to do with the task, its rooms and the first page hear of it in the transaction of the event itself; the
others follow page by page, each page in a transaction of its own, so that nothing waits for a crowd.
"""

from enum import StrEnum

from msgspec import Struct

from core.notifications.notifications import TaskContext
from core.notifications.rung import Party, rung
from core.state.directory import PAGE
from core.state.task import Task
from core.vocabulary import events as e
from core.vocabulary import shares as s

EVERY_CLIMB = 2**31 - 1


class Stage(StrEnum):
    """Turns: those who are all rung, then the readers of the card; ``quiet``: it changes in place."""

    LEADERS = "leaders"
    UNIT = "unit"  # supervisors on duty of its unit, where another unit's answered or ended it
    READERS = "readers"
    QUIET = "quiet"


class Announcement(Struct, frozen=True, kw_only=True):
    """Events of a task for its other readers: not those in ``but``, who know, nor those whom this ``climb`` has told.

    ``after``: the id of the last leader, or the account of the last reader, whose turn it was; None: nobody's yet.
    ``said``: so many had their turn before.
    """

    task: int
    events: tuple[e.TaskEvent, ...]
    stage: Stage
    id: int = 0
    caller: int | None = None
    but: tuple[int, ...] = ()
    after: int | None = None
    climb: int = EVERY_CLIMB
    said: int = PAGE


def rings_leaders(events: tuple[e.TaskEvent, ...], task: Task) -> bool:
    """Whether all supervisors are rung, or the administrators where there are none."""
    return any(Party.LEADERS in rung(event, task) for event in events)


def is_quiet(events: tuple[e.TaskEvent, ...], task: Task) -> bool:
    """Whether readers see their card change in place, and nothing beside it."""
    return not any(_is_beside(event) or Party.ALERTED in rung(event, task) for event in events)


def _is_beside(event: e.TaskEvent) -> bool:
    """Whether readers are told of it in a message beside the card."""
    return isinstance(event, e.Noted | e.Located) or (isinstance(event, s.ReportJoined) and event.heard)


def rest(
    events: tuple[e.TaskEvent, ...], file: TaskContext, stage: Stage | None = None, after: int | None = None
) -> Announcement:
    """The rest of these events' readers after those in ``file``; ``stage`` None: whoever has the card."""
    task = file.task
    quiet = stage is None and is_quiet(events, task)
    climbed = any(isinstance(event, e.Escalated) for event in events)
    return Announcement(
        task=task.id,
        events=events[-1:] if quiet else events,
        stage=stage or (Stage.QUIET if quiet else Stage.READERS),
        caller=file.caller,
        but=(*file.people, *(person.id for person in file.of_unit if person.id not in file.people)),
        after=after,
        climb=task.climb if climbed else EVERY_CLIMB,
    )
