"""Crowds by page, and what they are still to be told: circulars on disk, at the cost of a page (P11)."""

from collections.abc import Sequence
from typing import assert_never

from msgspec import json
from sqlalchemy import Integer, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.elements import ColumnElement

from core.desk.circular_port import Circular
from core.state.crowd import Circle, Crowd, Rest
from core.state.person import Person
from core.vocabulary.contents import Screen
from core.vocabulary.words import Lane, Role
from storage.engine.locks import Lock, of_person, of_unit
from storage.engine.session import Query, Session, const
from storage.repositories.people import person_of
from storage.schema.instants import maybe_from_ms, maybe_ms
from storage.schema.rows import col
from storage.schema.tables import CardRow, PersonRow, table
from storage.schema.telling_tables import CircularRow

_row, _person, _card = table(CircularRow), table(PersonRow), table(CardRow)
_active = col(PersonRow.membership) == const("active")
_hears = col(PersonRow.reachable) == const(1)


def _page(*where: ColumnElement[bool]) -> Query[PersonRow]:
    """People whom a message reaches, by id."""
    return Query(
        select(_person)
        .where(_active, _hears, *where, col(PersonRow.id) > bindparam("after"))
        .order_by(col(PersonRow.id))
        .limit(bindparam("most", type_=Integer)),
        PersonRow,
    )


_supervisors = _page(col(PersonRow.role) == const(int(Role.SUPERVISOR)))
_admins = _page(col(PersonRow.role) == const(int(Role.ADMIN)))
# As the indexes of a unit's supervisors and of its people have it: each is served by its own, and by no other.
_of_unit = _page(
    col(PersonRow.role) + const(0) == const(int(Role.SUPERVISOR)), col(PersonRow.unit) == bindparam("unit")
)
_members = _page(col(PersonRow.unit) == bindparam("unit"), col(PersonRow.unit) + const(0) > const(0))
_shown = Query(
    select(_person)
    .join_from(_card, _person, col(CardRow.chat) == col(PersonRow.telegram_id))
    .where(col(CardRow.card) == bindparam("card"), col(CardRow.chat) > bindparam("after"), _active)
    .order_by(col(CardRow.chat))
    .limit(bindparam("most", type_=Integer)),
    PersonRow,
)
_kept = [column.name for column in _row.columns if column.name != "id"]
_add = Query(insert(_row).values({name: bindparam(name) for name in _kept}))
_first = Query(
    select(_row)
    .where(col(CircularRow.person) == bindparam("person"), col(CircularRow.unit) == bindparam("unit"))
    .order_by(col(CircularRow.lane), col(CircularRow.id))
    .limit(const(1)),
    CircularRow,
)
_at = (
    col(CircularRow.person) == bindparam("person"),
    col(CircularRow.unit) == bindparam("unit"),
    col(CircularRow.id) == bindparam("id_"),
)
_go_on = Query(update(_row).where(*_at).values(after=bindparam("place")))
_end = Query(delete(_row).where(*_at))
_shows = Query.value(select(col(CircularRow.id)).where(col(CircularRow.card) == bindparam("card")).limit(const(1)))
_of_card = col(CircularRow.card) == bindparam("card")
_reword = Query(update(_row).where(_of_card).values(screen=bindparam("words")))
_recall = Query(delete(_row).where(_of_card))
_screen = json.Decoder(Screen)
_encoder = json.Encoder(enc_hook=str)  # marked-up words have a type of their own


async def page(session: Session, crowd: Crowd, *, after: int, most: int) -> tuple[Person, ...]:
    """People of a crowd, in the order of `Crowd.place_of`, those that follow the given number."""
    found: list[Person] = []
    while True:
        rows = await _rows(session, crowd, after, most)
        people = [person_of(row) for row in rows]
        found += [person for person in people if person.id not in crowd.but]
        if len(found) >= most or len(people) < most:
            return tuple(found[:most])
        after = crowd.place_of(people[-1])


async def _rows(session: Session, crowd: Crowd, after: int, most: int) -> Sequence[PersonRow]:
    match crowd.circle:
        case Circle.SUPERVISORS:
            return await session.rows(_supervisors, after=after, most=most)
        case Circle.ADMINS:
            return await session.rows(_admins, after=after, most=most)
        case Circle.UNIT_SUPERVISORS:
            return await session.rows(_of_unit, unit=crowd.unit, after=after, most=most)
        case Circle.MEMBERS:
            return await session.rows(_members, unit=crowd.unit, after=after, most=most)
        case Circle.SHOWN:
            return await session.rows(_shown, card=crowd.card, after=after, most=most)
        case _:
            assert_never(crowd.circle)


async def keep(session: Session, circular: Circular) -> None:
    """Keep what the rest of a crowd is still to be told."""
    await session.lock(_lock(circular.person, circular.unit))
    crowd = circular.rest.crowd
    await session.run(
        _add,
        person=circular.person,
        unit=circular.unit,
        circle=crowd.circle.value,
        of_unit=crowd.unit,
        of_card=crowd.card,
        but=json.encode(sorted(crowd.but)).decode(),
        after=circular.rest.after or 0,
        screen=_words(circular.screen),
        lane=int(circular.lane),
        card=circular.card,
        notify=int(circular.notify),
        turn=circular.turn,
        not_before=maybe_ms(circular.not_before),
    )


async def first(session: Session, person: int, unit: int) -> Circular | None:
    """The most urgent circular about a person or a unit, the oldest among equals."""
    row = await session.row(_first, person=person, unit=unit)
    if row is None:
        return None
    crowd = Crowd(
        circle=Circle(row.circle),
        unit=row.of_unit,
        card=row.of_card,
        but=json.decode(row.but, type=frozenset[int]),
    )
    return Circular(
        rest=Rest(crowd=crowd, after=row.after),
        screen=_screen.decode(row.screen),
        lane=Lane(row.lane),
        card=row.card,
        notify=bool(row.notify),
        turn=row.turn,
        not_before=maybe_from_ms(row.not_before),
        person=row.person,
        unit=row.unit,
        id=row.id,
    )


async def go_on(session: Session, circular: Circular, after: int | None) -> None:
    """Keep how far it is; None: everybody has been told."""
    which = {"id_": circular.id, "person": circular.person, "unit": circular.unit}
    await (session.run(_go_on, place=after, **which) if after is not None else session.run(_end, **which))


async def reword(session: Session, card: str, screen: Screen | None, *, person: int, unit: int) -> None:
    """Show this card as it is now to those who wait for it; None: they need not see it."""
    if await session.row(_shows, card=card) is None:
        return
    await session.lock(_lock(person, unit))
    if screen is None:
        await session.run(_recall, card=card)
    else:
        await session.run(_reword, card=card, words=_words(screen))


def _words(screen: Screen) -> str:
    return _encoder.encode(screen).decode()


def _lock(person: int, unit: int) -> Lock:
    """Of what it is about: whoever tells of it holds it."""
    return of_unit(unit) if unit else of_person(person)
