"""Requests for access that nobody answers: deleted, with a word in the record that there were some."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, exists, func, select

from core.desk.ports import Record
from core.vocabulary.desk_events import Forgotten
from storage.audit import record
from storage.engine.locks import of_person
from storage.engine.session import Query, Session, const
from storage.schema.instants import to_ms
from storage.schema.rows import col
from storage.schema.tables import EventRow, PersonRow, table

_person = table(PersonRow)
_silent = (
    col(PersonRow.membership) == const("pending"),
    ~exists().where(col(EventRow.person) == col(PersonRow.id), col(EventRow.at) >= bindparam("before")),
)
_old = Query.value(
    select(col(PersonRow.id))
    .where(col(PersonRow.id) > bindparam("after"), *_silent)
    .order_by(col(PersonRow.id))
    .limit(bindparam("most", type_=Integer))
)
# SQLite gives the highest number anew when its row goes, and buttons with it have been sent.
_another = select(func.max(col(PersonRow.id))).scalar_subquery()
_delete = Query(delete(_person).where(col(PersonRow.id) == bindparam("id_"), col(PersonRow.id) < _another, *_silent))


async def asked_before(session: Session, before: datetime, after: int, most: int) -> tuple[list[int], int | None]:
    """People, after this one, who wait for an answer and of whom the record says nothing since, and where to go on."""
    found = await session.rows(_old, before=to_ms(before), after=after, most=most)
    return found, found[-1] if len(found) == most else None


async def forget(session: Session, people: Sequence[int], before: datetime, now: datetime) -> None:
    """Delete those who still wait."""
    await session.lock(*map(of_person, people))
    gone = [one for one in people if await session.touched(_delete, id_=one, before=to_ms(before))]
    if gone:
        await record.add(session, [Record(at=now, event=Forgotten(people=tuple(gone)), by=None, via="desk")])
