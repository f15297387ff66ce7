"""Topics of groups: the one in which the desk speaks of itself, and the one in which it was spoken to last."""

from msgspec import Struct
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.engine.session import Query, Session
from storage.queues.addressed_call import GENERAL
from storage.schema.room_tables import RoomRow
from storage.schema.rows import col
from storage.schema.tables import table

_NOTE = "topics"
_room = table(RoomRow)
_here = col(RoomRow.chat) == bindparam("chat")
_topic = Query.value(select(col(RoomRow.topic)).where(_here))
_heard = Query.value(select(col(RoomRow.heard)).where(_here))


def _put(column: str) -> Query[None]:
    new = insert(_room).values(chat=bindparam("chat"), told=0, **{column: bindparam("value")})
    changed = _room.c[column].is_distinct_from(new.excluded[column])
    return Query(new.on_conflict_do_update(index_elements=["chat"], set_={column: new.excluded[column]}, where=changed))


_set_topic, _set_heard = _put("topic"), _put("heard")


async def topic_of(session: Session, chat: int) -> int | None:
    """The topic for whatever the desk says of itself in this group; None: the main one."""
    return await session.row(_topic, chat=chat)


async def set_topic(session: Session, chat: int, topic: int | None) -> None:
    """From now on it speaks there."""
    await session.run(_set_topic, chat=chat, value=topic)


async def heard_in(session: Session, chat: int) -> int | None:
    """The topic in which somebody spoke to the desk last; None: never in any."""
    return await session.row(_heard, chat=chat)


async def note_heard(session: Session, chat: int, topic: int) -> None:
    """Somebody speaks to the desk in this topic, which is therefore open."""
    await session.run(_set_heard, chat=chat, value=topic)


class TopicTried(Struct, frozen=True):
    """The topic to try next (None: the main one), and the note of those that refused, kept as the row's error."""

    topic: int | None
    note: str


def next_topic(refused: int | None, heard: int | None, note: str | None) -> TopicTried | None:
    """Where in a group to try what a topic refused: the main one, then the one heard last; each once."""
    words = (note or "").split()
    tried = {*(words[1:] if words[:1] == [_NOTE] else ()), str(refused or GENERAL)}
    for topic in (GENERAL, heard):
        if topic is not None and str(topic) not in tried:
            return TopicTried(topic if topic != GENERAL else None, " ".join([_NOTE, *sorted(tried)]))
    return None
