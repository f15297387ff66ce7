"""Erases what is kept of a person beside and in the record, slice by slice (P15)."""

from datetime import datetime

from msgspec import json
from sqlalchemy import Integer, bindparam, delete, or_, select, update

from core.vocabulary.alarms import Alarm
from core.vocabulary.desk_events import Erased
from storage.audit import erasing
from storage.engine.locks import of_check_in, of_person, of_task
from storage.engine.session import Query, Session, const
from storage.repositories import lost_words, people, rises, tasks
from storage.repositories.blank_tasks import GONE, Alarmed, blank
from storage.schema.rows import col
from storage.schema.safety_tables import CheckInRow, DuressRow
from storage.schema.tables import PersonRow, TaskRow, table

TASKS = 20

_mine = col(TaskRow.reporter) == bindparam("person")
_open = Query(
    select(col(TaskRow.id), col(TaskRow.alarm))
    .where(_mine, col(TaskRow.open) == const(1))
    .order_by(col(TaskRow.id))
    .limit(const(100)),
    Alarmed,
)
_told = Query(
    select(col(TaskRow.id), col(TaskRow.alarm))
    .where(
        _mine,
        col(TaskRow.open) == const(0),
        or_(col(TaskRow.title) != const(GONE), col(TaskRow.address).is_not(None), col(TaskRow.lat).is_not(None)),
    )
    .order_by(col(TaskRow.id))
    .limit(bindparam("most", type_=Integer)),
    Alarmed,
)
_empty = Query(
    update(table(PersonRow))
    .where(col(PersonRow.id) == bindparam("person"))
    .values(
        telegram_id=-col(PersonRow.id),
        name=const(GONE),
        username=None,
        membership=const("forgotten"),
        lat=None,
        lon=None,
        accuracy=None,
        cell=None,
        seen_at=const(0),
        live_until=const(0),
        unit=None,
        shift_since=None,
        looks=const(""),
        apart=const(0),
    )
)
_drop_duress = Query(delete(table(DuressRow)).where(col(DuressRow.person) == bindparam("person")))
_drop_check_in = Query(delete(table(CheckInRow)).where(col(CheckInRow.telegram_id) == bindparam("account")))


async def stands_in_way(session: Session, person: int, *, openly: bool) -> int | None:
    """An open task that they reported or have a part in; ``openly``: none that is silent for their sake."""
    for task in await session.rows(_open, person=person):
        alarm = json.decode(task.alarm, type=Alarm) if task.alarm is not None else None
        if not (openly and alarm is not None and alarm.silent):
            return task.id
    return next(iter(await tasks.involving(session, person)), None)


async def erase_some(session: Session, person: int, now: datetime) -> bool:
    """Erase words of a hundred events, or what a few of their closed tasks say; False: there was nothing more."""
    erased = Erased(events=(), person=person, approved_by=await rises.erasure_approved_by(session, person))
    if rows := await erasing.words_of(session, person):
        await erasing.erase(session, rows, erased, now)
        return True
    told = await session.rows(_told, person=person, most=TASKS)
    await session.lock(*(of_task(task.id) for task in told))
    for task in told:
        if rows := await erasing.nobodys_words(session, task.id):
            await erasing.erase(session, rows, erased, now)
        if len(rows) == erasing.SLICE:
            return True
        await blank(session, [task])
    return bool(told)


async def forget(session: Session, person: int) -> None:
    """Empty their row, and delete what else is kept by their number or account."""
    known = await people.by_id(session, person)
    if known is None:
        return
    await session.lock(of_check_in(known.account))
    await lost_words.erase(session, person, known.account)
    await rises.strip(session, person)
    await session.lock(of_person(person))
    await session.run(_drop_check_in, account=known.account)
    await session.run(_drop_duress, person=person)
    await session.run(_empty, person=person)
