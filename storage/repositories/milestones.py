"""Milestones of a task, read back from its history and its alerts: which came first, and when.

A process that has just committed one asks whether it was the first of its kind. The events of a task are in one order,
for whoever changes it has its lock; of alerts the first is sure as soon as none is in hand, since what was taken
before is in hand until that is kept.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import Text, and_, bindparam, exists, func, or_, select
from sqlalchemy.sql.selectable import ScalarSelect

from core.state.milestones import Milestone
from core.vocabulary.card_names import task_card
from core.vocabulary.words import Kind, Priority
from storage.engine.session import Query, Session, const
from storage.queues.queue import State
from storage.repositories.silent import NOT_SILENT
from storage.schema.instants import from_ms, maybe_from_ms
from storage.schema.rows import col
from storage.schema.tables import EventRow, OutboxRow, PersonRow, TaskRow


class Firsts(Struct, frozen=True, kw_only=True):
    """A report and when it reached each milestone so far.

    ``alert`` is the row of the first alert that was taken; ``unsure``: one is in hand that may have been taken before.
    """

    kind: Kind
    priority: Priority
    reported_at: datetime
    opened_at: datetime
    reached: Mapping[Milestone, datetime]
    alert: int | None
    unsure: bool


class _Found(NamedTuple):
    kind: str
    priority: int
    sent_at: int
    opened_at: int
    acknowledged: int | None
    accepted: int | None
    on_scene: int | None
    closed: int | None
    alert: int | None
    alert_at: int | None
    in_hand: bool


def _first(*tags: str) -> ScalarSelect[int]:
    """When the first event of these kinds was; it is stored with its kind in front."""
    begins = [f'{{"type":"{tag}"' for tag in tags]
    return (
        select(func.min(col(EventRow.at)))
        .where(
            col(EventRow.task) == bindparam("task"),
            col(EventRow.task).is_not(None),
            or_(*(func.substr(col(EventRow.body), const(1), const(len(one))) == const(one) for one in begins)),
        )
        .scalar_subquery()
    )


_reporter = (
    select(col(PersonRow.telegram_id)).where(col(PersonRow.id) == col(TaskRow.reporter)).correlate(TaskRow)
).scalar_subquery()
_alerts = (
    col(OutboxRow.card) == bindparam("card", type_=Text),
    col(OutboxRow.card).is_not(None),
    col(OutboxRow.ring) == const(1),
    col(OutboxRow.chat) != func.coalesce(_reporter, const(0)),
)
_taken = (*_alerts, col(OutboxRow.state) == const(State.DONE), col(OutboxRow.error).is_(None))
_taken_at = select(func.min(col(OutboxRow.ended_at))).where(*_taken).correlate(TaskRow).scalar_subquery()
_first_taken = (
    select(func.min(col(OutboxRow.id))).where(*_taken, col(OutboxRow.ended_at) == _taken_at).correlate(TaskRow)
).scalar_subquery()
# Alarms within a list (`storage.queues.alarm_lists`) are done for their line, and have no end until it has one.
_listed = and_(col(OutboxRow.state) == const(State.DONE), col(OutboxRow.ended_at).is_(None))
_in_hand = exists().where(*_alerts, or_(col(OutboxRow.state) == const(State.TAKEN), _listed)).correlate(TaskRow)
_found = Query(
    select(
        col(TaskRow.kind),
        col(TaskRow.priority),
        col(TaskRow.sent_at),
        col(TaskRow.opened_at),
        _first("acknowledged").label("acknowledged"),
        _first("accepted").label("accepted"),
        _first("on_scene").label("on_scene"),
        _first("completed", "cancelled").label("closed"),
        _first_taken.label("alert"),
        _taken_at.label("alert_at"),
        _in_hand.label("in_hand"),
    ).where(col(TaskRow.id) == bindparam("task"), col(TaskRow.drill) == const(0), NOT_SILENT),
    _Found,
)


async def firsts(session: Session, task: int) -> Firsts | None:
    """Read the milestones of a report; None of a drill, of a silent alarm, and of a task that is not there."""
    found = await session.row(_found, task=task, card=task_card(task))
    if found is None:
        return None
    answers = [at for at in (found.acknowledged, found.accepted) if at is not None]
    moments = {
        Milestone.TOLD: maybe_from_ms(found.alert_at),
        Milestone.ANSWERED: maybe_from_ms(min(answers, default=None)),
        Milestone.ACKNOWLEDGED: maybe_from_ms(found.acknowledged),
        Milestone.ACCEPTED: maybe_from_ms(found.accepted),
        Milestone.ON_SCENE: maybe_from_ms(found.on_scene),
        Milestone.CLOSED: maybe_from_ms(found.closed),
    }
    return Firsts(
        kind=Kind(found.kind),
        priority=Priority(found.priority),
        reported_at=from_ms(found.sent_at),
        opened_at=from_ms(found.opened_at),
        reached={milestone: at for milestone, at in moments.items() if at is not None},
        alert=found.alert,
        unsure=bool(found.in_hand),
    )
