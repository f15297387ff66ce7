"""People on duty, by rota or by hand, at a cost that follows from how many are, not from how many are not."""

from collections.abc import Awaitable
from datetime import datetime
from itertools import product

from msgspec import Struct
from sqlalchemy import bindparam, select

from core.state.handover import answerable
from core.state.person import Person
from core.vocabulary.words import Role
from storage.engine.session import Query, Session, const
from storage.repositories.people import person_of
from storage.repositories.units import rota_of
from storage.schema.instants import to_ms
from storage.schema.rows import col
from storage.schema.tables import PersonRow, table
from storage.schema.unit_tables import DutyRow, UnitRow

_duty, _person, _unit = table(DutyRow), table(PersonRow), table(UnitRow)
_active = col(PersonRow.membership) == const("active")
HANDS_SHOWN = 20


class _Question(Struct, frozen=True):
    """People on duty by the rotas; those by hand; and the units whose rota must be asked.

    Such a unit's result does not hold any more, and its timer has not fired yet.
    """

    by_rota: Query[DutyRow]
    by_hand: Query[int]
    overdue: Query[UnitRow]


def _question(*, of_unit: bool, of_role: bool) -> _Question:
    # The rota alone says who is on duty, whatever unit their own row names. A role's few people are looked up one
    # by one, by the index on the person; without a role, those on duty are.
    same = col(DutyRow.person) == col(PersonRow.id)
    by_rota = select(col(DutyRow.unit), col(DutyRow.person), col(DutyRow.role))
    by_rota = (
        by_rota.join_from(_duty, _person, same).where(_active, col(PersonRow.role) == bindparam("role"))
        if of_role
        else by_rota.where(select(col(PersonRow.id)).where(same, _active).correlate(_duty).exists())
    )
    by_hand = select(col(PersonRow.id)).where(col(PersonRow.shift_since).is_not(None))
    overdue = select(_unit).where(col(UnitRow.watch_until) <= bindparam("now"), col(UnitRow.watch_until).is_not(None))
    if of_unit:
        by_rota = by_rota.where(col(DutyRow.unit) == bindparam("unit"))
        by_hand = by_hand.where(col(PersonRow.unit) == bindparam("unit"))
        overdue = overdue.where(col(UnitRow.id) == bindparam("unit"))
    if of_role:
        by_hand = by_hand.where(_active, col(PersonRow.role) == bindparam("role"))
    return _Question(Query(by_rota, DutyRow), Query.value(by_hand), Query(overdue, UnitRow))


_QUESTIONS = {
    (of_unit, of_role): _question(of_unit=of_unit, of_role=of_role)
    for of_unit, of_role in product((False, True), repeat=2)
}
_changing = Query.value(
    select(col(UnitRow.id))
    .where(col(UnitRow.watch_until) <= bindparam("now"), col(UnitRow.watch_until).is_not(None))
    .limit(const(1))
)
_stands = Query.value(select(col(DutyRow.unit)).where(col(DutyRow.person) == bindparam("person")).limit(const(1)))
_find = Query(select(_person).where(col(PersonRow.id) == bindparam("person"), _active), PersonRow)
_on_shift = Query(
    select(_person)
    .where(col(PersonRow.shift_since).is_not(None), col(PersonRow.unit) == bindparam("unit"))
    .order_by(col(PersonRow.id))
    .limit(const(HANDS_SHOWN)),
    PersonRow,
)


async def on_duty(
    session: Session, now: datetime, unit: int | None = None, *, role: Role | None = None
) -> frozenset[int]:
    """Active people on duty now in a unit (None: anywhere) with just this role (None: any), by id.

    Those whose turn it is, those who have not been relieved yet, and those who said so themselves.
    """
    question = _QUESTIONS[unit is not None, role is not None]
    where = {"unit": unit} if unit is not None else {}
    who = where | ({"role": int(role)} if role is not None else {})
    rotas = {row.id: rota_of(row) for row in await session.rows(question.overdue, now=to_ms(now), **where)}
    found = {row.person for row in await session.rows(question.by_rota, **who) if row.unit not in rotas}
    found |= {*await session.rows(question.by_hand, **who)}
    for rota in rotas.values():
        for number in answerable(rota, now) - found:
            row = await session.row(_find, person=number)
            if row is not None and role in (None, row.role):
                found.add(number)
    return frozenset(found)


def changing(session: Session, now: datetime) -> Awaitable[list[int]]:
    """Ask for a unit whose watch is over while its timer has not fired yet."""
    return session.ask(_changing, now=to_ms(now))


async def is_on_duty(session: Session, person: Person, now: datetime) -> bool:
    """Whether somebody is on duty now, by a rota or by hand."""
    if person.shift_since is not None:
        return True
    overdue, stands = changing(session, now), session.ask(_stands, person=person.id)
    if await overdue:
        return person.id in await on_duty(session, now, role=person.role)
    return bool(await stands)


async def on_shift(session: Session, unit: int) -> tuple[Person, ...]:
    """The people of a unit who are on duty because they said so: those known longest first."""
    return tuple(person_of(row) for row in await session.rows(_on_shift, unit=unit))
