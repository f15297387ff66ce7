"""Messages to somebody whose access has ended: what has not left is taken back, and their cards are blanked (P14)."""

from collections.abc import Iterable

from sqlalchemy import Integer, bindparam, delete, exists, select

from core.desk.ending_port import CardShown
from storage.engine.session import Query, Session, const
from storage.queues import alarm_lists
from storage.queues.outbox_rows import lines_of
from storage.queues.outbox_statements import in_lines
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
_being_sent = exists().where(
    in_lines,
    col(OutboxRow.state) == const(State.TAKEN),
    col(OutboxRow.card) == col(CardRow.card),
)
_never_seen = Query(
    delete(table(CardRow)).where(
        col(CardRow.chat) == bindparam("chat"), col(CardRow.message_id).is_(None), ~_being_sent
    )
)
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


async def take_back(session: Session, chat: int) -> None:
    """Take back all that waits for this chat, which is locked; what is being sent is there in a moment."""
    await alarm_lists.take_apart(session, chat)
    await session.run(_take_out, **lines_of(chat))
    await session.run(_never_seen, chat=chat, **lines_of(chat))


async def cards_in(session: Session, chat: int, most: int) -> tuple[CardShown, ...]:
    """The newest cards in a chat."""
    return tuple(await session.rows(_newest, chat=chat, most=most))


async def drop(session: Session, chat: int, cards: Iterable[CardShown]) -> None:
    """Make no cards of these any more; the chat is locked. One that another message shows by now stays one."""
    for card in cards:
        await session.run(_drop, chat=chat, card=card.name, message=card.message)
