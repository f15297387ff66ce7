"""Parts of a task: an agent's in it, and people whom a climb has not told yet."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary import seats as st
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.words import AssignmentState


class Assignment(Struct, frozen=True, kw_only=True):
    """One agent's part in one task.

    ``since`` when they were asked or gave this answer: the steps after a yes don't move it. ``distance`` in metres when
    it was offered; ``by`` is None for the desk. ``reserve``: they said yes when every seat had somebody.
    ``wanted``: the capability for which they were asked.
    """

    agent: int
    state: AssignmentState
    since: datetime
    by: int | None = None
    by_hand: bool = False
    distance: float | None = None
    reserve: bool = False
    wanted: str = ""


def asked(event: e.Offered, at: datetime) -> Assignment:
    """The part of an agent who was asked just now."""
    return Assignment(
        agent=event.agent,
        state=AssignmentState.OFFERED,
        since=at,
        by=event.by,
        by_hand=event.by_hand,
        distance=event.distance,
        wanted=event.wanted,
    )


def able(part: Assignment, event: st.SeatsSet) -> Assignment:
    """The part of an agent who has what a seat wants that was added after they were asked."""
    wanted = dict(event.asked).get(part.agent, "")
    return replace(part, wanted=wanted) if wanted else part


def anywhere(part: Assignment) -> Assignment:
    """The part without how far away its agent was."""
    return replace(part, distance=None) if part.distance is not None else part


def moved(part: Assignment, state: AssignmentState, at: datetime, *, reserve: bool = False) -> Assignment:
    """The part in this state since then."""
    begun = part.since if part.state.holds and state.holds else at
    return replace(part, state=state, since=begun, reserve=reserve)


def since(part: Assignment) -> datetime:
    """When they were asked or gave their answer."""
    return part.since


class Telling(Struct, frozen=True):
    """People whom a climb has not told yet: those of its step (None: everybody) after this id, ``by`` whose word."""

    climb: int
    cause: Cause
    step: int | None
    after: int
    by: int | None = None


def left_after(event: e.Escalated | n.Notified, climb: int) -> tuple[Telling, ...]:
    """The rest of a climb's people after this page of them, still to be told; none: all were."""
    return (Telling(climb, event.cause, event.step, event.after, event.by),) if event.after is not None else ()
