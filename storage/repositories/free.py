"""Free agents, as the database finds them: the twin of ``core.rules.free``."""

from sqlalchemy import bindparam, exists, func, select, union_all

from core.state.task import Task
from storage.engine.session import Query, Session, const
from storage.repositories import tasks
from storage.schema.rows import col
from storage.schema.safety_tables import DuressRow
from storage.schema.tables import AssignmentRow, PersonRow, TaskRow, table

# As the partial index of a reporter's emergencies says it, so that one look finds them among any number of tasks.
_own = (col(TaskRow.open) == const(1), col(TaskRow.kind) == const("emergency"), col(TaskRow.drill) == const(0))
# One value for a person, so that no planner reads everybody's words to find it.
_alarm = select(col(DuressRow.alarm)).where(col(DuressRow.person) == col(PersonRow.id)).correlate(table(PersonRow))
_silent_alarm_open = (
    select(col(TaskRow.open))
    .where(col(TaskRow.id) == _alarm.scalar_subquery())
    .correlate(table(PersonRow))
    .scalar_subquery()
)
NOT_IN_DANGER = (
    ~exists().where(col(TaskRow.reporter) == col(PersonRow.id), *_own),
    # A silent alarm names nobody as its reporter.
    func.coalesce(_silent_alarm_open, const(0)) == const(0),
)
IS_FREE = (col(PersonRow.free) == const(1), *NOT_IN_DANGER)
NOT_SPOKEN_FOR = ~exists().where(
    col(AssignmentRow.task) == bindparam("task"),
    col(AssignmentRow.agent) == col(PersonRow.id),
    col(AssignmentRow.state) != const("released"),
    col(AssignmentRow.state) != bindparam("spared"),
)
_emergency_of = Query.value(
    union_all(
        select(col(TaskRow.id)).where(col(TaskRow.reporter) == bindparam("person"), *_own),
        select(col(TaskRow.id)).where(
            col(DuressRow.person) == bindparam("person"),
            col(TaskRow.id) == col(DuressRow.alarm),
            col(TaskRow.open) == const(1),
        ),
    ).limit(const(1))
)


async def own_emergency(session: Session, person: int) -> Task | None:
    """An open emergency that is this person's own."""
    found = await session.row(_emergency_of, person=person)
    return await tasks.find(session, found) if found is not None else None
