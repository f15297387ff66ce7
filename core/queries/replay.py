"""Causes: why each person was notified or not, read from the record."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from core.desk.ports import Record
from core.rules.permissions import DESK
from core.state.directory import PAGE
from core.vocabulary import account_events as a
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary import reopening_events as r
from core.vocabulary import seats as st
from core.vocabulary.escalation_policy import Cause


class Why(StrEnum):
    """The causes; each has a sentence ``because-<value>`` in every catalogue."""

    REPORTED = "reported"
    NEAREST = "nearest"
    UNPLACED = "unplaced"
    UNSEEN = "unseen"
    DECLINED = "declined"
    EXPIRED = "expired"
    VACATED = "vacated"
    PLACE = "place"
    FREE = "free"
    HAND = "hand"
    STEP = "step"
    EVERYBODY = "everybody"
    PASSED = "passed"
    TAKEN = "taken"
    REASSIGNED = "reassigned"
    IN_DANGER = "in-danger"
    CLOSED = "closed"
    REOPENED = "reopened"
    UNDONE = "undone"
    UNDECLINED = "undeclined"
    ACCEPTED = "accepted"
    GAVE_UP = "gave-up"
    SHUT_OUT = "shut-out"
    REPORTER_OUT = "reporter-out"
    REPORTER_BACK = "reporter-back"
    ACKNOWLEDGED = "acknowledged"
    CALLED = "called"
    MORE = "more"
    RESERVED = "reserved"
    RELIEVED = "relieved"


class Asked(Struct, frozen=True, kw_only=True):
    """An agent, and how far away they were (metres)."""

    agent: int
    distance: float | None = None


class Because(Struct, frozen=True, kw_only=True):
    """One cause and whom it concerned: people by id, rooms by number, agents who were asked.

    ``by``: who brought it about, and with which ``reason``. ``step`` is the step of the ladder, ``cause`` why it was
    climbed, ``event`` the rest of it. ``times``: so often in a row, the last time ``until``. ``more``: another page of
    the people whom a climb told.
    """

    at: datetime
    why: Why
    by: int | None = None
    reason: str = ""
    people: tuple[int, ...] = ()
    rooms: tuple[int, ...] = ()
    asked: tuple[Asked, ...] = ()
    step: int | None = None
    cause: Cause | None = None
    event: e.TaskEvent | None = None
    times: int = 1
    until: datetime | None = None
    more: bool = False


def replay(records: Iterable[Record]) -> tuple[Because, ...]:
    """The causes in their order; what one cause brought about for several people is said once."""
    found: list[Because] = []
    for because in _causes(records):
        if because.more:
            _tell_more(found, because)
            continue
        last = found[-1] if found else None
        cluster = _together(last, because) if last is not None else None
        if cluster is not None:
            found[-1] = cluster
        else:
            found.append(because)
    return tuple(found)


def _tell_more(found: list[Because], page: Because) -> None:
    """Add the people of a page to the climb that told them; a round like the one before has told them already."""
    for place in range(len(found) - 1, -1, -1):
        climb = found[place]
        if (climb.why, climb.step, climb.cause) == (page.why, page.step, page.cause):
            known = frozenset(climb.people)
            fresh = tuple(person for person in page.people if person not in known)
            found[place] = replace(climb, people=(*climb.people, *fresh)) if fresh else climb
            return
    found.append(replace(page, more=False))


def _causes(records: Iterable[Record]) -> Iterator[Because]:
    trigger: Record | None = None
    for record in records:
        if trigger is not None and trigger.at != record.at:
            trigger = None
        because = _because(record, trigger)
        if because is not None:
            yield because
        if isinstance(
            record.event,
            e.Opened
            | e.Declined
            | e.Expired
            | e.Vacated
            | e.Located
            | e.Accepted
            | e.Completed
            | e.Cancelled
            | r.Reopened
            | r.DeclineUndone
            | st.SeatsSet,
        ):
            trigger = record


def _because(record: Record, trigger: Record | None) -> Because | None:
    event, at = record.event, record.at
    before = trigger.event if trigger is not None else None
    match event:
        case e.Opened():
            return Because(at=at, why=Why.REPORTED, by=event.reporter, event=event)
        case e.Offered():
            return _asked(event, at, before)
        case e.Escalated(step=None):
            return Because(at=at, why=Why.EVERYBODY, people=event.notified, rooms=event.rooms, cause=event.cause)
        case e.Escalated():
            by, reason = (record.by, record.reason) if event.cause is Cause.BY_HAND else (None, "")
            return Because(
                at=at,
                why=Why.STEP,
                by=by,
                reason=reason,
                people=event.notified,
                rooms=event.rooms,
                step=event.step,
                cause=event.cause,
            )
        case n.Notified():
            why = Why.EVERYBODY if event.step is None else Why.STEP
            return Because(at=at, why=why, people=event.people, step=event.step, cause=event.cause, more=True)
        case e.Passed():
            return Because(at=at, why=Why.PASSED, step=event.step, event=event)
        case r.Reopened():
            return Because(at=at, why=Why.UNDONE if event.undone else Why.REOPENED, by=record.by, reason=record.reason)
        case r.DeclineUndone():
            return Because(at=at, why=Why.UNDECLINED, by=event.agent)
        case e.Released():
            return _withdrawn(event, record, before)
        case st.SeatsSet(called=True):
            return Because(at=at, why=Why.CALLED, by=record.by)
        case st.Reserved():
            return Because(at=at, why=Why.RESERVED, by=event.agent)
        case e.Accepted():
            return Because(at=at, why=Why.ACCEPTED, by=event.agent)
        case e.Declined(held=True):
            return Because(at=at, why=Why.GAVE_UP, by=event.agent)
        case e.Vacated(held=True):
            return Because(at=at, why=Why.SHUT_OUT, by=event.agent)
        case a.ReporterOut():
            return Because(at=at, why=Why.REPORTER_BACK if event.back else Why.REPORTER_OUT, by=event.person)
        case e.Acknowledged():
            return Because(at=at, why=Why.ACKNOWLEDGED, by=event.person)
        case _:  # /porque answers why somebody was or wasn't called; every other event calls nobody
            return None


def _asked(event: e.Offered, at: datetime, before: object) -> Because:
    asked = (Asked(agent=event.agent, distance=event.distance),)
    match before:
        case _ if event.by_hand:
            return Because(at=at, why=Why.HAND, by=event.by, asked=asked)
        case e.Opened() | r.Reopened():
            return Because(at=at, why=_chosen(event, before), asked=asked)
        case e.Declined():
            return Because(at=at, why=Why.DECLINED, by=before.agent, asked=asked)
        case e.Expired():
            return Because(at=at, why=Why.EXPIRED, by=before.agent, asked=asked)
        case e.Vacated():
            return Because(at=at, why=Why.VACATED, by=before.agent, asked=asked)
        case e.Located():
            return Because(at=at, why=Why.PLACE, asked=asked)
        case st.SeatsSet():
            return Because(at=at, why=Why.MORE, asked=asked)
        case _:  # nothing in the record led to it: a search found somebody who became free
            return Because(at=at, why=Why.FREE, asked=asked)


def _chosen(event: e.Offered, begun: e.Opened | r.Reopened) -> Why:
    """The cause of a first question: how near they were, or which of the two places was not known."""
    if event.distance is not None:
        return Why.NEAREST
    return Why.UNPLACED if isinstance(begun, e.Opened) and begun.place is None else Why.UNSEEN


def _withdrawn(event: e.Released, record: Record, before: object) -> Because:
    people = (event.agent,)
    if event.held and (record.by is not None or record.via != DESK.via):
        return Because(at=record.at, why=Why.RELIEVED, by=record.by, people=people)
    match before:
        case e.Accepted() | r.DeclineUndone():
            return Because(at=record.at, why=Why.TAKEN, by=before.agent, people=people)
        case e.Completed() | e.Cancelled():
            return Because(at=record.at, why=Why.CLOSED, by=record.by, people=people)
        case _ if record.by is None and record.via == DESK.via:
            return Because(at=record.at, why=Why.IN_DANGER, people=people)
        case _:  # neither taken nor closed: another person was assigned
            return Because(at=record.at, why=Why.REASSIGNED, by=record.by, people=people)


_OF_ASKED = frozenset(
    {Why.NEAREST, Why.UNPLACED, Why.UNSEEN, Why.DECLINED, Why.EXPIRED, Why.VACATED, Why.PLACE, Why.FREE, Why.MORE}
)


def _same_people(last: Because, one: Because) -> bool:
    """Whether a broadcast begins with the people with whom the last one began."""
    alike = last.people == one.people
    return alike or (len(one.people) >= PAGE and last.people[: len(one.people)] == one.people)


def _together(last: Because, one: Because) -> Because | None:
    """The two as one sentence: several people for one cause, or the same broadcast again."""
    if one.why is Why.EVERYBODY and (last.why, last.cause) == (one.why, one.cause) and _same_people(last, one):
        return replace(last, times=last.times + 1, until=one.at)
    same = (last.why, last.by, last.at) == (one.why, one.by, one.at)
    if same and one.why in _OF_ASKED:
        return replace(last, asked=(*last.asked, *one.asked))
    if same and one.why in (Why.TAKEN, Why.CLOSED, Why.REASSIGNED):
        return replace(last, people=(*last.people, *one.people))
    return None
