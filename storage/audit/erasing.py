"""Erases words from events: their rows keep the digest, and an event names them (P15)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Integer, bindparam, select, update

from core.desk.ports import Record
from core.vocabulary.desk_events import Erased
from storage.audit import chain, record
from storage.audit.apart import parts_of
from storage.engine.session import Query, Session
from storage.schema.rows import col
from storage.schema.tables import EventRow, table

# Events whose words one transaction erases.
SLICE = 100

_event = table(EventRow)
_left = select(_event).where(col(EventRow.salt).is_not(None)).limit(bindparam("most", type_=Integer))
_of_person = Query(_left.where(col(EventRow.whose) == bindparam("person")), EventRow)
_nobodys_of_task = Query(
    _left.where(
        col(EventRow.task) == bindparam("task"), col(EventRow.task).is_not(None), col(EventRow.whose).is_(None)
    ),
    EventRow,
)
_wipe = Query(
    update(_event)
    .where(col(EventRow.id) == bindparam("row"))
    .values(
        {
            "reason": bindparam("reason_"),
            "body": bindparam("rest"),
            "digest": bindparam("digest_"),
            "salt": None,
            "erasable": None,
        }
    )
)


async def words_of(session: Session, person: int) -> list[EventRow]:
    """Events that still hold words of a person: a slice."""
    return await session.rows(_of_person, person=person, most=SLICE)


async def nobodys_words(session: Session, task: int) -> list[EventRow]:
    """Events of a task that hold words which the desk or a program wrote: a slice."""
    return await session.rows(_nobodys_of_task, task=task, most=SLICE)


async def erase(session: Session, rows: Sequence[EventRow], erased: Erased, now: datetime) -> None:
    """Erase the words of these events; ``erased`` says whose and by whose approval, and will name them."""
    wiped = []
    for row in rows:
        parts = parts_of(row)
        assert parts is not None  # only rows with words are found
        event, digest = chain.covered(row)
        wiped.append({"row": row.id, "reason_": event.reason, "rest": event.body, "digest_": digest})
    await session.run_each(_wipe, wiped)
    named = Erased(
        events=tuple((row.chain, row.link) for row in rows), person=erased.person, approved_by=erased.approved_by
    )
    await record.add(session, [Record(at=now, event=named, by=erased.approved_by, via="desk", person=erased.person)])
