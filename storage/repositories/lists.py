"""Pages of tasks, newest first: each walks down its indexes from where the last page ended (P11)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Integer, Select, bindparam, select, union
from sqlalchemy.sql.elements import ColumnElement

from core.queries.queries import TaskPage, Which
from core.state.task import Task
from core.vocabulary.words import Kind
from storage.engine.session import Query, Session, const
from storage.repositories import people_by_id, tasks
from storage.repositories.silent import NOT_SILENT
from storage.schema.rows import col
from storage.schema.standing import Standing
from storage.schema.tables import AssignmentRow, TaskRow, table

NEWEST = 2**62
_task, _part = table(TaskRow).c, table(AssignmentRow).c
_most = bindparam("most", type_=Integer)
_open = {Which.OPEN: (1,), Which.CLOSED: (0,), Which.ALL: (1, 0)}
_standings = {
    Which.OPEN: (Standing.TO_DO, Standing.OPEN),
    Which.CLOSED: (Standing.CLOSED,),
    Which.ALL: tuple(Standing),
}


def _walk(number: ColumnElement[int], *where: ColumnElement[bool]) -> Select[int]:
    """Numbers of tasks, from the newest below ``after`` down."""
    below = number < bindparam("after")
    return select(number.label("id")).where(*where, below).order_by(number.desc()).limit(_most)


def _merged(walks: Iterable[Select[int]]) -> Query[TaskRow]:
    """The newest tasks of several walks: of each no more than fit on the page are looked at."""
    ids = union(*(select(walk.subquery().c.id) for walk in walks)).subquery()
    page = select(table(TaskRow)).where(col(TaskRow.id).in_(select(ids.c.id)))
    return Query(page.order_by(col(TaskRow.id).desc()).limit(_most), TaskRow)


_all = {
    (which, kind, silent): _merged(
        _walk(
            col(TaskRow.id),
            col(TaskRow.open) == const(open_),
            col(TaskRow.kind) == const(one.value),
            *(() if silent else (NOT_SILENT,)),
        )
        for open_ in _open[which]
        for one in ([kind] if kind else Kind)
    )
    for which in Which
    for kind in (None, *Kind)
    for silent in (True, False)
}


def _reported(open_: int) -> Select[int]:
    return _walk(col(TaskRow.id), col(TaskRow.reporter) == bindparam("person"), col(TaskRow.open) == const(open_))


def _asked(standing: Standing) -> Select[int]:
    return _walk(
        col(AssignmentRow.task),
        col(AssignmentRow.agent) == bindparam("person"),
        col(AssignmentRow.standing) == const(standing),
    )


_of_person = {which: _merged([*map(_reported, _open[which]), *map(_asked, _standings[which])]) for which in Which}
_to_do = _merged([_asked(Standing.TO_DO)])
_of_unit = _merged(
    [
        _walk(
            col(TaskRow.id),
            col(TaskRow.unit) == bindparam("unit"),
            col(TaskRow.open) == const(1),
            col(TaskRow.unit).is_not(None),
        )
    ]
)


async def of_all(
    session: Session, which: Which, kind: Kind | None, after: int | None, most: int, *, silent: bool = True
) -> TaskPage:
    """All tasks, or those of one kind; ``silent``: with the silent alarms."""
    return await _page(session, _all[which, kind, silent], after, most)


async def of_person(session: Session, person_id: int, which: Which, after: int | None, most: int) -> TaskPage:
    """Tasks that a person reported or was asked to do."""
    return await _page(session, _of_person[which], after, most, person=person_id)


async def to_do(session: Session, person_id: int, after: int | None, most: int) -> TaskPage:
    """Tasks that a person is offered or has accepted."""
    return await _page(session, _to_do, after, most, person=person_id)


async def of_unit(session: Session, unit_id: int, after: int | None, most: int) -> TaskPage:
    """The open tasks that the people of a unit reported."""
    return await _page(session, _of_unit, after, most, unit=unit_id)


async def _page(session: Session, query: Query[TaskRow], after: int | None, most: int, **values: Any) -> TaskPage:
    rows = await session.rows(query, after=NEWEST if after is None else after, most=most + 1, **values)
    return await page_of(session, rows[:most], more=len(rows) > most)


async def page_of(session: Session, rows: list[TaskRow], *, more: bool) -> TaskPage:
    """The page that these rows make; ``more`` says that others follow the last."""
    found = tuple([await tasks.with_parts(session, row) for row in rows])
    named = {person for task in found for person in involved(task)}
    people = await people_by_id.several(session, named)
    return TaskPage(tasks=found, people=people, after=found[-1].id if more else None)


def involved(task: Task) -> set[int]:
    """Everybody whom a task names."""
    named = {task.reporter, task.acknowledged_by, *(part.agent for part in task.assignments)}
    named |= {task.alarm.person} if task.alarm is not None else set()
    return {person for person in named if person is not None}
