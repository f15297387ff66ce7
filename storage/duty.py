"""Who is on duty, by rota or by hand: what it costs follows from how many are, not from how many are not."""

from datetime import datetime

from sqlalchemy import bindparam, select

from core.handover import answerable
from storage.instants import to_ms
from storage.session import Query, Session, const
from storage.tables import DutyRow, PersonRow, UnitRow, table
from storage.units import rota_of

_duty, _person, _unit = table(DutyRow).c, table(PersonRow).c, table(UnitRow).c
_active = _person.membership == const("active")
_by_rota = select(_duty.unit, _duty.person).join_from(table(DutyRow), table(PersonRow), _person.id == _duty.person)
_by_hand = select(_person.id).where(_person.shift_since.is_not(None), _active)
# What was worked out for these does not hold any more, and their timers have not fired yet.
_stale = select(table(UnitRow)).where(_unit.watch_until <= bindparam("now"), _unit.watch_until.is_not(None))

_ROTA = {
    None: Query(_by_rota.where(_active)),
    "unit": Query(_by_rota.where(_active, _duty.unit == bindparam("unit"))),
}
_HAND = {None: Query(_by_hand), "unit": Query(_by_hand.where(_person.unit == bindparam("unit")))}
_STALE = {None: Query(_stale), "unit": Query(_stale.where(_unit.id == bindparam("unit")))}
_are_active = Query(select(_person.id).where(_person.id == bindparam("person"), _active))


async def on_duty(session: Session, now: datetime, unit: int | None = None) -> frozenset[int]:
    """Everybody active who is on duty now in a unit (None: anywhere), by id: those whose turn it is, those who have not
    been relieved yet, and those who said so themselves."""
    which, values = ("unit", {"unit": unit}) if unit is not None else (None, {})
    stale = {row["id"]: rota_of(row) for row in await session.rows(_STALE[which], now=to_ms(now), **values)}
    found = {row["person"] for row in await session.rows(_ROTA[which], **values) if row["unit"] not in stale}
    found |= {row["id"] for row in await session.rows(_HAND[which], **values)}
    for rota in stale.values():
        for person in answerable(rota, now) - found:
            if await session.row(_are_active, person=person) is not None:
                found.add(person)
    return frozenset(found)
