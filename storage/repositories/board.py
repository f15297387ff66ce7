"""The state of the desk in numbers: totals that were kept, and queues counted no further than ``COUNTED`` (P11)."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import bindparam, distinct, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import ScalarSelect

from core.queries.queries import Board, Depth, ParkedCause
from core.state.task import Task
from core.vocabulary.desk_events import DeadLetterKind
from core.vocabulary.words import AssignmentState, Availability, Lane, Priority, Role, TaskState
from storage.engine.session import Query, Session, const
from storage.queues.inbox import URGENT
from storage.queues.queue import State, Waiting
from storage.repositories import counters, duress, tasks
from storage.repositories.silent import CARDS, NOT_SILENT
from storage.repositories.silent import counts as counts_of_silent
from storage.schema.instants import maybe_from_ms
from storage.schema.rows import col
from storage.schema.tables import AssignmentRow, InboxRow, OutboxRow, PersonRow, TaskRow, TimerRow

COUNTED = 10_000
NO_TASK = 0


class _Depth(NamedTuple):
    waiting: int
    oldest: int | None


def _depth(since: ColumnElement[int] | ColumnElement[int | None], *where: ColumnElement[bool]) -> Query[_Depth]:
    """``waiting`` and ``oldest`` of what an index holds in the order of ``since``."""
    where = (*where, since >= const(0))
    some = select(const(1)).where(*where).limit(const(COUNTED + 1)).subquery()
    waiting = select(func.count()).select_from(some).scalar_subquery()
    oldest = select(func.min(since)).where(*where).scalar_subquery()
    return Query(select(waiting.label("waiting"), oldest.label("oldest")), _Depth)


def _parked(queue: type[Waiting]) -> Query[_Depth]:
    # Said twice: the first is what the index says of itself.
    return _depth(col(queue.ended_at), col(queue.state) >= const(State.DONE), col(queue.state) == const(State.PARKED))


class _Cause(NamedTuple):
    cause: str | None
    many: int


def _causes(queue: type[Waiting]) -> Query[_Cause]:
    """Why they were set aside, each cause counted: a rare one is not lost behind a frequent one."""
    parked = (col(queue.state) >= const(State.DONE), col(queue.state) == const(State.PARKED))
    some = select(col(queue.error).label("cause")).where(*parked).order_by(col(queue.ended_at).desc())
    cause = some.limit(const(COUNTED)).subquery().c.cause
    return Query(select(cause, func.count().label("many")).group_by(cause), _Cause)


# With the silent alarms, and as if there were none.
_SEEN: dict[bool, tuple[ColumnElement[bool], ...]] = {True: (), False: (NOT_SILENT,)}
_unanswered = {
    silent: _depth(
        col(TaskRow.opened_at),
        col(TaskRow.alerting) == const(1),
        col(TaskRow.drill) == const(0),
        col(TaskRow.id) != bindparam("hidden"),
        *seen,
    )
    for silent, seen in _SEEN.items()
}
# The oldest that are not handled, counted for each lane.
_arrived = (
    select(col(InboxRow.rank), col(InboxRow.received_at))
    .where(col(InboxRow.state) < const(State.DONE), col(InboxRow.received_at) >= const(0))
    .order_by(col(InboxRow.received_at))
    .limit(const(COUNTED + 1))
    .subquery()
)


class _Arrived(NamedTuple):
    rank: int
    waiting: int
    oldest: int | None


_unhandled = Query(
    select(_arrived.c.rank, func.count().label("waiting"), func.min(_arrived.c.received_at).label("oldest")).group_by(
        _arrived.c.rank
    ),
    _Arrived,
)


class _Standing(NamedTuple):
    urgent_due: int | None
    routine_due: int | None
    unreachable: int


def _first_due(urgent: int) -> ScalarSelect[int]:
    due = select(col(TimerRow.due_at)).where(col(TimerRow.urgent) == const(urgent))
    return due.order_by(col(TimerRow.due_at)).limit(const(1)).scalar_subquery()


_marked = (
    select(const(1))
    .where(col(PersonRow.membership) == const("active"), col(PersonRow.reachable) == const(0))
    .limit(const(COUNTED))
    .subquery()
)
_standing = Query(
    select(
        _first_due(1).label("urgent_due"),
        _first_due(0).label("routine_due"),
        select(func.count()).select_from(_marked).scalar_subquery().label("unreachable"),
    ),
    _Standing,
)
_some_leaders = (
    select(const(1))
    .where(
        col(PersonRow.membership) == const("active"),
        col(PersonRow.role).in_([const(int(Role.SUPERVISOR)), const(int(Role.ADMIN))]),
    )
    .limit(const(COUNTED))
    .subquery()
)
_leaders = Query.value(select(func.count()).select_from(_some_leaders))
_in_lane = (col(OutboxRow.state) < const(State.DONE), col(OutboxRow.rank) == bindparam("lane"))
_unsent = {
    True: _depth(col(OutboxRow.created_at), *_in_lane),
    False: _depth(
        col(OutboxRow.created_at), *_in_lane, or_(col(OutboxRow.card).is_(None), col(OutboxRow.card).not_in(CARDS))
    ),
}
_parked_updates, _parked_messages = _parked(InboxRow), _parked(OutboxRow)
_causes_of = {DeadLetterKind.UPDATE: _causes(InboxRow), DeadLetterKind.MESSAGE: _causes(OutboxRow)}


class _Searching(NamedTuple):
    state: str
    priority: int
    many: int


_emergencies = (col(TaskRow.open) == const(1), col(TaskRow.kind) == const("emergency"), col(TaskRow.drill) == const(0))
_goes = exists().where(
    col(AssignmentRow.task) == col(TaskRow.id),
    col(AssignmentRow.state).in_([const(state.value) for state in AssignmentState if state.holds]),
)


def _unattended(*where: ColumnElement[bool]) -> Query[_Searching]:
    some = (
        select(col(TaskRow.id), col(TaskRow.state), col(TaskRow.priority))
        .where(*_emergencies, ~_goes, *where)
        .limit(const(COUNTED))
        .subquery()
    )
    counted = select(some.c.state, some.c.priority, func.count().label("many")).where(some.c.id != bindparam("hidden"))
    return Query(counted.group_by(some.c.state, some.c.priority), _Searching)


_searching = {silent: _unattended(*seen) for silent, seen in _SEEN.items()}
_in_danger = Query.value(
    select(func.count(distinct(col(PersonRow.id)))).where(
        col(PersonRow.role) == const(int(Role.AGENT)),
        col(PersonRow.id).in_(select(col(TaskRow.reporter)).where(*_emergencies).limit(const(COUNTED))),
    )
)


async def board(session: Session, reader: int | None = None, *, silent: bool = True) -> Board:
    """The numbers as they are now; an alarm that is silent for the sake of this ``reader`` is in none of them.

    ``silent``: with the other silent alarms.
    """
    hidden = await _hidden(session, reader) if reader is not None else None
    agents = await counters.totals(session, "agents")
    without = hidden.id if hidden is not None else NO_TASK
    searching = await session.rows(_searching[silent], hidden=without)
    updates, messages = await _read(session, _parked_updates), await _read(session, _parked_messages)
    arrivals, standing = await _arrivals(session), await session.row(_standing)
    assert standing is not None
    return Board(
        tasks=await _tasks(session, hidden, silent=silent),
        agents={each: agents.get(each.value, 0) for each in Availability},
        unanswered=await _read(session, _unanswered[silent], hidden=without),
        outbox={lane: await _read(session, _unsent[silent], lane=int(lane)) for lane in Lane},
        inbox=_together(arrivals.values()),
        arrivals=arrivals,
        urgent_due=maybe_from_ms(standing.urgent_due),
        routine_due=maybe_from_ms(standing.routine_due),
        unreachable=standing.unreachable,
        parked_updates=updates.waiting,
        parked_messages=messages.waiting,
        parked_more=updates.more or messages.more,
        searching={(TaskState(row.state), Priority(row.priority)): row.many for row in searching},
        in_danger=await session.row(_in_danger) or 0,
        causes=await _read_causes(session),
    )


async def leaders(session: Session) -> int:
    """Supervisors and administrators, counted up to ``COUNTED``."""
    return await session.row(_leaders) or 0


async def _hidden(session: Session, reader: int) -> Task | None:
    """Their word raises one alarm at a time."""
    word = await duress.find(session, reader)
    task = await tasks.find(session, word.alarm) if word is not None and word.alarm is not None else None
    return task if task is not None and task.hides_from(reader) else None


async def _tasks(session: Session, hidden: Task | None, *, silent: bool) -> dict[tuple[TaskState, Priority], int]:
    kept = await counters.totals(session, "tasks")
    counts = {
        (state, priority): kept.get(f"{state.value}:{int(priority)}", 0) for state in TaskState for priority in Priority
    }
    for one in () if silent else await counts_of_silent(session):
        counts[TaskState(one.state), Priority(one.priority)] -= one.many
    if hidden is not None:
        counts[hidden.state, hidden.priority] -= 1
    return counts


async def _arrivals(session: Session) -> dict[Lane, Depth]:
    return {
        Lane.EMERGENCY if row.rank == URGENT else Lane.ROUTINE: Depth(
            waiting=row.waiting, oldest=maybe_from_ms(row.oldest)
        )
        for row in await session.rows(_unhandled)
    }


def _together(depths: Iterable[Depth]) -> Depth:
    all_of_them = tuple(depths)
    waiting = sum(depth.waiting for depth in all_of_them)
    oldest = min((depth.oldest for depth in all_of_them if depth.oldest is not None), default=None)
    return Depth(waiting=min(waiting, COUNTED), oldest=oldest, more=waiting > COUNTED)


async def _read_causes(session: Session) -> tuple[ParkedCause, ...]:
    counts: Counter[tuple[DeadLetterKind, str]] = Counter()
    for kind, query in _causes_of.items():
        for row in await session.rows(query):
            counts[kind, row.cause or ""] += row.many
    return tuple(ParkedCause(kind=kind, cause=cause, count=count) for (kind, cause), count in counts.most_common())


async def _read(session: Session, query: Query[_Depth], **values: Any) -> Depth:
    row = await session.row(query, **values)
    assert row is not None
    more = row.waiting > COUNTED
    return Depth(waiting=COUNTED if more else row.waiting, oldest=maybe_from_ms(row.oldest), more=more)
