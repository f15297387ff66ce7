"""Tasks on disk; what they take of their agents is in `holds`."""

from collections.abc import Awaitable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from core.state.task import Task
from core.vocabulary.search_terms import words_of
from core.vocabulary.words import Kind
from storage.engine.locks import of_task
from storage.engine.session import Query, Session, const
from storage.repositories import counters, holds, searching
from storage.repositories.silent import NOT_SILENT
from storage.repositories.task_rows import part_rows, row_of, task_of
from storage.schema.instants import to_ms
from storage.schema.rows import col, values_of
from storage.schema.standing import Standing
from storage.schema.tables import AssignmentRow, TaskRow, TaskWordRow, table

_task, _part, _word = table(TaskRow), table(AssignmentRow), table(TaskWordRow)

_find = Query(select(_task).where(col(TaskRow.id) == bindparam("id_")).with_for_update(), TaskRow)
_look = Query(select(_task).where(col(TaskRow.id) == bindparam("id_")), TaskRow)
_look_aloud = Query(select(_task).where(col(TaskRow.id) == bindparam("id_"), NOT_SILENT), TaskRow)
_parts = Query(
    select(_part).where(col(AssignmentRow.task) == bindparam("task")).order_by(col(AssignmentRow.position)),
    AssignmentRow,
)
_add = Query(insert(_task).values({column.name: bindparam(column.name) for column in _task.columns}))
_save = Query(
    update(_task)
    .where(col(TaskRow.id) == bindparam("id_"))
    .values({column.name: bindparam(column.name) for column in _task.columns if column.name != "id"})
)
_new_part = insert(_part).values({column.name: bindparam(column.name) for column in _part.columns})
_save_part = Query(
    _new_part.on_conflict_do_update(
        index_elements=["task", "agent"],
        set_={c.name: _new_part.excluded[c.name] for c in _part.columns if c.name not in ("task", "agent")},
    )
)
_forget_words = Query(delete(_word).where(col(TaskWordRow.task) == bindparam("task")))
# However many a person has reported: a duplicate is among the last.
_last_reported = (
    select(_task)
    .where(col(TaskRow.reporter) == bindparam("reporter"), col(TaskRow.open) == const(1))
    .order_by(col(TaskRow.id).desc())
    .limit(const(10))
    .subquery()
)


_unanswered = Query.value(
    select(col(TaskRow.id))
    .where(col(TaskRow.alerting) == const(1))
    .order_by(col(TaskRow.drill), col(TaskRow.opened_at))
    .limit(bindparam("most", type_=Integer))
)
_involving = Query.value(
    select(col(TaskRow.id))
    .where(
        col(TaskRow.open) == const(1),
        or_(
            col(TaskRow.acknowledged_by) == bindparam("person"),
            col(TaskRow.id).in_(
                select(col(AssignmentRow.task)).where(
                    col(AssignmentRow.agent) == bindparam("person"),
                    col(AssignmentRow.standing) == const(Standing.TO_DO),
                )
            ),
        ),
    )
    .order_by(col(TaskRow.kind), col(TaskRow.id))
)
_newest = Query.value(select(col(TaskRow.id)).order_by(col(TaskRow.id).desc()).limit(const(50)))
_lately_asked = Query.value(
    select(col(AssignmentRow.task))
    .where(col(AssignmentRow.agent) == bindparam("person"))
    .order_by(col(AssignmentRow.standing).desc(), col(AssignmentRow.task).desc())
    .limit(const(50))
)
_twin: Query[int] = Query.value(
    select(_last_reported.c.id).where(
        _last_reported.c.kind == bindparam("kind"),
        _last_reported.c.title == bindparam("title"),
        _last_reported.c.opened_at >= bindparam("since"),
    )
)


async def find(session: Session, task_id: int, *, to_change: bool = False, silent: bool = True) -> Task | None:
    """A task; ``to_change`` locks it until the end of the transaction; not ``silent``: unless it is a silent alarm."""
    if to_change:
        await session.lock(of_task(task_id))
    found = session.ask(_find if to_change else _look if silent else _look_aloud, id_=task_id)
    parts = session.ask(_parts, task=task_id)
    for row in await found:
        return task_of(row, await parts)
    return None


async def with_parts(session: Session, row: TaskRow) -> Task:
    """The task of a row that was read already."""
    return task_of(row, await session.rows(_parts, task=row.id))


async def save(session: Session, before: Task | None, after: Task) -> None:
    """Keep a task, its parts, and what they take of the agents.

    Raises:
        HeldElsewhere: an agent whom it asks is not free any more.
    """
    values = values_of(row_of(after))
    if before is None:
        await session.run(_add, **values)
    else:
        await session.lock(of_task(after.id))
        await session.run(_save, id_=after.id, **values)
    if before is None or (before.title, before.address) != (after.title, after.address):
        await _save_words(session, before, after)
    await counters.tally(session, _total_of(before) if before else None, _total_of(after))
    kept = part_rows(before) if before else {}
    changed = [(agent, row) for agent, row in sorted(part_rows(after).items()) if row != kept.get(agent)]
    await holds.lock(session, before, after, [agent for agent, _ in changed])
    asked: list[holds.Moving] = []
    for agent, row in changed:
        await session.run(_save_part, **values_of(row))
        asked.append(await holds.take_or_free(session, before, after, agent))
    for moving in asked:
        await holds.taken_or_freed(session, after, moving)


async def _save_words(session: Session, before: Task | None, after: Task) -> None:
    if before is not None:
        await session.run(_forget_words, task=after.id)
    words = words_of(f"{after.title} {after.address or ''}")
    if words:
        await session.run(_add_words(len(words)), task=after.id, **{f"word_{n}": word for n, word in enumerate(words)})


@cache
def _add_words(number: int) -> Query[None]:
    """Add all of them at once: ``word_0``, ``word_1`` and so on."""
    rows: list[dict[str, Any]] = [{"word": bindparam(f"word_{n}"), "task": bindparam("task")} for n in range(number)]
    return Query(insert(_word).values(rows).on_conflict_do_nothing())


def _total_of(task: Task) -> str | None:
    return f"tasks:{task.state.value}:{int(task.priority)}" if not task.drill else None


async def unanswered(session: Session, most: int = 100) -> tuple[int, ...]:
    """The open alerts that nobody has answered, oldest first; drills come last."""
    return tuple(await session.rows(_unanswered, most=most))


async def involving(session: Session, person: int) -> tuple[int, ...]:
    """The open tasks that a person was asked to do, has, or took charge of, emergencies first."""
    return tuple(await session.rows(_involving, person=person))


async def lately_shown(session: Session, person: int) -> tuple[int, ...]:
    """The newest tasks of the desk, and the newest that a person was asked to do, those to do first."""
    asked, newest = session.ask(_lately_asked, person=person), session.ask(_newest)
    return tuple(dict.fromkeys((*await asked, *await newest)))


async def emergency_waits(session: Session) -> bool:
    """Whether an alert waits for somebody's answer, or an emergency for an agent."""
    return bool(await unanswered(session, 1)) or await searching.is_searched(session)


async def duplicate_of(session: Session, reporter: int, kind: Kind, title: str, since: datetime) -> int | None:
    """The id of an open task that the same person reported with the same words since then."""
    return next(iter(await ask_duplicate(session, reporter, kind, title, since)), None)


def ask_duplicate(session: Session, reporter: int, kind: Kind, title: str, since: datetime) -> Awaitable[list[int]]:
    """As ``duplicate_of``, to be awaited later."""
    return session.ask(_twin, reporter=reporter, kind=kind.value, title=title, since=to_ms(since))
