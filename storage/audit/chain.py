"""The chain of events (P10): each has its number and a hash over the one before it, so that none can be changed, taken
out, put in or moved without a trace.

Transactions that run side by side have a chain each (``Session.slot``), or each would wait for the others' commits;
SQLite has one. The hash of an event is the SHA-256, in hexadecimal, of the hash before it in its chain (64 zeros before
the first) followed by its row as a JSON array without spaces, in UTF-8:
``[chain, link, at, task, person, unit, by, via, reason, body]``. Whoever can write to the database can also hash
everything anew; that is found by a seal that was published before.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from functools import partial
from hashlib import sha256
from typing import Any, Protocol, TypeVar

from msgspec import Struct, json
from sqlalchemy import BigInteger, Integer, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from core.vocabulary.desk_events import Sealed
from storage.engine.session import Query, Row, Session, const
from storage.engine.sqlite import Unit
from storage.schema.tables import ChainRow, EventRow, table

T = TypeVar("T")

BEFORE_THE_FIRST = "0" * 64
HASHED = ("chain", "link", "at", "task", "person", "unit", "by", "via", "reason", "body")
PAGE = 2_000
# A number that no row can be before.
_BEFORE_ALL = -(2**63)
_end, _event = table(ChainRow), table(EventRow)
_begin = insert(_end).values(chain=bindparam("slot"), events=const(0), hash=const(BEFORE_THE_FIRST))
# The row stays locked until the end of the transaction, so that no two events follow the same one.
_seize = Query(
    _begin.on_conflict_do_update(index_elements=["chain"], set_={"events": _end.c.events}).returning(
        _end.c.events, _end.c.hash
    )
)
_lengthen = Query(
    update(_end)
    .where(_end.c.chain == bindparam("slot"))
    .values({"events": bindparam("length", type_=BigInteger), "hash": bindparam("digest", type_=_end.c.hash.type)})
)
_ends = Query(select(_end).order_by(_end.c.chain))
_last = Query(select(func.max(_event.c.id).label("last")))
_page = Query(
    select(_event).where(_event.c.id > bindparam("after")).order_by(_event.c.id).limit(bindparam("most", type_=Integer))
)


class End(Struct, frozen=True, kw_only=True, array_like=True):
    """Where a chain ends: how many events it has and the hash of the last, which stands for all of them."""

    chain: int
    events: int
    hash: str


class Reader(Protocol):
    """Where the record is read: a store."""

    async def read(self, unit: Unit[T]) -> T:
        """Run a unit that only reads."""


def hash_of(before: str, row: Mapping[str, Any]) -> str:
    """The hash of an event's row, given the one before it."""
    return sha256(before.encode() + json.encode([row[name] for name in HASHED])).hexdigest()


def seal_of(ends: Iterable[End]) -> str:
    """One hash for the whole record: the SHA-256 of all ends as JSON, ``[[chain, events, hash], …]``."""
    return sha256(json.encode(list(ends))).hexdigest()


def sealed(ends: tuple[End, ...]) -> Sealed:
    """What is kept of a seal that is published."""
    return Sealed(seal=seal_of(ends), ends=tuple((end.chain, end.events, end.hash) for end in ends))


async def link(session: Session, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of new events with their ``chain``, ``link`` and ``hash``, as the end of this transaction's chain."""
    fresh = [dict(row) for row in rows]
    if not fresh:
        return fresh
    end = session.notes.get("chain") or await session.row(_seize, slot=session.slot)
    assert end is not None
    length, digest = end["events"], end["hash"]
    for row in fresh:
        length += 1
        row["chain"], row["link"] = session.slot, length
        row["hash"] = digest = hash_of(digest, row)
    await session.run(_lengthen, slot=session.slot, length=length, digest=digest)
    session.notes["chain"] = {"events": length, "hash": digest}
    return fresh


async def ends(session: Session) -> tuple[End, ...]:
    """Where the chains end now."""
    rows = await session.rows(_ends)
    return tuple(End(chain=row["chain"], events=row["events"], hash=row["hash"]) for row in rows)


async def last_row(session: Session) -> int:
    """The highest number of an event's row."""
    row = await session.row(_last)
    return (row["last"] if row is not None else None) or 0


async def page(session: Session, after: int, most: int = PAGE) -> list[Row]:
    """Events as they are kept, those whose rows come after the given number."""
    return await session.rows(_page, after=after, most=most)


async def walk(reader: Reader, last: int) -> AsyncIterator[Row]:
    """Events in the order of their rows up to ``last``, page by page."""
    after = _BEFORE_ALL
    while rows := await reader.read(partial(page, after=after)):
        for row in rows:
            if row["id"] > last:
                return
            yield row
        after = rows[-1]["id"]
