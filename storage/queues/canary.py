"""A new release that takes some of the chats, while the release before takes the rest.

A share says who goes first, never who goes at all: an emergency is anybody's, an update that waits longer than ``LATE``
too, and one that failed at the new release is the old one's.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import BigInteger, Integer, bindparam, cast, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.engine.session import Query, Session, const
from storage.queues import queue_statements as statements
from storage.schema.instants import from_ms, to_ms
from storage.schema.rows import col
from storage.schema.tables import CounterRow, InboxRow, table

LATE = timedelta(seconds=3)
# Without a beat for so long the new release has ended, whatever ended it.
ALIVE = timedelta(seconds=6)
_PERCENT, _BEAT = "canary.percent", "canary.beat"


class Share(Struct, frozen=True, kw_only=True):
    """The ``percent`` of the chats that are the new release's, and whether this process is of it."""

    percent: int
    new: bool


# A chat's number says whose it is: the same at every process, in every release.
_chosen = func.abs(cast(col(InboxRow.line), BigInteger)) % const(100) < bindparam("percent", type_=Integer)
_late = col(InboxRow.due_at) <= bindparam("late", type_=BigInteger)
_failed = col(InboxRow.attempts) > const(0)
_take_new: Query[InboxRow] = statements.take(InboxRow, or_(_chosen & ~_failed, _late))
_take_old: Query[InboxRow] = statements.take(InboxRow, or_(~_chosen, _failed, _late))

_counter = table(CounterRow)
_new = insert(_counter).values(name=bindparam("name"), value=bindparam("value"))
_set = Query(_new.on_conflict_do_update(index_elements=["name"], set_={"value": _new.excluded.value}))


class _Value(NamedTuple):
    name: str
    value: int


_values = Query(
    select(col(CounterRow.name), col(CounterRow.value)).where(
        col(CounterRow.name).in_([const(_PERCENT), const(_BEAT)])
    ),
    _Value,
)


async def take(session: Session, share: Share, *, rank: int, now: datetime, lease: int, most: int) -> list[InboxRow]:
    """Up to so many heads of this rank that are due and this process's to take."""
    query, late = _take_new if share.new else _take_old, to_ms(now - LATE)
    values = {"rank": rank, "now": to_ms(now), "lease": lease, "most": most}
    return await session.rows(query, percent=share.percent, late=late, **values)


async def beat(session: Session, percent: int, now: datetime) -> None:
    """Say that a new release lives and takes so much."""
    await session.run(_set, name=_PERCENT, value=percent)
    await session.run(_set, name=_BEAT, value=to_ms(now))


async def heard(session: Session, now: datetime) -> int:
    """The percent that a living new release takes; 0: there is none."""
    values = {each.name: each.value for each in await session.rows(_values)}
    if _BEAT not in values or abs(now - from_ms(values[_BEAT])) > ALIVE:
        return 0
    return values[_PERCENT]
