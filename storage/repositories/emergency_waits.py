"""Since when emergencies wait for their next sound, by the step that holds them up: one statement (P13).

Each part walks an index of unfinished rows alone, so the answer costs the same with 1,000,000 tasks.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ScalarSelect, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from core.queries.emergency_waits import WaitingFor
from core.rules.timers import TimerKind
from core.vocabulary.words import AssignmentState, Kind, Lane
from storage.engine.session import Query, Session, const
from storage.queues.inbox import URGENT
from storage.queues.queue import State
from storage.repositories.silent import CARDS, IS_SILENT, NOT_SILENT
from storage.schema.instants import maybe_from_ms
from storage.schema.rows import col
from storage.schema.tables import AssignmentRow, EventRow, InboxRow, OutboxRow, TaskRow, TimerRow

LOOKED_AT = 10_000  # open emergencies, the oldest ones


class _Waits(NamedTuple):
    message: int | None
    ready: int | None
    taken: int | None
    timer: int | None
    no_timer: int | None


# An urgent update goes before the others of its line, so it is the head or in hand; or behind another urgent one.
_ready = (
    select(func.min(col(InboxRow.received_at)))
    .where(col(InboxRow.state) == const(State.READY), col(InboxRow.rank) == const(URGENT))
    .scalar_subquery()
)
_taken = (
    select(func.min(col(InboxRow.received_at)))
    .where(col(InboxRow.state) == const(State.TAKEN), col(InboxRow.rank) == const(URGENT))
    .scalar_subquery()
)


def _message(*where: ColumnElement[bool]) -> ScalarSelect[int]:
    return (
        select(col(OutboxRow.created_at))
        .where(
            col(OutboxRow.state) < const(State.DONE),
            col(OutboxRow.rank) == const(Lane.EMERGENCY),
            col(OutboxRow.ring) == const(1),
            *where,
        )
        .order_by(col(OutboxRow.created_at))
        .limit(const(1))
        .scalar_subquery()
    )


def _timer(*where: ColumnElement[bool]) -> ScalarSelect[int]:
    return (
        select(col(TimerRow.due_at))
        .where(col(TimerRow.urgent) == const(1), *where)
        .order_by(col(TimerRow.due_at))
        .limit(const(1))
        .scalar_subquery()
    )


def _no_timer(*where: ColumnElement[bool]) -> ScalarSelect[int]:
    still_open = (
        select(col(TaskRow.id), col(TaskRow.opened_at), col(TaskRow.alerting), col(TaskRow.searching))
        .where(
            col(TaskRow.open) == const(1),
            col(TaskRow.kind) == const(Kind.EMERGENCY.value),
            col(TaskRow.drill) == const(0),
            col(TaskRow.quiet) == const(0),
            *where,
        )
        .order_by(col(TaskRow.id))
        .limit(const(LOOKED_AT))
        .subquery()
    )
    task = still_open.c.id
    has_a_timer = exists().where(
        col(TimerRow.kind).in_([const(kind.value) for kind in TimerKind]), col(TimerRow.task) == task
    )
    somebody_is_there = exists().where(
        col(AssignmentRow.task) == task, col(AssignmentRow.state) == const(AssignmentState.ON_SCENE.value)
    )
    # It waits since the last thing that happened: whatever that was should have set its next due time.
    last_event = (
        select(col(EventRow.at))
        .where(col(EventRow.task) == task, col(EventRow.task).is_not(None))
        .order_by(col(EventRow.id).desc())
        .limit(const(1))
        .scalar_subquery()
    )
    looked_for = or_(still_open.c.alerting == const(1), still_open.c.searching == const(1), ~somebody_is_there)
    return (
        select(func.min(func.coalesce(last_event, still_open.c.opened_at)))
        .where(~has_a_timer, looked_for)
        .scalar_subquery()
    )


def _statement(
    message: tuple[ColumnElement[bool], ...] = (),
    timer: tuple[ColumnElement[bool], ...] = (),
    task: tuple[ColumnElement[bool], ...] = (),
) -> Query[_Waits]:
    return Query(
        select(
            _message(*message).label("message"),
            _ready.label("ready"),
            _taken.label("taken"),
            _timer(*timer).label("timer"),
            _no_timer(*task).label("no_timer"),
        ),
        _Waits,
    )


waits_statement = _statement()
_without_silent = _statement(
    message=(or_(col(OutboxRow.card).is_(None), col(OutboxRow.card).not_in(CARDS)),),
    timer=(col(TimerRow.task).not_in(select(col(TaskRow.id)).where(IS_SILENT)),),
    task=(NOT_SILENT,),
)


async def emergency_waits(session: Session, *, silent: bool = True) -> Mapping[WaitingFor, datetime]:
    """The oldest moment of each step; a step at which none waits is left out, the next due time is there if later.

    ``silent``: with the silent alarms, which programs are told nothing of.
    """
    row = await session.row(waits_statement if silent else _without_silent)
    assert row is not None
    updates = [moment for moment in (row.ready, row.taken) if moment is not None]
    moments = {
        WaitingFor.UPDATE: min(updates, default=None),
        WaitingFor.TIMER: row.timer,
        WaitingFor.NO_TIMER: row.no_timer,
        WaitingFor.MESSAGE: row.message,
    }
    found = {step: maybe_from_ms(moment) for step, moment in moments.items()}
    return {step: since for step, since in found.items() if since is not None}
