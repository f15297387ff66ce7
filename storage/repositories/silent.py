"""Silent alarms, as the database finds them: whoever may not see one is told of the desk as if there were none."""

from typing import NamedTuple

from sqlalchemy import Text, cast, func, or_, select, union_all

from storage.engine.session import Query, Session, const
from storage.schema.rows import col
from storage.schema.task_tables import TaskRow

# An alarm is stored as JSON that begins with its trigger; the partial index says it in the same words.
_SIGN = '{"trigger":"duress"'
_beginning = func.substr(col(TaskRow.alarm), const(1), const(len(_SIGN)))
IS_SILENT = _beginning == const(_SIGN)
NOT_SILENT = or_(col(TaskRow.alarm).is_(None), _beginning != const(_SIGN))

_card = const("task:").concat(cast(col(TaskRow.id), Text))
CARDS = union_all(select(_card).where(IS_SILENT), select(_card.concat(const(":pin"))).where(IS_SILENT))


class _Count(NamedTuple):
    state: str
    priority: int
    many: int


_counts = Query(
    select(col(TaskRow.state), col(TaskRow.priority), func.count().label("many"))
    .where(IS_SILENT)
    .group_by(col(TaskRow.state), col(TaskRow.priority)),
    _Count,
)


async def counts(session: Session) -> list[_Count]:
    """The number of silent alarms, open and closed, by state and priority."""
    return await session.rows(_counts)
