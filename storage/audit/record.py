"""The history and the answers that were given: what happened is only ever added to."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import json
from sqlalchemy import Integer, bindparam, delete, insert, select

from core.desk.ports import Record
from core.vocabulary.events import AnyEvent
from core.vocabulary.personal import PERSONAL, whose
from storage.audit import apart, chain
from storage.engine.locks import of_answer
from storage.engine.session import Query, Session
from storage.schema.instants import from_ms, to_ms
from storage.schema.rows import col
from storage.schema.tables import AnswerRow, EventRow, table

# A broadcast to thousands is a page of people an event: a hundred in a second.
LATELY, HISTORY = 200, 1_000

_event, _answer = table(EventRow), table(AnswerRow)
_add = Query(insert(_event).inline().values({c.name: bindparam(c.name) for c in _event.columns if c.name != "id"}))
_of_task = Query(
    select(_event)
    .where(col(EventRow.task) == bindparam("task"), col(EventRow.task).is_not(None))
    .order_by(col(EventRow.id).desc())
    .limit(bindparam("most", type_=Integer)),
    EventRow,
)
_of_person = Query(
    select(_event)
    .where(col(EventRow.person) == bindparam("person"), col(EventRow.person).is_not(None))
    .order_by(col(EventRow.id).desc())
    .limit(bindparam("most", type_=Integer)),
    EventRow,
)
_remember = Query(insert(_answer).values(key=bindparam("key"), at=bindparam("at"), body=bindparam("body")))
_recall = Query.value(select(col(AnswerRow.body)).where(col(AnswerRow.key) == bindparam("key")))
_old_answers = (
    select(col(AnswerRow.key))
    .where(col(AnswerRow.at) < bindparam("before"))
    .order_by(col(AnswerRow.at))
    .limit(bindparam("most", type_=Integer))
)
_forget = Query(delete(_answer).where(col(AnswerRow.key).in_(_old_answers)))
_decoder = json.Decoder(AnyEvent)


async def add(session: Session, records: Iterable[Record]) -> None:
    """Add to the history, at the end of a chain."""
    linked = await chain.link(session, [_new(record) for record in records])
    await session.run_each(_add, [one.columns for one in linked])


def _new(record: Record) -> chain.NewEvent:
    """The event, its words set apart; `chain.link` gives it its place."""
    event = _event_of(record)
    names = PERSONAL.get(type(record.event), ())
    if not names and not record.reason:
        return chain.NewEvent(event=event)
    owner = whose(record.event, record.person, record.by)
    return chain.NewEvent(event=event, whose=owner, apart=apart.set_apart(event.body, record.reason, owner, names))


def _event_of(record: Record) -> chain.Hashed:
    return chain.Hashed(
        chain=0,
        link=0,
        at=to_ms(record.at),
        task=record.task,
        person=record.person,
        unit=record.unit,
        by=record.by,
        via=record.via,
        reason=record.reason,
        body=json.encode(record.event).decode(),
    )


async def of_task(session: Session, task_id: int, *, most: int = HISTORY) -> list[Record]:
    """The newest of the history of a task, oldest first."""
    return (await _newest(session, task_id, most))[::-1]


async def lately(session: Session, task_id: int) -> list[Record]:
    """The newest events of a task, newest first: some seconds of the busiest one."""
    return await _newest(session, task_id, LATELY)


async def _newest(session: Session, task_id: int, most: int) -> list[Record]:
    return [record_of(row) for row in await session.rows(_of_task, task=task_id, most=most)]


async def of_person(session: Session, person_id: int, *, most: int) -> list[Record]:
    """The newest of what happened to a person, newest first."""
    return [record_of(row) for row in await session.rows(_of_person, person=person_id, most=most)]


def record_of(row: EventRow) -> Record:
    """An event with its subject; words that were erased are missing."""
    return Record(
        at=from_ms(row.at),
        event=_decoder.decode(row.body if row.digest is None else apart.readable(row.body)),
        by=row.by,
        via=row.via,
        reason=row.reason,
        task=row.task,
        person=row.person,
        unit=row.unit,
    )


async def remember(session: Session, key: str, answer: bytes, now: datetime) -> None:
    """Keep the answer to a key."""
    await session.run(_remember, key=key, at=to_ms(now), body=answer.decode())


async def recall(session: Session, key: str) -> bytes | None:
    """The answer that was given to a key; nobody else gives it one until the end of the transaction."""
    await session.lock(of_answer(key))
    body = await session.row(_recall, key=key)
    return body.encode() if body is not None else None


async def forget_answers(session: Session, before: datetime, most: int) -> int:
    """Forget answers that nobody will ask for again, at most so many; how many."""
    return await session.touched(_forget, before=to_ms(before), most=most)
