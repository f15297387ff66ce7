"""The people whom a step of a ladder names, by id and page, and the readers of a card: at the cost of a page (P11)."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from sqlalchemy import Integer, bindparam, or_, select
from sqlalchemy.sql.elements import ColumnElement

from core.state.person import Person
from core.vocabulary.escalation_policy import EscalationTarget
from core.vocabulary.words import Role
from storage.engine.session import Query, Session, const
from storage.repositories import duty, people_by_id
from storage.repositories.people import person_of
from storage.schema.rows import col
from storage.schema.tables import PersonRow, table
from storage.schema.unit_tables import DutyRow

_person, _duty = table(PersonRow), table(DutyRow)
_active = col(PersonRow.membership) == const("active")
_leading = (_active, col(PersonRow.role) == const(int(Role.SUPERVISOR)))
_by_hand = col(PersonRow.shift_since).is_not(None)
# As the indexes of those on duty by hand have it.
_leading_by_hand = (_active, col(PersonRow.role) + const(0) == const(int(Role.SUPERVISOR)), _by_hand)
_by_rota = select(col(DutyRow.unit)).where(col(DutyRow.person) == col(PersonRow.id)).correlate(_person).exists()


def _people(*where: ColumnElement[bool]) -> Query[PersonRow]:
    """People by id, those that follow the given one."""
    return Query(
        select(_person)
        .where(*where, col(PersonRow.id) > bindparam("after"))
        .order_by(col(PersonRow.id))
        .limit(bindparam("most", type_=Integer)),
        PersonRow,
    )


def _on_rotas(*where: ColumnElement[bool]) -> Query[PersonRow]:
    """Supervisors on duty by a rota, by id: found among those on duty with this role, not among all who have it."""
    return Query(
        select(_person)
        .join_from(_duty, _person, col(DutyRow.person) == col(PersonRow.id))
        .where(
            col(DutyRow.role) == const(int(Role.SUPERVISOR)),
            col(DutyRow.person) > bindparam("after"),
            *_leading,
            *where,
        )
        .order_by(col(DutyRow.person))
        .limit(bindparam("most", type_=Integer)),
        PersonRow,
    )


_of_role = _people(_active, col(PersonRow.role) == bindparam("role"))
_no_unit = col(PersonRow.unit).is_(None)
_hands, _hands_of_no_unit = _people(*_leading_by_hand), _people(*_leading_by_hand, _no_unit)
_rotas, _rotas_of_no_unit = _on_rotas(), _on_rotas(_no_unit)
_of_unit = _people(*_leading, col(PersonRow.unit) == bindparam("unit"), or_(_by_hand, _by_rota))
_silent = Query(
    select(_person).where(
        _active, col(PersonRow.reachable) == const(0), col(PersonRow.role) + const(0) >= const(int(Role.SUPERVISOR))
    ),
    PersonRow,
)


async def named(
    session: Session, target: EscalationTarget, unit: int | None, now: datetime, *, after: int, most: int
) -> tuple[Person, ...]:
    """Active people whom a target names for a task of this unit, by id after the given one, reachable or not."""
    rows: Sequence[PersonRow]
    match target:
        case EscalationTarget.SUPERVISORS:
            rows = await session.rows(_of_role, role=int(Role.SUPERVISOR), after=after, most=most)
        case EscalationTarget.ADMINS:
            rows = await session.rows(_of_role, role=int(Role.ADMIN), after=after, most=most)
        case EscalationTarget.SUPERVISORS_ON_DUTY | EscalationTarget.UNIT_SUPERVISORS_ON_DUTY:
            anywhere = target is EscalationTarget.SUPERVISORS_ON_DUTY
            changing = duty.changing(session, now)
            on_duty = [session.ask(query, **asked) for query, asked in _on_duty(after, most, unit, anywhere=anywhere)]
            if await changing:
                return await _while_changing(session, now, after, most, unit=unit, anywhere=anywhere)
            rows = [row for found in on_duty for row in await found]
        case EscalationTarget.ASSIGNEE:
            rows = ()  # the agents of a task are read with it
        case _:
            assert_never(target)
    people = {row.id: row for row in rows}
    return tuple(person_of(people[number]) for number in sorted(people)[:most])


def _on_duty(
    after: int, most: int, unit: int | None, *, anywhere: bool
) -> list[tuple[Query[PersonRow], dict[str, int]]]:
    """The questions whose answers together are those on duty."""
    page = {"after": after, "most": most}
    if not anywhere and unit is not None:
        return [(_of_unit, {"unit": unit, **page})]
    return [(query, page) for query in ((_hands, _rotas) if anywhere else (_hands_of_no_unit, _rotas_of_no_unit))]


async def _while_changing(
    session: Session, now: datetime, after: int, most: int, *, unit: int | None, anywhere: bool
) -> tuple[Person, ...]:
    """While a watch is over whose timer has not fired, the rota itself says who is on duty."""
    found: list[Person] = []
    on_duty = [one for one in sorted(await duty.on_duty(session, now, role=Role.SUPERVISOR)) if one > after]
    for start in range(0, len(on_duty), most):
        some = on_duty[start : start + most]
        people = await people_by_id.several(session, some)
        found += [people[one] for one in some if one in people and (anywhere or people[one].unit == unit)]
        if len(found) >= most:
            break
    return tuple(found[:most])


async def silent(session: Session) -> tuple[Person, ...]:
    """Active supervisors and administrators whom no message reaches."""
    return tuple(person_of(row) for row in await session.rows(_silent))
