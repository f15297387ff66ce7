"""Takes out of the rows of closed tasks what their reporter said and where they were (P15)."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import json
from msgspec.structs import replace
from sqlalchemy import bindparam, delete, update

from core.vocabulary.alarms import Alarm
from storage.engine.session import Query, Session, const
from storage.schema.rows import col
from storage.schema.tables import TaskRow, TaskWordRow, table

# In place of a name or a title: a column that is never empty stands in lists and on buttons.
GONE = "—"


class Alarmed(NamedTuple):
    """A task, and its alarm as it is stored."""

    id: int
    alarm: str | None


_blank = Query(
    update(table(TaskRow))
    .where(col(TaskRow.id) == bindparam("task"))
    .values(title=const(GONE), address=None, lat=None, lon=None, seen_at=None, outside=None, alarm=bindparam("alarm_"))
)
_drop_words = Query(delete(table(TaskWordRow)).where(col(TaskWordRow.task) == bindparam("task")))


async def blank(session: Session, tasks: Sequence[Alarmed]) -> None:
    """Blank title, address, place and way, and drop the words by which these are found; the caller has their locks."""
    await session.run_each(_blank, [{"task": task.id, "alarm_": _without_track(task.alarm)} for task in tasks])
    await session.run_each(_drop_words, [{"task": task.id} for task in tasks])


def _without_track(alarm: str | None) -> str | None:
    if alarm is None:
        return None
    return json.encode(replace(json.decode(alarm, type=Alarm), track=())).decode()
