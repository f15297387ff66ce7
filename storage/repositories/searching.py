"""Emergencies that look for an agent, in their turn."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, select, tuple_

from core.desk.search_port import Sought
from storage.engine.locks import of_task
from storage.engine.session import Query, Session, const
from storage.repositories import nearest
from storage.schema.rows import col
from storage.schema.tables import TaskRow

A_FEW = 20


class _Turn(NamedTuple):
    """The place of an emergency among those that look for an agent, with ``attended`` and its number."""

    drill: int
    earlier: int
    opened_at: int


class _Looking(NamedTuple):
    id: int
    attended: int


_IN_TURN = (
    col(TaskRow.drill),
    col(TaskRow.attended),
    col(TaskRow.earlier),
    col(TaskRow.opened_at),
    col(TaskRow.id),
)
_looking = (
    select(col(TaskRow.id), col(TaskRow.attended))
    .where(col(TaskRow.searching) == const(1))
    .order_by(*_IN_TURN)
    .limit(const(A_FEW))
)
_last = (bindparam(name, type_=Integer) for name in ("drill", "attended", "earlier", "opened_at", "last"))
_first_ones = Query(_looking, _Looking)
_those_after = Query(_looking.where(tuple_(*_IN_TURN) > tuple_(*_last)), _Looking)
_turn = Query(
    select(col(TaskRow.drill), col(TaskRow.earlier), col(TaskRow.opened_at)).where(col(TaskRow.id) == bindparam("id_")),
    _Turn,
)
_any = Query.value(select(col(TaskRow.id)).where(col(TaskRow.searching) == const(1)).limit(const(1)))


async def is_searched(session: Session) -> bool:
    """Whether an open emergency looks for an agent."""
    return await session.row(_any) is not None


async def searching(session: Session, after: Sought | None) -> list[Sought]:
    """A few open emergencies that look for an agent, after this one (None: the first), whatever became of it.

    Drills come last; before them those to which somebody goes, then later ones of a reporter; and the oldest first.
    """
    turn = await session.row(_turn, id_=after.task) if after is not None else None
    if after is None or turn is None:
        rows = await session.rows(_first_ones)
    else:
        rows = await session.rows(_those_after, **turn._asdict(), attended=int(after.attended), last=after.task)
    return [Sought(task=row.id, attended=bool(row.attended)) for row in rows]


class SearchesOfSession:
    """``core.desk.search_port.Searches`` over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def is_searched(self) -> bool:
        """Whether an emergency looks for an agent."""
        return await is_searched(self._session)

    async def searching(self, after: Sought | None) -> Sequence[Sought]:
        """A few that look for an agent, in their turn; none of them is locked yet."""
        return await searching(self._session, after)

    async def try_task(self, task_id: int) -> bool:
        """Lock a task, if no other transaction is changing it at this moment."""
        return bool(await self._session.try_lock(of_task(task_id)))

    async def still_free(self, people: Sequence[int]) -> bool:
        """Whether one of these people may be asked to go now."""
        return await nearest.any_free(self._session, people)
