"""Milestones of a report: what its reporter waits for, one after the other; each is reached once."""

from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from core.vocabulary import events as e
from core.vocabulary.words import Kind, Priority


class Milestone(StrEnum):
    """Kinds of answers to a report, of each of which the first counts."""

    TOLD = "told"  # an alert of it was taken by the channel of somebody else than its reporter
    ANSWERED = "answered"  # a person's first word: Recibido or Voy
    ACKNOWLEDGED = "acknowledged"  # Recibido: a person took charge
    ACCEPTED = "accepted"  # Voy: an agent said yes
    ON_SCENE = "on_scene"
    CLOSED = "closed"


class Reached(Struct, frozen=True, kw_only=True):
    """A milestone of a report, and how long after its reporter sent it."""

    milestone: Milestone
    kind: Kind
    priority: Priority
    after: timedelta


def milestones_of(event: e.AnyEvent) -> tuple[Milestone, ...]:
    """The milestones that an event is, if it is the first of its kind; *told* is no event but a channel's answer."""
    match event:
        case e.Acknowledged(quiet=False):
            return Milestone.ANSWERED, Milestone.ACKNOWLEDGED
        case e.Accepted():
            return Milestone.ANSWERED, Milestone.ACCEPTED
        case e.OnScene():
            return (Milestone.ON_SCENE,)
        case e.Completed() | e.Cancelled():
            return (Milestone.CLOSED,)
        case _:  # no other event is one that a reporter waits for
            return ()
