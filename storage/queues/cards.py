"""Which message shows what in which chat."""

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.engine.session import Query, Row, Session
from storage.schema.tables import CardRow, table

_card = table(CardRow)
_at = (_card.c.card == bindparam("card"), _card.c.chat == bindparam("chat"))
_find = Query(select(_card.c.message_id, _card.c.digest).where(*_at))
_chats = Query(select(_card.c.chat).where(_card.c.card == bindparam("card")).order_by(_card.c.chat))
_new = insert(_card).values(
    card=bindparam("card"), chat=bindparam("chat"), message_id=bindparam("message_id"), digest=bindparam("digest")
)
_expect = Query(_new.on_conflict_do_nothing(index_elements=["card", "chat"]))
_keep = Query(
    _new.on_conflict_do_update(
        index_elements=["card", "chat"],
        set_={"message_id": _new.excluded.message_id, "digest": _new.excluded.digest},
    )
)
_drop = Query(delete(_card).where(*_at))


async def find(session: Session, card: str, chat: int) -> Row | None:
    """The message that shows it (``message_id``, ``digest`` of what it says)."""
    return await session.row(_find, card=card, chat=chat)


async def shown_in(session: Session, card: str) -> tuple[int, ...]:
    """The chats that show it or are about to."""
    return tuple(row["chat"] for row in await session.rows(_chats, card=card))


async def expect(session: Session, card: str, chat: int) -> None:
    """A message that will show it is on its way."""
    await session.run(_expect, card=card, chat=chat, message_id=None, digest="")


async def keep(session: Session, card: str, chat: int, message_id: int, digest: str) -> None:
    """This message shows it now."""
    await session.run(_keep, card=card, chat=chat, message_id=message_id, digest=digest)


async def drop(session: Session, card: str, chat: int) -> None:
    """It is not shown there any more."""
    await session.run(_drop, card=card, chat=chat)
