"""Readers of a card, and the announcements that they still wait for: each at the cost of a page."""

from collections.abc import Sequence

from msgspec import json
from sqlalchemy import Integer, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from core.notifications.announcement import EVERY_CLIMB, Announcement, Stage
from core.notifications.audience import Audience
from core.state.person import Person
from core.vocabulary.events import TaskEvent
from storage.engine.many import Many
from storage.engine.session import Query, Session, const
from storage.queues.addressed_call import destination_at
from storage.repositories.people import person_of
from storage.schema.rows import col
from storage.schema.tables import CardRow, PersonRow, table
from storage.schema.telling_tables import AnnouncementRow, ToldRow

_row, _card, _person, _told = table(AnnouncementRow), table(CardRow), table(PersonRow), table(ToldRow)
_rooms = Query.value(
    select(col(CardRow.chat)).where(col(CardRow.card) == bindparam("card"), col(CardRow.chat) < const(0))
)
_shown_to = Many(
    lambda chats: Query.value(
        select(col(CardRow.chat)).where(col(CardRow.card) == bindparam("card"), col(CardRow.chat).in_(chats))
    )
)
_knows = (
    select(col(ToldRow.climb))
    .where(
        col(ToldRow.task) == bindparam("task"),
        col(ToldRow.person) == col(PersonRow.id),
        col(ToldRow.climb) >= bindparam("climb"),
    )
    .correlate(_person)
    .exists()
)
_readers = Query(
    select(_person)
    .join_from(_card, _person, col(CardRow.chat) == col(PersonRow.telegram_id))
    .where(col(CardRow.card) == bindparam("card"), col(CardRow.chat) > bindparam("after"), ~_knows)
    .order_by(col(CardRow.chat))
    .limit(bindparam("most", type_=Integer)),
    PersonRow,
)
_kept = [column.name for column in _row.columns if column.name != "id"]
_add = Query(insert(_row).values({name: bindparam(name) for name in _kept}))
_not_begun = Query(
    update(_row)
    .where(
        col(AnnouncementRow.task) == bindparam("task"),
        col(AnnouncementRow.stage) == const(Stage.QUIET.value),
        col(AnnouncementRow.after).is_(None),
    )
    .values({name: bindparam(name) for name in ("events", "caller", "but", "climb", "said")})
)
_first = Query(
    select(_row)
    .where(col(AnnouncementRow.task) == bindparam("task"))
    .order_by(col(AnnouncementRow.id))
    .limit(const(1)),
    AnnouncementRow,
)
_go_on = Query(
    update(_row)
    .where(col(AnnouncementRow.id) == bindparam("id_"))
    .values({name: bindparam(name) for name in ("stage", "after", "said")})
)
_end = Query(delete(_row).where(col(AnnouncementRow.id) == bindparam("id_")))
_events = json.Decoder(tuple[TaskEvent, ...])
_NOBODY_YET = 0  # rooms have negative addresses


async def audience(session: Session, card: str, task: int, people: Sequence[Person], *, most: int) -> Audience:
    """Rooms and those of these people who are shown a card or about to be, and its first readers."""
    rooms = session.ask(_rooms, card=card)
    near = _shown_to.ask(session, [person.account for person in people], card=card) if people else None
    asked = {"card": card, "task": task, "climb": EVERY_CLIMB, "after": _NOBODY_YET, "most": most}
    readers = session.ask(_readers, **asked) if most else None
    in_rooms = await rooms
    accounts = frozenset(await near) if near is not None else frozenset()
    return Audience(
        rooms=tuple(destination_at(address) for address in in_rooms),
        shown=tuple(person.destination for person in people if person.account in accounts),
        readers=tuple(person_of(row) for row in await readers) if readers is not None else (),
    )


async def shown_to(session: Session, card: str, accounts: Sequence[int]) -> frozenset[int]:
    """Those of these accounts that are shown a card or are about to be."""
    return frozenset(await _shown_to.ask(session, accounts, card=card)) if accounts else frozenset()


async def readers(
    session: Session, card: str, task: int, *, climb: int, after: int | None, most: int
) -> tuple[Person, ...]:
    """People who have the card, by account after the given one, without those whom this climb has told."""
    first = after if after is not None else _NOBODY_YET
    rows = await session.rows(_readers, card=card, task=task, climb=climb, after=first, most=most)
    return tuple(person_of(row) for row in rows)


async def keep(session: Session, announcement: Announcement) -> None:
    """Keep an announcement; one that only changes cards takes the place of one that has not begun."""
    values = {
        "events": json.encode(announcement.events).decode(),
        "caller": announcement.caller,
        "but": json.encode(announcement.but).decode(),
        "climb": announcement.climb,
        "said": announcement.said,
    }
    task = announcement.task
    quiet = announcement.stage is Stage.QUIET and announcement.after is None
    if quiet and await session.touched(_not_begun, task=task, **values):
        return
    await session.run(_add, task=task, stage=announcement.stage.value, after=announcement.after, **values)


async def first(session: Session, task: int) -> Announcement | None:
    """The oldest announcement of a task."""
    row = await session.row(_first, task=task)
    if row is None:
        return None
    return Announcement(
        id=row.id,
        task=row.task,
        events=_events.decode(row.events),
        stage=Stage(row.stage),
        caller=row.caller,
        but=json.decode(row.but, type=tuple[int, ...]),
        after=row.after,
        climb=row.climb,
        said=row.said,
    )


async def go_on(session: Session, announcement: Announcement) -> None:
    """Keep how far it is."""
    stage, after = announcement.stage.value, announcement.after
    await session.run(_go_on, id_=announcement.id, stage=stage, after=after, said=announcement.said)


async def end(session: Session, announcement: Announcement) -> None:
    """Everybody knows."""
    await session.run(_end, id_=announcement.id)
