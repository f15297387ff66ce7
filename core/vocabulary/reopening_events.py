"""Events that take an end or a no back: the task goes on (``core.vocabulary.events``)."""

from datetime import datetime

from msgspec import Struct

from core.vocabulary.words import AssignmentState, TaskState


class Reconsidered(Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """Something that is taken back."""


class Reopened(Reconsidered, frozen=True, kw_only=True, tag="reopened"):
    """A closed task is open again, in this state. ``undone``: whoever closed it took that back at once.

    ``anew``: the search and the ladder begin again. ``released``: agents who had it and are free, or elsewhere, now;
    ``had``: everybody who had it or was in charge of it, by id.
    """

    state: TaskState
    undone: bool = False
    anew: bool = False
    released: tuple[int, ...] = ()
    had: tuple[int, ...] = ()


class DeclineUndone(Reconsidered, frozen=True, kw_only=True, tag="decline_undone"):
    """The agent took *No puedo* back at once: their part is as before. An offer waits ``until`` then, or for ever."""

    agent: int
    part: AssignmentState
    until: datetime | None = None


TakenBack = Reopened | DeclineUndone
