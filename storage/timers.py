"""Due times on disk: whatever fires is taken off the list in the transaction that acts on it (P8)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from core.timers import Timer, TimerKind
from storage.instants import from_ms, to_ms
from storage.session import Query, Row, Session, const
from storage.tables import TimerRow, table

_timer = table(TimerRow)
_c = _timer.c
_new = insert(_timer).values({column.name: bindparam(column.name) for column in _timer.columns})
_set = Query(
    _new.on_conflict_do_update(
        index_elements=["kind", "task", "person", "unit"],
        set_={"due_at": _new.excluded.due_at, "urgent": _new.excluded.urgent},
    )
)
_due = Query(
    select(_timer)
    .where(_c.urgent == bindparam("urgent"), _c.due_at <= bindparam("now"))
    .order_by(_c.due_at)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
_clear = Query(delete(_timer).where(*(_c[name] == bindparam(name) for name in ("kind", "task", "person", "unit"))))
_next = Query(select(_c.due_at).where(_c.urgent == bindparam("urgent")).order_by(_c.due_at).limit(const(1)))
_URGENT_FIRST = (1, 0)


async def set_timers(session: Session, timers: Iterable[Timer]) -> None:
    """Keep due times; one of the same kind for the same task, person and unit replaces an older one."""
    for timer in timers:
        await session.run(
            _set,
            kind=timer.kind.value,
            task=timer.task,
            person=timer.person,
            unit=timer.unit,
            due_at=to_ms(timer.due_at),
            urgent=int(timer.urgent),
        )


async def take_due(session: Session, now: datetime, most: int) -> tuple[Timer, ...]:
    """Take what is due off the list, emergencies first; it is back if the transaction fails."""
    due: list[Timer] = []
    for urgent in _URGENT_FIRST:
        rows = await session.rows(_due, urgent=urgent, now=to_ms(now), most=most - len(due))
        due += [_timer_of(row) for row in rows]
    await session.run_each(
        _clear, [{"kind": t.kind.value, "task": t.task, "person": t.person, "unit": t.unit} for t in due]
    )
    return tuple(due)


async def next_due(session: Session) -> datetime | None:
    """When the next one is due."""
    first = [await session.row(_next, urgent=urgent) for urgent in _URGENT_FIRST]
    return min((from_ms(row["due_at"]) for row in first if row is not None), default=None)


def _timer_of(row: Row) -> Timer:
    return Timer(
        kind=TimerKind(row["kind"]),
        task=row["task"],
        person=row["person"],
        unit=row["unit"],
        due_at=from_ms(row["due_at"]),
        urgent=bool(row["urgent"]),
    )
