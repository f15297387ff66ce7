"""Which message shows what in which chat."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.engine.locks import of_chat
from storage.engine.many import Many
from storage.engine.session import Query, Session
from storage.schema.rows import col
from storage.schema.tables import CardRow, table

_card = table(CardRow)
_at = (col(CardRow.card) == bindparam("card"), col(CardRow.chat) == bindparam("chat"))


class Shown(NamedTuple):
    """The message that shows a card, None until it is sent, the digest of what it says, and the topic it stands in."""

    message_id: int | None
    digest: str
    topic: int | None = None


class InChat(NamedTuple):
    """The message that shows a card in one of several chats."""

    chat: int
    message_id: int | None


_find = Query(select(col(CardRow.message_id), col(CardRow.digest), col(CardRow.topic)).where(*_at), Shown)
messages = Many(
    lambda chats: Query(
        select(col(CardRow.chat), col(CardRow.message_id)).where(
            col(CardRow.card) == bindparam("card"), col(CardRow.chat).in_(chats)
        ),
        InChat,
    )
)
_those = Many(
    lambda cards: Query.value(
        select(col(CardRow.card)).where(col(CardRow.chat) == bindparam("chat"), col(CardRow.card).in_(cards))
    )
)
_new = insert(_card).values({column.name: bindparam(column.name) for column in _card.columns})
_expect = Query(_new.on_conflict_do_nothing(index_elements=["card", "chat"]))
_keep = Query(
    _new.on_conflict_do_update(
        index_elements=["card", "chat"],
        set_={name: _new.excluded[name] for name in ("message_id", "digest", "topic")},
    )
)
_drop = Query(delete(_card).where(*_at))


async def find(session: Session, card: str, chat: int) -> Shown | None:
    """The message that shows a card in a chat."""
    return await session.row(_find, card=card, chat=chat)


async def those_in(session: Session, chat: int, cards: Sequence[str]) -> frozenset[str]:
    """Those of these cards that a chat shows or is about to."""
    return frozenset(await _those.ask(session, cards, chat=chat)) if cards else frozenset()


async def expect(session: Session, card: str, chat: int, topic: int | None = None) -> None:
    """A message that will show it is on its way."""
    await session.lock(of_chat(chat))
    await session.run(_expect, card=card, chat=chat, message_id=None, digest="", topic=topic)


async def expect_all(session: Session, expected: Iterable[tuple[str, int, int | None]]) -> None:
    """Messages that will show these cards, in these chats and topics, are on their way."""
    await session.run_each(
        _expect,
        (
            {"card": card, "chat": chat, "message_id": None, "digest": "", "topic": topic}
            for card, chat, topic in expected
        ),
    )


async def keep(session: Session, card: str, chat: int, message_id: int, digest: str, topic: int | None = None) -> None:
    """This message shows it now."""
    await session.lock(of_chat(chat))
    await session.run(_keep, card=card, chat=chat, message_id=message_id, digest=digest, topic=topic)


async def drop(session: Session, card: str, chat: int) -> None:
    """It is not shown there any more."""
    await session.lock(of_chat(chat))
    await session.run(_drop, card=card, chat=chat)
