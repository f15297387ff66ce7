"""Dead letters: what was set aside because it could not be done, to be tried again or dropped with a reason."""

from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial

from msgspec import Struct
from sqlalchemy import BigInteger, Integer, Table, bindparam, exists, select, tuple_, update

from core.desk.ports import Record
from core.vocabulary.desk_events import DeadLetterKind, Dropped
from storage.audit import record
from storage.audit.chain import Reader
from storage.engine.session import Query, Row, Session, const
from storage.queues import inbox, outbox
from storage.queues.queue import State
from storage.schema.instants import from_ms, to_ms
from storage.schema.tables import InboxRow, OutboxRow, table

PAGE = 100
_TABLES = {DeadLetterKind.UPDATE: table(InboxRow), DeadLetterKind.MESSAGE: table(OutboxRow)}
_QUEUES = {DeadLetterKind.UPDATE: inbox.queue, DeadLetterKind.MESSAGE: outbox.queue}


class DeadLetter(Struct, frozen=True, kw_only=True):
    """One of them. ``number`` is its row's; ``content`` the raw JSON; ``chat`` 0 for an update that belongs to none."""

    parcel: DeadLetterKind
    number: int
    chat: int
    parked_at: datetime
    cause: str
    content: str
    method: str | None = None


class Unfit(Exception):
    """It can't be tried again; the text says why."""


def _one(rows: Table) -> Query:
    return Query(select(rows).where(rows.c.id == bindparam("number"), rows.c.state == const(State.PARKED)))


def _page(rows: Table) -> Query:
    c = rows.c
    # Said twice: the first is what the index says of itself.
    parked = (c.state >= const(State.DONE), c.state == const(State.PARKED))
    after = tuple_(bindparam("since", type_=BigInteger), bindparam("after", type_=BigInteger))
    order = (c.ended_at, c.id)
    return Query(
        select(rows).where(*parked, tuple_(*order) > after).order_by(*order).limit(bindparam("most", type_=Integer))
    )


def _again(rows: Table) -> Query:
    # Due since it was set aside: of its rank it is among the first.
    again = {"state": const(State.WAITING), "due_at": rows.c.ended_at, "attempts": const(0), "ended_at": None}
    return Query(update(rows).where(rows.c.id == bindparam("row")).values(again))


def _end(rows: Table) -> Query:
    at = bindparam("at", type_=BigInteger)
    return Query(
        update(rows).where(rows.c.id == bindparam("row")).values(state=const(State.DONE), ended_at=at, payload="")
    )


_one_of = {parcel: _one(rows) for parcel, rows in _TABLES.items()}
_page_of = {parcel: _page(rows) for parcel, rows in _TABLES.items()}
_again_of = {parcel: _again(rows) for parcel, rows in _TABLES.items()}
_end_of = {parcel: _end(rows) for parcel, rows in _TABLES.items()}
_outbox = table(OutboxRow)
_newer = Query(
    select(
        exists()
        .where(
            _outbox.c.card == bindparam("card"),
            _outbox.c.chat == bindparam("chat"),
            _outbox.c.id > bindparam("row"),
        )
        .label("newer")
    )
)


async def dead_letters(reader: Reader) -> AsyncIterator[DeadLetter]:
    """All of them, oldest first, updates before messages."""
    for parcel in DeadLetterKind:
        since, after = 0, 0
        while rows := await reader.read(partial(_read, parcel=parcel, since=since, after=after)):
            for row in rows:
                yield _letter(parcel, row)
            since, after = rows[-1]["ended_at"], rows[-1]["id"]


async def _read(session: Session, parcel: DeadLetterKind, since: int, after: int) -> list[Row]:
    return await session.rows(_page_of[parcel], since=since, after=after, most=PAGE)


async def retry(session: Session, parcel: DeadLetterKind, number: int) -> bool:
    """Try it again, as if it had just come; False when it is not there.

    Raises:
        Unfit: it is an older state of a message that has got a newer one since.
    """
    row = await session.row(_one_of[parcel], number=number)
    if row is None:
        return False
    if parcel is DeadLetterKind.MESSAGE and row["card"] is not None:
        found = await session.row(_newer, card=row["card"], chat=row["chat"], row=number)
        if found is not None and found["newer"]:
            raise Unfit("its message has been said anew since; drop it")
    await session.run(_again_of[parcel], row=number)
    await _QUEUES[parcel].promote(session, row["line"])
    return True


async def drop(session: Session, parcel: DeadLetterKind, number: int, why: str, now: datetime) -> bool:
    """Nobody will try it again, and the history says who decided so and why; False when it is not there."""
    row = await session.row(_one_of[parcel], number=number)
    if row is None:
        return False
    await session.run(_end_of[parcel], row=number, at=to_ms(now))
    letter = _letter(parcel, row)
    known_as = row["update_id"] if parcel is DeadLetterKind.UPDATE else number
    event = Dropped(what=parcel, number=known_as, chat=letter.chat, cause=letter.cause)
    await record.add(session, [Record(at=now, event=event, by=None, via="cli", reason=why)])
    return True


def _letter(parcel: DeadLetterKind, row: Row) -> DeadLetter:
    message = parcel is DeadLetterKind.MESSAGE
    return DeadLetter(
        parcel=parcel,
        number=row["id"],
        chat=row["chat"] if message else int(row["line"]),
        parked_at=from_ms(row["ended_at"] or 0),
        cause=row["error"] or "",
        content=row["payload"],
        method=row["method"] if message else None,
    )
