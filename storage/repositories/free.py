"""Free agents, as the database finds them: the twin of ``core.rules.free``."""

from sqlalchemy import bindparam, exists, func, select

from storage.engine.session import const
from storage.schema.rows import col
from storage.schema.safety_tables import DuressRow
from storage.schema.tables import AssignmentRow, PersonRow, TaskRow, table

# As the partial index of a reporter's emergencies says it, so that one look finds them among any number of tasks.
OPEN_EMERGENCY = (
    col(TaskRow.open) == const(1),
    col(TaskRow.kind) == const("emergency"),
    col(TaskRow.drill) == const(0),
)
# One value for a person, so that no planner reads everybody's words to find it.
_alarm = select(col(DuressRow.alarm)).where(col(DuressRow.person) == col(PersonRow.id)).correlate(table(PersonRow))
_silent_alarm_open = (
    select(col(TaskRow.open))
    .where(col(TaskRow.id) == _alarm.scalar_subquery())
    .correlate(table(PersonRow))
    .scalar_subquery()
)
NOT_IN_DANGER = (
    ~exists().where(col(TaskRow.reporter) == col(PersonRow.id), *OPEN_EMERGENCY),
    # A silent alarm names nobody as its reporter.
    func.coalesce(_silent_alarm_open, const(0)) == const(0),
)
IS_FREE = (col(PersonRow.free) == const(1), *NOT_IN_DANGER)
# Of people who are named: a sum keeps the planner from the index of all who are free.
STILL_FREE = (col(PersonRow.free) + const(0) == const(1), *NOT_IN_DANGER)
NOT_SPOKEN_FOR = ~exists().where(
    col(AssignmentRow.task) == bindparam("task"),
    col(AssignmentRow.agent) == col(PersonRow.id),
    col(AssignmentRow.state) != const("released"),
    col(AssignmentRow.state) != bindparam("spared"),
)
