"""Shares of reporters: what one of them has open, and which emergencies have agents to spare."""

from collections import Counter
from collections.abc import Awaitable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, and_, bindparam, exists, func, or_, select

from core.desk.ports import Record
from core.state.task import Task
from core.vocabulary.words import Kind
from storage.audit import record_of_reports
from storage.engine.locks import of_answer, of_task
from storage.engine.session import Query, Session, const
from storage.repositories import tasks
from storage.repositories.own_emergency import own_emergency
from storage.schema.instants import to_ms
from storage.schema.rows import col
from storage.schema.standing import Standing
from storage.schema.tables import AssignmentRow, TaskRow, TimerRow, table

FEW, OFFERS, COUNTED = 5, 60, 10

_emergency = (col(TaskRow.kind) == const("emergency"), col(TaskRow.drill) == const(0))
# With ``all`` 0 neither what is quiet nor what a supervisor took out.
_counting = (
    or_(bindparam("all", type_=Integer) == const(1), col(TaskRow.quiet) == const(0)),
    or_(bindparam("all", type_=Integer) == const(1), col(TaskRow.taken_from).is_(None)),
)
_open_of_person = Query.value(
    select(col(TaskRow.id))
    .where(
        col(TaskRow.reporter) == bindparam("reporter"),
        col(TaskRow.open) == const(1),
        *_emergency,
        col(TaskRow.alarm).is_(None),
        *_counting,
    )
    .order_by(col(TaskRow.id))
    .limit(bindparam("most", type_=Integer))
)
_open_of_program = Query.value(
    select(col(TaskRow.id))
    .where(
        col(TaskRow.program) == bindparam("program"),
        col(TaskRow.open) == const(1),
        *_counting,
    )
    .order_by(col(TaskRow.id))
    .limit(bindparam("most", type_=Integer))
)
_closed = (col(TaskRow.open) == const(0), *_emergency, col(TaskRow.closed_at) == bindparam("at"))
_ended_of_person = Query.value(
    select(col(TaskRow.id))
    .where(col(TaskRow.reporter) == bindparam("reporter"), *_closed)
    .order_by(col(TaskRow.id).desc())
)
_ended_of_program = Query.value(
    select(col(TaskRow.id))
    .where(col(TaskRow.program) == bindparam("program"), *_closed)
    .order_by(col(TaskRow.id).desc())
)


def _has_part(state: str) -> ColumnElement[bool]:
    """Whether an agent's part in the task is in this state."""
    part = (col(AssignmentRow.task) == col(TaskRow.id), col(AssignmentRow.state) == const(state))
    return exists().where(*part).correlate(table(TaskRow))


# Those with an agent who may be spared, by what `core.rules.shares` says of them.
_later = Query.value(
    select(col(TaskRow.id))
    .where(
        col(TaskRow.open) == const(1),
        col(TaskRow.earlier) > const(0),
        or_(
            _has_part("offered"),
            and_(col(TaskRow.acknowledged_at).is_(None), or_(_has_part("accepted"), _has_part("en_route"))),
        ),
    )
    .order_by(col(TaskRow.earlier).desc(), col(TaskRow.id).desc())
    .limit(const(FEW))
)


class _Offer(NamedTuple):
    """An offer that waits for an answer, as its due time says."""

    task: int


_offers = Query(
    select(col(TimerRow.task))
    .where(col(TimerRow.kind) == const("offer"))
    .order_by(col(TimerRow.task).desc(), col(TimerRow.person).desc())
    .limit(const(OFFERS)),
    _Offer,
)
_to_do = Query.value(
    select(func.count())
    .select_from(AssignmentRow)
    .where(col(AssignmentRow.agent) == bindparam("agent"), col(AssignmentRow.standing) == const(Standing.TO_DO))
)
_count_of_person = Query.value(
    select(func.count()).where(
        col(TaskRow.reporter) == bindparam("reporter"),
        col(TaskRow.open) == const(1),
        *_emergency,
        col(TaskRow.alarm).is_(None),
    )
)
_count_of_program = Query.value(
    select(func.count()).where(col(TaskRow.program) == bindparam("program"), col(TaskRow.open) == const(1))
)


async def count_open(session: Session, task: Task) -> int:
    """The number of emergencies that the reporter of this one has open."""
    if task.reporter is not None:
        return await session.row(_count_of_person, reporter=task.reporter) or 0
    return await session.row(_count_of_program, program=task.program) or 0


class SharesOfSession:
    """``core.desk.share_ports.Shares`` over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def open_of(
        self, reporter: int | None, program: str | None, most: int, *, counting: bool = False
    ) -> tuple[int, ...]:
        """The open emergencies of a person or a program, the oldest first, without drills and alarms.

        A program that reports several at once has them counted one after the other.
        """
        if reporter is not None:
            return tuple(await self._session.rows(_open_of_person, reporter=reporter, most=most, all=int(not counting)))
        if program is None:
            return ()
        await self._session.lock(of_answer(f"share:{program}"))
        return tuple(await self._session.rows(_open_of_program, program=program, most=most, all=int(not counting)))

    def ask_counting(self, task: Task) -> Awaitable[Sequence[int]]:
        """The first of the reporter's open emergencies that count, to be awaited later."""
        if task.reporter is not None:
            return self._session.ask(_open_of_person, reporter=task.reporter, most=COUNTED, all=0)
        return self._session.ask(_open_of_program, program=task.program or "", most=COUNTED, all=0)

    async def reported_by(
        self, reporter: int, title: str, since: datetime, most: int
    ) -> tuple[int | None, tuple[int, ...]]:
        """The emergency with the same words since then, and the open ones that count, in one exchange."""
        twin = tasks.ask_duplicate(self._session, reporter, Kind.EMERGENCY, title, since)
        own = self._session.ask(_open_of_person, reporter=reporter, most=most, all=0)
        return next(iter(await twin), None), tuple(await own)

    async def ended_with(self, task: Task) -> tuple[int, ...]:
        """The other emergencies of its reporter that were closed at the same instant."""
        if task.closed_at is None:
            return ()
        at = to_ms(task.closed_at)
        if task.reporter is not None:
            found = await self._session.rows(_ended_of_person, reporter=task.reporter, at=at)
        elif task.program is not None:
            found = await self._session.rows(_ended_of_program, program=task.program, at=at)
        else:
            return ()
        return tuple(one for one in found if one != task.id)

    async def report(self, task: int, number: int) -> tuple[Record, ...]:
        """Events about one report that joined, with what its reporter did next."""
        return tuple(await record_of_reports.one(self._session, task, number))

    async def giving(self) -> tuple[tuple[Task, ...], bool]:
        """A few emergencies that may spare an agent, the newest first, no locked ones; whether none was locked."""
        asked = Counter(offer.task for offer in await self._session.rows(_offers))
        several = [task for task, count in asked.items() if count > 1][:FEW]
        ids = sorted({*several, *await self._session.rows(_later)}, reverse=True)
        free = await self._session.try_lock(*map(of_task, ids)) if ids else frozenset()
        found = [await tasks.find(self._session, task, to_change=True) for task in ids if of_task(task) in free]
        return tuple(task for task in found if task is not None), len(free) == len(ids)

    async def alone(self, agents: Sequence[int]) -> frozenset[int]:
        """Those of these agents who have one open task to do, and no emergency of their own."""
        found: set[int] = set()
        for agent in agents:
            if await self._session.row(_to_do, agent=agent) == 1 and await own_emergency(self._session, agent) is None:
                found.add(agent)
        return frozenset(found)
