"""Reads reports that joined an emergency back from its history, however many events came after them."""

from sqlalchemy import Integer, String, bindparam, select

from core.desk.ports import Record
from core.vocabulary.shares import ReportJoined
from storage.audit.record import HISTORY, record_of
from storage.engine.session import Query, Session
from storage.schema.rows import col
from storage.schema.tables import EventRow, table

# The pictures of an album, and a word more.
CAME_WITH_IT = 12

_event = table(EventRow)
# The tag of an event is the first in its body, and a report's number the next.
_about_reports = Query(
    select(_event)
    .where(
        col(EventRow.task) == bindparam("task"),
        col(EventRow.task).is_not(None),
        col(EventRow.body).like(bindparam("about", type_=String)),
    )
    .order_by(col(EventRow.id).desc())
    .limit(bindparam("most", type_=Integer)),
    EventRow,
)
_next_of_reporter = Query(
    select(_event)
    .where(
        col(EventRow.task) == bindparam("task"),
        col(EventRow.task).is_not(None),
        col(EventRow.id) > bindparam("joined"),
        col(EventRow.by) == bindparam("reporter"),
    )
    .order_by(col(EventRow.id))
    .limit(bindparam("most", type_=Integer)),
    EventRow,
)


async def newest(session: Session, task: int) -> list[Record]:
    """Events about the newest reports that joined a task, oldest first."""
    rows = await session.rows(_about_reports, task=task, about='{"type":"report%', most=HISTORY)
    return [record_of(row) for row in rows[::-1]]


async def one(session: Session, task: int, number: int) -> list[Record]:
    """Events about the report that joined under this number, and what its reporter did next, oldest first."""
    about = f'{{"type":"report%","number":{number},%'
    rows = list(await session.rows(_about_reports, task=task, about=about, most=2))
    joined = next((row for row in rows if isinstance(record_of(row).event, ReportJoined)), None)
    if joined is not None and joined.by is not None:
        after, reporter = joined.id, joined.by
        rows += await session.rows(_next_of_reporter, task=task, joined=after, reporter=reporter, most=CAME_WITH_IT)
    return [record_of(row) for row in sorted(rows, key=lambda row: row.id)]
