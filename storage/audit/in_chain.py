"""The mark of a record whose words of before stand in the chain itself, where nothing can be erased (P15)."""

from sqlalchemy import select

from storage.engine.session import Query, Session, const
from storage.schema.rows import col
from storage.schema.tables import CounterRow

# Until `gad audit reseal`.
IN_CHAIN = "record.in_chain"

_mark = Query.value(select(col(CounterRow.value)).where(col(CounterRow.name) == const(IN_CHAIN)))


async def in_chain(session: Session) -> bool:
    """Whether words of before stand in the chain itself, so that they can't be erased."""
    return await session.row(_mark) is not None
