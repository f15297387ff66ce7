"""Running numbers, and totals that are kept as things change rather than counted (P11)."""

from collections import Counter
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.engine.session import Query, Session, const
from storage.schema.rows import col
from storage.schema.tables import CounterRow, table

_counter = table(CounterRow)
_one_more = insert(_counter).values(name=bindparam("name"), value=bindparam("step"))
_add = _one_more.on_conflict_do_update(
    index_elements=["name"], set_={"value": col(CounterRow.value) + _one_more.excluded.value}
)
_both = insert(_counter).values(
    [{"name": bindparam("was"), "value": const(-1)}, {"name": bindparam("now"), "value": const(1)}]
)
_change = Query(
    _both.on_conflict_do_update(index_elements=["name"], set_={"value": col(CounterRow.value) + _both.excluded.value})
)
_next = Query.value(_add.returning(col(CounterRow.value)))
_count = Query(_add)
_reserved = Query.value(
    delete(_counter).where(col(CounterRow.name) == bindparam("name")).returning(col(CounterRow.value))
)


class _Total(NamedTuple):
    name: str
    value: int


_totals = Query(
    select(col(CounterRow.name), col(CounterRow.value)).where(
        col(CounterRow.name) >= bindparam("first"), col(CounterRow.name) < bindparam("end")
    ),
    _Total,
)


async def next_value(session: Session, name: str) -> int:
    """A number that this name has not given before: 1, 2, 3, …, with gaps where a unit failed beside others."""
    value = await session.aside(_next, name=name, step=1)
    assert value is not None
    return value


async def reserved(session: Session, name: str) -> int | None:
    """The number that the next row must have, once, where those before it may have been given (`epoch`)."""
    return await session.row(_reserved, name=name)


async def tally(session: Session, before: str | None, after: str | None) -> None:
    """One less of what it was, one more of what it is; None counts for nothing."""
    if before == after:
        return
    # Transactions that run side by side have rows of their own to add to, or each would wait for the others' commits.
    part = f"#{session.slot}" if session.slot else ""
    if before is not None and after is not None:
        await session.run(_change, was=before + part, now=after + part)
    elif before is not None:
        await session.run(_count, name=before + part, step=-1)
    elif after is not None:
        await session.run(_count, name=after + part, step=1)


async def totals(session: Session, kind: str) -> dict[str, int]:
    """The totals that are called ``kind:…``, by what follows."""
    found: Counter[str] = Counter()
    for row in await session.rows(_totals, first=f"{kind}:", end=f"{kind};"):
        found[row.name.removeprefix(f"{kind}:").partition("#")[0]] += row.value
    return dict(found)
