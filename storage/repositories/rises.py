"""Requests that somebody becomes an administrator, on disk."""

from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from core.state.rises import Rise
from core.vocabulary.account_events import Way
from storage.engine.locks import of_person, of_rise
from storage.engine.session import Query, Session, const
from storage.schema.instants import from_ms, maybe_from_ms, maybe_ms, to_ms
from storage.schema.invitation_tables import RiseRow
from storage.schema.rows import col
from storage.schema.tables import PersonRow, table

_rise = table(RiseRow)
_KEPT = ("way", "person", "asked_by", "asked_with", "due_at", "digest", "newcomer", "account", "confirmed")
_add = Query.value(insert(_rise).values({name: bindparam(name) for name in _KEPT}).returning(col(RiseRow.id)))
_find = Query(select(_rise).where(col(RiseRow.id) == bindparam("rise")), RiseRow)
_decide = Query(
    update(_rise)
    .where(col(RiseRow.id) == bindparam("rise"))
    .values({name: bindparam(name) for name in ("decided_by", "decided_at", "confirmed")})
)
_about = Query.value(select(col(RiseRow.id)).where(col(RiseRow.person) == bindparam("who")))
_asked = Query.value(select(col(RiseRow.id)).where(col(RiseRow.asked_by) == bindparam("who")))
_approved_by = Query.value(
    select(col(RiseRow.decided_by))
    .where(
        col(RiseRow.person) == bindparam("who"),
        col(RiseRow.way) == const("erase"),
        col(RiseRow.confirmed) == const(1),
    )
    .order_by(col(RiseRow.id).desc())
    .limit(const(1))
)
_account = select(col(PersonRow.telegram_id)).where(col(PersonRow.id) == bindparam("who")).scalar_subquery()
_waits = Query.value(
    select(col(RiseRow.id))
    .where(
        col(RiseRow.person) == bindparam("who"),
        col(RiseRow.way) == const("erase"),
        col(RiseRow.decided_at).is_(None),
        col(RiseRow.due_at) > bindparam("now"),
        # A request from another account is refused: a phone that was lost may have asked.
        col(RiseRow.asked_with) == _account,
    )
    .limit(const(1))
)
_strip = Query(update(_rise).where(col(RiseRow.id) == bindparam("rise")).values(asked_with=const(0), account=None))


async def keep(session: Session, rise: Rise) -> Rise:
    """Keep a new request; it comes back with its number."""
    number = await session.row(
        _add,
        way=rise.way.value,
        person=rise.person,
        asked_by=rise.asked_by,
        asked_with=rise.asked_with,
        due_at=to_ms(rise.due_at),
        digest=rise.digest,
        newcomer=rise.newcomer,
        account=rise.account,
        confirmed=int(rise.confirmed),
    )
    assert number is not None
    return replace(rise, id=number)


async def find(session: Session, rise_id: int) -> Rise | None:
    """A request, which nobody else answers until the end of the transaction."""
    await session.lock(of_rise(rise_id))
    row = await session.row(_find, rise=rise_id)
    return _rise_of(row) if row is not None else None


async def decide(session: Session, rise: Rise) -> None:
    """Keep who decided it, when and how; whoever does so has `find` it in this transaction.

    A page of the question that is told at this moment is waited for: a refusal changes no row of the person, and those
    whom that page reaches would keep their buttons.
    """
    await session.lock(of_person(rise.person))
    await session.run(
        _decide,
        rise=rise.id,
        decided_by=rise.decided_by,
        decided_at=maybe_ms(rise.decided_at),
        confirmed=int(rise.confirmed),
    )


async def erasure_approved_by(session: Session, person: int) -> int | None:
    """The administrator who approved that what is kept of somebody is erased."""
    return await session.row(_approved_by, who=person)


async def erasure_waits(session: Session, person: int, now: datetime) -> bool:
    """Whether somebody has asked that what is kept of them is erased, and nobody has decided yet."""
    return await session.row(_waits, who=person, now=to_ms(now)) is not None


async def strip(session: Session, person: int) -> None:
    """Drop accounts from requests that somebody made, or that are about them."""
    found = {*await session.rows(_about, who=person), *await session.rows(_asked, who=person)}
    await session.lock(*map(of_rise, found))
    await session.run_each(_strip, [{"rise": rise} for rise in sorted(found)])


def _rise_of(row: RiseRow) -> Rise:
    return Rise(
        id=row.id,
        way=Way(row.way),
        person=row.person,
        asked_by=row.asked_by,
        asked_with=row.asked_with,
        due_at=from_ms(row.due_at),
        digest=row.digest,
        newcomer=row.newcomer,
        account=row.account,
        decided_by=row.decided_by,
        decided_at=maybe_from_ms(row.decided_at),
        confirmed=bool(row.confirmed),
    )
