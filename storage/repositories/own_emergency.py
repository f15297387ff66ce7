"""An open emergency that is somebody's own."""

from sqlalchemy import bindparam, select, union_all

from core.state.task import Task
from storage.engine.session import Query, Session, const
from storage.repositories import tasks
from storage.repositories.free import OPEN_EMERGENCY
from storage.schema.rows import col
from storage.schema.safety_tables import DuressRow
from storage.schema.tables import TaskRow

_emergency_of = Query.value(
    union_all(
        select(col(TaskRow.id)).where(col(TaskRow.reporter) == bindparam("person"), *OPEN_EMERGENCY),
        select(col(TaskRow.id)).where(
            col(DuressRow.person) == bindparam("person"),
            col(TaskRow.id) == col(DuressRow.alarm),
            col(TaskRow.open) == const(1),
        ),
    ).limit(const(1))
)

# A silent alarm has no reporter.
_alarm_of = Query.value(
    select(col(TaskRow.id))
    .where(col(TaskRow.reporter) == bindparam("person"), *OPEN_EMERGENCY, col(TaskRow.alarm).is_not(None))
    .limit(const(1))
)


async def own_emergency(session: Session, person: int) -> Task | None:
    """An open emergency that is this person's own."""
    found = await session.row(_emergency_of, person=person)
    return await tasks.find(session, found) if found is not None else None


async def own_alarm(session: Session, person: int) -> Task | None:
    """The open alarm in this person's name, but for a silent one."""
    found = await session.row(_alarm_of, person=person)
    return await tasks.find(session, found) if found is not None else None
