"""Messages to somebody whose access has ended: what has not left is taken back, and their cards are blanked (P14)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, func, select, update

from core.desk.ending_port import CardShown
from storage.engine.session import Query, Session, const
from storage.queues import alarm_lists
from storage.queues.outbox import BLOCKED
from storage.queues.outbox_rows import lines_of
from storage.queues.outbox_statements import LIST, VOID, in_lines
from storage.queues.queue import State
from storage.schema.rows import col
from storage.schema.tables import CardRow, OutboxRow, table

_take_out = Query(
    delete(table(OutboxRow)).where(
        in_lines,
        col(OutboxRow.state) < const(State.DONE),  # said for the index
        col(OutboxRow.state) < const(State.TAKEN),
    )
)
_taken = (in_lines, col(OutboxRow.state) == const(State.TAKEN))
_never_seen = Query(
    delete(table(CardRow)).where(col(CardRow.chat) == bindparam("chat"), col(CardRow.message_id).is_(None))
)
_lists = Query(select(table(OutboxRow)).where(*_taken, col(OutboxRow.method) == const(LIST)), OutboxRow)
_empty = Query(
    update(table(OutboxRow)).where(*_taken).values(method=const(VOID), payload=const("{}"), card=None, ring=const(0))
)
_in_hand = Query.value(select(func.count()).select_from(table(OutboxRow)).where(*_taken))
_in_chat = (col(CardRow.chat) == bindparam("chat"), col(CardRow.message_id).is_not(None))
_newest = Query(
    select(col(CardRow.card).label("name"), col(CardRow.message_id).label("message"))
    .where(*_in_chat)
    .order_by(col(CardRow.message_id).desc())
    .limit(bindparam("most", type_=Integer)),
    CardShown,
)
_drop = Query(
    delete(table(CardRow)).where(
        col(CardRow.chat) == bindparam("chat"),
        col(CardRow.card) == bindparam("card"),
        col(CardRow.message_id) == bindparam("message"),
    )
)


async def take_back(session: Session, chat: int, now: datetime) -> None:
    """Take back all that waits for this chat, which is locked.

    What is being sent may be there in a moment, and is a card then. Where it comes back instead, it says nothing.
    """
    await alarm_lists.take_apart(session, chat)
    await session.run(_take_out, **lines_of(chat))
    await session.run(_never_seen, chat=chat)
    for row in await session.rows(_lists, **lines_of(chat)):
        await alarm_lists.settle(session, row, now, BLOCKED)
    await session.run(_empty, **lines_of(chat))


async def in_hand(session: Session, chat: int) -> bool:
    """Whether something is being sent to this chat, and nobody knows yet whether it is there."""
    return bool(await session.row(_in_hand, **lines_of(chat)))


async def cards_in(session: Session, chat: int, most: int) -> tuple[CardShown, ...]:
    """The newest cards in a chat."""
    return tuple(await session.rows(_newest, chat=chat, most=most))


async def drop(session: Session, chat: int, cards: Iterable[CardShown]) -> None:
    """Make no cards of these any more; the chat is locked. One that another message shows by now stays one."""
    for card in cards:
        await session.run(_drop, chat=chat, card=card.name, message=card.message)
