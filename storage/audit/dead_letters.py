"""Dead letters: what was set aside because it could not be done, to be tried again or dropped with a reason."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from functools import partial
from typing import Generic, assert_never

from msgspec import Struct
from sqlalchemy import BigInteger, Integer, bindparam, exists, select, tuple_, update

from core.desk.ports import Record
from core.vocabulary.desk_events import DeadLetterKind, Dropped
from storage.audit import record
from storage.audit.chain import Reader
from storage.engine.session import Query, Session, const
from storage.queues import inbox, outbox_rows
from storage.queues.queue import Queue, State, Waiting
from storage.schema.instants import from_ms, to_ms
from storage.schema.rows import col
from storage.schema.tables import InboxRow, OutboxRow, table

PAGE = 100


class DeadLetter(Struct, frozen=True, kw_only=True):
    """One of them. ``number`` is its row's; ``content`` the raw JSON; ``chat`` 0 for an update that belongs to none."""

    kind: DeadLetterKind
    number: int
    chat: int
    parked_at: datetime
    cause: str
    content: str
    method: str | None = None


class Unfit(Exception):
    """It can't be tried again; the text says why."""


class _Parked(Generic[Waiting]):
    """The dead letters of one queue: ``letter_of`` shows a row of it."""

    def __init__(
        self,
        kind: DeadLetterKind,
        queue: Queue[Waiting],
        model: type[Waiting],
        letter_of: Callable[[Waiting], DeadLetter],
    ) -> None:
        self.kind = kind
        self.letter_of: Callable[[Waiting], DeadLetter] = letter_of
        self._queue: Queue[Waiting] = queue
        parked = col(model.state) == const(State.PARKED)
        rows = select(table(model)).where(parked)
        self._one: Query[Waiting] = Query(rows.where(col(model.id) == bindparam("number")), model)
        order = (col(model.ended_at), col(model.id))
        after = tuple_(bindparam("since", type_=BigInteger), bindparam("after", type_=BigInteger))
        # Said twice: this is what the index says of itself.
        ended = rows.where(col(model.state) >= const(State.DONE), tuple_(*order) > after)
        self._page: Query[Waiting] = Query(ended.order_by(*order).limit(bindparam("most", type_=Integer)), model)
        one = update(table(model)).where(col(model.id) == bindparam("row"))
        # Due since it was set aside: of its rank it is among the first.
        again = {"state": const(State.WAITING), "due_at": col(model.ended_at), "attempts": const(0), "ended_at": None}
        self._again = Query(one.values(again))
        at = bindparam("at", type_=BigInteger)
        self._end = Query(one.values(state=const(State.DONE), ended_at=at, payload=""))

    async def all(self, reader: Reader) -> AsyncIterator[DeadLetter]:
        """All of them, oldest first."""
        since, after = 0, 0
        while rows := await reader.read(partial(self._read, since=since, after=after)):
            for row in rows:
                yield self.letter_of(row)
            since, after = rows[-1].ended_at or 0, rows[-1].id

    async def _read(self, session: Session, since: int, after: int) -> list[Waiting]:
        return await session.rows(self._page, since=since, after=after, most=PAGE)

    async def find(self, session: Session, number: int) -> Waiting | None:
        """The one with this number."""
        return await session.row(self._one, number=number)

    async def retry(self, session: Session, row: Waiting) -> None:
        """Put it back into its line."""
        await self._queue.lock(session, row.line)
        await session.run(self._again, row=row.id)
        await self._queue.promote(session, row.line)

    async def older(self, session: Session, before: datetime, most: int) -> list[Waiting]:
        """Some that were set aside before then, the oldest first."""
        rows = await session.rows(self._page, since=0, after=0, most=most)
        return [row for row in rows if (row.ended_at or 0) < to_ms(before)]

    async def drop(
        self, session: Session, row: Waiting, known_as: int, why: str, now: datetime, via: str = "cli"
    ) -> None:
        """End it, and tell the history."""
        await session.run(self._end, row=row.id, at=to_ms(now))
        dead_letter = self.letter_of(row)
        event = Dropped(what=self.kind, number=known_as, address=dead_letter.chat, cause=dead_letter.cause)
        await record.add(session, [Record(at=now, event=event, by=None, via=via, reason=why)])


def _update(row: InboxRow) -> DeadLetter:
    return DeadLetter(
        kind=DeadLetterKind.UPDATE,
        number=row.id,
        chat=int(row.line),
        parked_at=from_ms(row.ended_at or 0),
        cause=row.error or "",
        content=row.payload,
    )


def _message(row: OutboxRow) -> DeadLetter:
    return DeadLetter(
        kind=DeadLetterKind.MESSAGE,
        number=row.id,
        chat=row.chat,
        parked_at=from_ms(row.ended_at or 0),
        cause=row.error or "",
        content=row.payload,
        method=row.method,
    )


_updates = _Parked(DeadLetterKind.UPDATE, inbox.queue, InboxRow, _update)
_messages = _Parked(DeadLetterKind.MESSAGE, outbox_rows.queue, OutboxRow, _message)
_newer = Query.value(
    select(
        exists()
        .where(
            col(OutboxRow.card) == bindparam("card"),
            col(OutboxRow.chat) == bindparam("chat"),
            col(OutboxRow.id) > bindparam("row"),
        )
        .label("newer")
    )
)


async def dead_letters(reader: Reader) -> AsyncIterator[DeadLetter]:
    """All of them, oldest first, updates before messages."""
    async for dead_letter in _updates.all(reader):
        yield dead_letter
    async for dead_letter in _messages.all(reader):
        yield dead_letter


async def retry(session: Session, kind: DeadLetterKind, number: int) -> bool:
    """Try it again, as if it had just come; False when it is not there.

    Raises:
        Unfit: it is an older state of a message that has got a newer one since.
    """
    match kind:
        case DeadLetterKind.UPDATE:
            update_ = await _updates.find(session, number)
            if update_ is not None:
                await _updates.retry(session, update_)
            return update_ is not None
        case DeadLetterKind.MESSAGE:
            message = await _messages.find(session, number)
            if message is None:
                return False
            if message.card is not None and await session.row(_newer, card=message.card, chat=message.chat, row=number):
                raise Unfit("its message has been said anew since; drop it")
            await _messages.retry(session, message)
            return True
        case _:
            assert_never(kind)


async def drop(session: Session, kind: DeadLetterKind, number: int, why: str, now: datetime) -> bool:
    """Set it aside for good, and keep in the history who decided so and why; False when it is not there."""
    match kind:
        case DeadLetterKind.UPDATE:
            arrived = await _updates.find(session, number)
            if arrived is not None:
                await _updates.drop(session, arrived, arrived.update_id, why, now)
            return arrived is not None
        case DeadLetterKind.MESSAGE:
            message = await _messages.find(session, number)
            if message is not None:
                await _messages.drop(session, message, number, why, now)
            return message is not None
        case _:
            assert_never(kind)


async def expire(session: Session, before: datetime, most: int, *, now: datetime) -> int:
    """Drop at most so many that were set aside before then and that nobody looked at since; how many."""
    why = "nobody looked at it in time"
    updates = await _updates.older(session, before, most)
    for arrived in updates:
        await _updates.drop(session, arrived, arrived.update_id, why, now, "desk")
    messages = await _messages.older(session, before, most - len(updates))
    for message in messages:
        await _messages.drop(session, message, message.id, why, now, "desk")
    return len(updates) + len(messages)
