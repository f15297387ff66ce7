"""Running numbers, and totals that are kept as things change rather than counted (P11)."""

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from core.task import Task
from storage.session import Query, Session, const
from storage.tables import CounterRow, table

_counter = table(CounterRow)
_one_more = insert(_counter).values(name=bindparam("name"), value=bindparam("step"))
_add = Query(
    _one_more.on_conflict_do_update(
        index_elements=["name"], set_={"value": _counter.c.value + _one_more.excluded.value}
    ).returning(_counter.c.value)
)
_totals = Query(
    select(_counter.c.name, _counter.c.value).where(
        _counter.c.name >= const("tasks:"), _counter.c.name < const("tasks;")
    )
)


async def next_value(session: Session, name: str) -> int:
    """A number that this name has not given before: 1, 2, 3, …"""
    row = await session.row(_add, name=name, step=1)
    assert row is not None
    return int(row["value"])


async def tally(session: Session, before: Task | None, after: Task) -> None:
    """Keep how many tasks there are in each state and priority."""
    old, new = _total_of(before) if before else None, _total_of(after)
    if old == new:
        return
    if old is not None:
        await session.row(_add, name=old, step=-1)
    await session.row(_add, name=new, step=1)


async def totals(session: Session) -> dict[tuple[str, int], int]:
    """How many tasks there are, by state and priority."""
    rows = await session.rows(_totals)
    return {(state, int(priority)): row["value"] for row in rows for _, state, priority in [row["name"].split(":")]}


def _total_of(task: Task) -> str:
    return f"tasks:{task.state.value}:{int(task.priority)}"
