"""Erases what is kept of a person beside and in the record, slice by slice (P15)."""

from datetime import datetime

from msgspec import Struct, json
from sqlalchemy import Integer, Text, bindparam, delete, func, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.desk_events import Erased
from core.vocabulary.words import Membership
from storage.audit import erasing, in_chain
from storage.engine.locks import of_check_in, of_person, of_task
from storage.engine.session import Query, Session, const
from storage.repositories import lost_words, people, rises, tasks
from storage.repositories.blank_tasks import GONE, Alarmed, blank
from storage.repositories.silent import IS_SILENT
from storage.schema.rows import col
from storage.schema.safety_tables import CheckInRow, DuressRow
from storage.schema.tables import EventRow, PersonRow, TaskRow, table

TASKS = 20
_RELINKED = '{"type":"relinked"'


class _Moved(Struct):
    """The part that is left of `core.vocabulary.account_events.Relinked` when it is erased."""

    newcomer: int


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
_moves = Query.value(
    select(col(EventRow.body)).where(
        col(EventRow.person) == bindparam("person"),
        col(EventRow.person).is_not(None),
        func.substr(col(EventRow.body), const(1), const(len(_RELINKED))) == const(_RELINKED),
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
    for one in (person, *await _former(session, person)):
        if rows := await erasing.words_of(session, one):
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
    """Empty their row and those of their former accounts, and delete what else is kept by number or account."""
    rows = [await people.by_id(session, one) for one in (person, *await _former(session, person))]
    known = [one for one in rows if one is not None]
    await session.lock(*(of_check_in(one.account) for one in known))
    for one in known:
        await lost_words.erase(session, one.id, one.account)
    for one in known:
        await rises.strip(session, one.id)
    await session.lock(*(of_person(one.id) for one in known))
    for one in known:
        await session.run(_drop_check_in, account=one.account)
        await session.run(_drop_duress, person=one.id)
        await session.run(_empty, person=one.id)


async def _former(session: Session, person: int) -> list[int]:
    """Rows that were put out with a former account of theirs, and are nobody else's since."""
    moved = [json.decode(body, type=_Moved).newcomer for body in await session.rows(_moves, person=person)]
    rows = [await people.by_id(session, one) for one in dict.fromkeys(moved)]
    return [one.id for one in rows if one is not None and one.membership is Membership.DISABLED]


def _sign(person: int) -> str:
    """The beginning of a silent alarm for this person, as it is stored."""
    return json.encode(Alarm(trigger=Trigger.DURESS, person=person)).decode().partition("]")[0]


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
