"""The chain of events (P10): each has its number and a hash over the one before it.

So none can be changed, taken out, put in or moved without a trace.

Transactions that run side by side have a chain each (``Session.slot``), or each would wait for the others' commits;
SQLite has one. The hash of an event is the SHA-256, in hexadecimal, of the hash before it in its chain (64 zeros before
the first) followed by its row as a JSON array without spaces, in UTF-8:
``[chain, link, at, task, person, unit, by, via, reason, body]``. Where a person's words are set apart from it
(``storage.audit.apart``), ``reason`` is empty, ``body`` is without them, and their digest is one element more. A writer
of the database could also hash everything anew; that is found by a seal that was published before.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple, Protocol, TypeVar

from msgspec import Struct, json
from msgspec.structs import asdict, astuple, replace
from sqlalchemy import BigInteger, Integer, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from core.vocabulary.desk_events import Sealed
from storage.audit.apart import Apart, parts_of
from storage.engine.session import Query, Session, const
from storage.engine.sqlite import Work
from storage.schema.rows import col
from storage.schema.tables import ChainRow, EventRow, table

T = TypeVar("T")

BEFORE_THE_FIRST = "0" * 64
PAGE = 2_000
# A number that no row can be before.
BEFORE_ALL = -(2**63)
_end, _event = table(ChainRow), table(EventRow)
_begin = insert(_end).values(chain=bindparam("slot"), events=const(0), hash=const(BEFORE_THE_FIRST))


class _Last(NamedTuple):
    events: int
    hash: str


# The row stays locked until the end of the transaction, so that no two events follow the same one.
_seize = Query(
    _begin.on_conflict_do_update(index_elements=["chain"], set_={"events": col(ChainRow.events)}).returning(
        col(ChainRow.events), col(ChainRow.hash)
    ),
    _Last,
)
_lengthen = Query(
    update(_end)
    .where(col(ChainRow.chain) == bindparam("slot"))
    .values(
        {"events": bindparam("length", type_=BigInteger), "hash": bindparam("digest", type_=col(ChainRow.hash).type)}
    )
)
_ends = Query(select(_end).order_by(col(ChainRow.chain)), ChainRow)
_last = Query.value(select(func.max(col(EventRow.id))))
_page = Query(
    select(_event)
    .where(col(EventRow.id) > bindparam("after"))
    .order_by(col(EventRow.id))
    .limit(bindparam("most", type_=Integer)),
    EventRow,
)


class Hashed(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """The part of an event that its hash covers, in this order."""

    chain: int
    link: int
    at: int
    task: int | None
    person: int | None
    unit: int | None
    by: int | None
    via: str
    reason: str
    body: str


class NewEvent(Struct, frozen=True, kw_only=True, gc=False):
    """An event as its row will hold it, and the part of it that is set apart; ``hash`` once it has its place."""

    event: Hashed
    whose: int | None = None
    apart: Apart | None = None
    hash: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """The values of its row."""
        apart = self.apart
        return asdict(self.event) | {
            "hash": self.hash,
            "salt": apart.salt if apart is not None else None,
            "erasable": apart.erasable if apart is not None else None,
            "digest": None,
            "whose": self.whose if apart is not None else None,
        }


class End(Struct, frozen=True, kw_only=True, array_like=True):
    """Where a chain ends: how many events it has and the hash of the last, which stands for all of them."""

    chain: int
    events: int
    hash: str


class Reader(Protocol):
    """Where the record is read: a store."""

    async def read(self, work: Work[T]) -> T:
        """Run a unit that only reads."""


def hashed(row: EventRow) -> Hashed:
    """An event as its row holds it."""
    return Hashed(
        chain=row.chain,
        link=row.link,
        at=row.at,
        task=row.task,
        person=row.person,
        unit=row.unit,
        by=row.by,
        via=row.via,
        reason=row.reason,
        body=row.body,
    )


def covered(row: EventRow) -> tuple[Hashed, str | None]:
    """The part of an event's row that its hash covers, and the digest of the words that are set apart from it.

    Raises:
        Bent: no desk wrote that.
    """
    apart = parts_of(row)
    return (hashed(row), row.digest) if apart is None else covered_apart(hashed(row), apart)


def covered_apart(event: Hashed, apart: Apart) -> tuple[Hashed, str]:
    """The part that the hash covers of an event whose words are set apart so, and their digest."""
    return replace(event, reason="", body=apart.rest), apart.digest


def hash_of(before: str, event: Hashed, digest: str | None = None) -> str:
    """The hash of an event, given that of the one before it, and the digest of what is set apart from it."""
    covers = json.encode(event if digest is None else (*astuple(event), digest))
    return sha256(before.encode() + covers).hexdigest()


def seal_of(ends: Iterable[End]) -> str:
    """One hash for the whole record: the SHA-256 of all ends as JSON, ``[[chain, events, hash], …]``."""
    return sha256(json.encode(list(ends))).hexdigest()


def sealed(ends: tuple[End, ...]) -> Sealed:
    """A published seal as it is stored."""
    return Sealed(seal=seal_of(ends), ends=tuple((end.chain, end.events, end.hash) for end in ends))


async def link(session: Session, events: Sequence[NewEvent]) -> list[NewEvent]:
    """Give new events their ``chain``, ``link`` and ``hash``, as the end of this transaction's chain."""
    if not events:
        return []
    end: _Last | None = session.notes.get("chain") or await session.row(_seize, slot=session.slot)
    assert end is not None
    length, digest = end
    linked: list[NewEvent] = []
    for one in events:
        length += 1
        placed = replace(one.event, chain=session.slot, link=length)
        covers = (placed, None) if one.apart is None else covered_apart(placed, one.apart)
        digest = hash_of(digest, *covers)
        linked.append(replace(one, event=placed, hash=digest))
    await session.run(_lengthen, slot=session.slot, length=length, digest=digest)
    session.notes["chain"] = _Last(length, digest)
    return linked


async def ends(session: Session) -> tuple[End, ...]:
    """Where the chains end now."""
    rows = await session.rows(_ends)
    return tuple(End(chain=row.chain, events=row.events, hash=row.hash) for row in rows)


async def last_row(session: Session) -> int:
    """The highest number of an event's row."""
    return await session.row(_last) or 0


async def page(session: Session, after: int, most: int = PAGE) -> list[EventRow]:
    """Events as they are kept, those whose rows come after the given number."""
    return await session.rows(_page, after=after, most=most)


async def walk(reader: Reader, last: int, after: int = BEFORE_ALL) -> AsyncIterator[EventRow]:
    """Events in the order of their rows after ``after`` up to ``last``, page by page."""
    while rows := await reader.read(partial(page, after=after)):
        for row in rows:
            if row.id > last:
                return
            yield row
        after = rows[-1].id
