"""Topics of groups: the one in which the desk speaks of itself, and the one in which it was spoken to last."""

from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.engine.locks import of_chat
from storage.engine.session import Query, Session
from storage.queues.addressed_call import GENERAL
from storage.schema.instants import from_ms, maybe_from_ms, to_ms
from storage.schema.room_tables import MovedChatRow, RoomRow
from storage.schema.rows import col
from storage.schema.tables import table
from storage.schema.unit_tables import UnitRow

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
    await session.lock(of_chat(chat))
    await session.run(_set_topic, chat=chat, value=topic)


async def heard_in(session: Session, chat: int) -> int | None:
    """The topic in which somebody spoke to the desk last; None: never in any."""
    return await session.row(_heard, chat=chat)


async def note_heard(session: Session, chat: int, topic: int) -> None:
    """Somebody speaks to the desk in this topic, which is therefore open."""
    await session.lock(of_chat(chat))
    await session.run(_set_heard, chat=chat, value=topic)


class Guest(Struct, frozen=True):
    """The desk in a group that is nobody's: how long it waits to be linked; ``told``: it has said that it leaves."""

    until: datetime | None = None
    told: bool = False


class Room(Struct, frozen=True):
    """A group as the desk knows it: its own, or one in which it is a guest."""

    known: bool
    guest: Guest = Guest()


_linked = Query.value(
    select(col(UnitRow.id)).where(col(UnitRow.chat) == bindparam("chat"), col(UnitRow.chat).is_not(None))
)
_former = Query.value(select(col(MovedChatRow.chat)).where(col(MovedChatRow.to) == bindparam("chat")))


class _Standing(NamedTuple):
    told: int
    guest_until: int | None


_standing = Query(select(col(RoomRow.told), col(RoomRow.guest_until)).where(_here), _Standing)
_put_guest = insert(_room).values({name: bindparam(name) for name in ("chat", "told", "guest_until")})
_set_guest = Query(
    _put_guest.on_conflict_do_update(
        index_elements=["chat"], set_={name: _put_guest.excluded[name] for name in ("told", "guest_until")}
    )
)

_waits = col(RoomRow.guest_until).is_not(None)
_first_end = Query.value(
    select(func.min(col(RoomRow.guest_until))).where(_waits, col(RoomRow.guest_until) <= bindparam("until"))
)
_ended = Query.value(
    select(col(RoomRow.chat)).where(_waits, col(RoomRow.guest_until) <= bindparam("now")).with_for_update()
)


async def standing(session: Session, chat: int, configured: frozenset[int]) -> Room:
    """How the desk stands in this group: it is configured, or a unit's, or became a supergroup of such a one."""
    if chat in configured or await session.row(_linked, chat=chat) is not None:
        return Room(known=True)
    if configured.intersection(await session.rows(_former, chat=chat)):
        return Room(known=True)
    row = await session.row(_standing, chat=chat)
    if row is None:
        return Room(known=False)
    until = from_ms(row.guest_until) if row.guest_until is not None else None
    return Room(known=False, guest=Guest(until=until, told=bool(row.told)))


async def set_guest(session: Session, chat: int, guest: Guest) -> None:
    """From now on it stands there so."""
    until = to_ms(guest.until) if guest.until is not None else None
    await session.lock(of_chat(chat))
    await session.run(_set_guest, chat=chat, told=int(guest.told), guest_until=until)


async def link(session: Session, chat: int, topic: int | None) -> None:
    """It is a unit's group from now on, which nobody leaves; the desk speaks in this topic."""
    await set_topic(session, chat, topic)
    await set_guest(session, chat, Guest())


async def first_end(session: Session, until: datetime) -> datetime | None:
    """When the time in which a group may be linked runs out next; None: not until then."""
    return maybe_from_ms(await session.row(_first_end, until=to_ms(until)))


async def overstayed(session: Session, now: datetime) -> list[int]:
    """Groups that were not linked in time, locked until the end of the transaction."""
    return await session.rows(_ended, now=to_ms(now))


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
