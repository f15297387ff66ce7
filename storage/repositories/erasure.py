"""Erases what is kept of a person beside and in the record, slice by slice (P15)."""

from datetime import datetime

from msgspec import json
from sqlalchemy import Integer, Text, bindparam, delete, func, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.desk_events import Erased
from storage.audit import erasing, in_chain
from storage.engine.locks import of_check_in, of_person, of_task
from storage.engine.session import Query, Session, const
from storage.repositories import lost_words, people, rises, tasks
from storage.repositories.blank_tasks import GONE, Alarmed, blank
from storage.repositories.silent import IS_SILENT
from storage.schema.rows import col
from storage.schema.safety_tables import CheckInRow, DuressRow
from storage.schema.tables import PersonRow, TaskRow, table

TASKS = 20

_reported = (col(TaskRow.reporter) == bindparam("person"),)
# A silent alarm names nobody as its reporter.
_begins = bindparam("sign", type_=Text)
_silent = (IS_SILENT, func.substr(col(TaskRow.alarm), const(1), func.length(_begins)) == _begins)


def _open(*whose: ColumnElement[bool]) -> Query[int]:
    return Query.value(select(col(TaskRow.id)).where(*whose, col(TaskRow.open) == const(1)).limit(const(1)))


def _told(*whose: ColumnElement[bool]) -> Query[Alarmed]:
    return Query(
        select(col(TaskRow.id), col(TaskRow.alarm))
        .where(
            *whose,
            col(TaskRow.open) == const(0),
            or_(col(TaskRow.title) != const(GONE), col(TaskRow.address).is_not(None), col(TaskRow.lat).is_not(None)),
        )
        .limit(bindparam("most", type_=Integer)),
        Alarmed,
    )


_open_report, _open_alarm = _open(*_reported), _open(*_silent)
_told_reports, _told_alarms = _told(*_reported), _told(*_silent)
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
    if not openly and (alarm := await session.row(_open_alarm, sign=_sign(person))) is not None:
        return alarm
    report = await session.row(_open_report, person=person)
    return report if report is not None else next(iter(await tasks.involving(session, person)), None)


async def erase_some(session: Session, person: int, now: datetime) -> bool:
    """Erase words of a hundred events, or what a few of their closed tasks say; False: there was nothing more."""
    erased = Erased(events=(), person=person, approved_by=await rises.erasure_approved_by(session, person))
    if rows := await erasing.words_of(session, person):
        await erasing.erase(session, rows, erased, now)
        return True
    reports = await session.rows(_told_reports, person=person, most=TASKS)
    told = reports or await session.rows(_told_alarms, sign=_sign(person), most=TASKS)
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


def _sign(person: int) -> str:
    """The beginning of a silent alarm for this person, as it is stored."""
    return json.encode(Alarm(trigger=Trigger.DURESS, person=person)).decode().removesuffix("]}")


class ErasingOfSession:
    """``core.desk.ending_port.Erasing`` over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def stands_in_way(self, person_id: int, *, openly: bool) -> int | None:
        return await stands_in_way(self._session, person_id, openly=openly)

    async def erasure_waits(self, person_id: int, now: datetime) -> bool:
        return await rises.erasure_waits(self._session, person_id, now)

    async def words_in_chain(self) -> bool:
        return await in_chain.in_chain(self._session)

    async def erase_some(self, person_id: int, now: datetime) -> bool:
        return await erase_some(self._session, person_id, now)

    async def erasure_approved_by(self, person_id: int) -> int | None:
        return await rises.erasure_approved_by(self._session, person_id)

    async def forget(self, person_id: int) -> None:
        await forget(self._session, person_id)
