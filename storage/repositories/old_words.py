"""Words, files and places in the record that nobody needs any more: erased, in the order of their age (P15).

Those of a task go when it has been closed for as long; whatever is said about it afterwards, when that is as old.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BindParameter, Integer, and_, bindparam, func, or_, select, tuple_

from core.vocabulary.desk_events import Erased
from storage.audit import erasing
from storage.engine.locks import of_task
from storage.engine.many import Many
from storage.engine.session import Query, Session, const
from storage.repositories.blank_tasks import Alarmed, blank
from storage.schema.instants import to_ms
from storage.schema.rows import col
from storage.schema.tables import EventRow, TaskRow, table

_OPENED = '{"type":"opened"'


class Spot(NamedTuple):
    """A place in the order of age: a moment in milliseconds, and an event of that moment."""

    at: int
    id: int


FIRST = Spot(-(2**62), 0)


class Said(NamedTuple):
    """An event that holds somebody's words, its task, and whether they have grown old."""

    id: int
    at: int
    task: int | None
    old: bool


_event, _task = table(EventRow), table(TaskRow)
_with_task = _event.outerjoin(_task, col(TaskRow.id) == col(EventRow.task))
_before: BindParameter[int] = bindparam("before")
_over = or_(
    col(TaskRow.id).is_(None), and_(col(TaskRow.open) == const(0), func.coalesce(col(TaskRow.closed_at), 0) < _before)
)
_page = Query(
    select(col(EventRow.id), col(EventRow.at), col(EventRow.task), _over.label("old"))
    .select_from(_with_task)
    .where(
        col(EventRow.salt).is_not(None),
        col(EventRow.at) < _before,
        tuple_(col(EventRow.at), col(EventRow.id)) > tuple_(bindparam("at"), bindparam("id_")),
    )
    .order_by(col(EventRow.at), col(EventRow.id))
    .limit(bindparam("most", type_=Integer)),
    Said,
)
_still = Many(
    lambda those: Query(
        select(_event)
        .select_from(_with_task)
        .where(col(EventRow.id).in_(those), col(EventRow.salt).is_not(None), _over)
        .order_by(col(EventRow.id)),
        EventRow,
    )
)
_alarmed = Many(
    lambda those: Query(select(col(TaskRow.id), col(TaskRow.alarm)).where(col(TaskRow.id).in_(those)), Alarmed)
)


async def said_before(session: Session, before: datetime, after: Spot, most: int) -> tuple[list[Said], Spot | None]:
    """Events after this spot whose words have grown old, and where to go on (None: all were seen)."""
    rows = await session.rows(_page, before=to_ms(before), at=after.at, id_=after.id, most=most)
    further = Spot(rows[-1].at, rows[-1].id) if len(rows) == most else None
    return [row for row in rows if row.old], further


async def erase(session: Session, found: Sequence[Said], before: datetime, now: datetime) -> None:
    """Erase them, and what the row of a task says as well as its first event; not those of one that is open again."""
    await session.lock(*(of_task(task) for task in {one.task for one in found} if task is not None))
    rows = await _still.ask(session, [one.id for one in found], before=to_ms(before))
    if not rows:
        return
    opened = [row.task for row in rows if row.task is not None and row.body.startswith(_OPENED)]
    await erasing.erase(session, rows, Erased(events=()), now)
    if opened:
        await blank(session, await _alarmed.ask(session, opened))
