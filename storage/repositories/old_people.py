"""People who have been out for long: their name and account are emptied (P15).

Whoever was in is needed as long as the words of their work are. Whom somebody refused, and who never was in, has no
work: they go when a request that nobody answers would. Their number stays in the record, and a word of it says when.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, and_, bindparam, func, or_, select

from core.desk.ports import Record
from core.vocabulary.account_events import DataErased
from storage.audit import record
from storage.engine.locks import of_person
from storage.engine.session import Query, Session, const
from storage.repositories import erasure
from storage.schema.instants import to_ms
from storage.schema.rows import col
from storage.schema.tables import EventRow, PersonRow, table


class Ages(NamedTuple):
    """The moments before which the record must speak of them last: of who was in, and of who never was."""

    member: datetime
    refused: datetime


class Out(NamedTuple):
    """Somebody, and whether nobody needs their name any more."""

    id: int
    old: bool | None


_REFUSED, _ADMITTED = '{"type":"rejected"', '{"type":"admitted"'
_person = table(PersonRow)
_theirs = (col(EventRow.person) == col(PersonRow.id), col(EventRow.person).is_not(None))
_newest = select(func.max(col(EventRow.id))).where(*_theirs).correlate(_person).scalar_subquery()
_last_at = select(col(EventRow.at)).where(col(EventRow.id) == _newest).correlate(_person).scalar_subquery()
_last = select(col(EventRow.body)).where(col(EventRow.id) == _newest).correlate(_person).scalar_subquery()
# One value for a person, so that no planner reads everybody's events to find it.
_admitted = (
    select(col(EventRow.id))
    .where(*_theirs, func.substr(col(EventRow.body), const(1), const(len(_ADMITTED))) == const(_ADMITTED))
    .limit(const(1))
    .correlate(_person)
    .scalar_subquery()
)
_needless = and_(
    col(PersonRow.membership) == const("disabled"),
    or_(
        _last_at < bindparam("member"),
        and_(
            _last_at < bindparam("refused"),
            func.substr(_last, const(1), const(len(_REFUSED))) == const(_REFUSED),
            _admitted.is_(None),
        ),
    ),
)
_everybody = Query(
    select(_person.c.id, _needless.label("old"))
    .where(col(PersonRow.id) > bindparam("after"))
    .order_by(col(PersonRow.id))
    .limit(bindparam("most", type_=Integer)),
    Out,
)
_still = Query.value(select(_person.c.id).where(col(PersonRow.id) == bindparam("person"), _needless))


async def out_before(session: Session, ages: Ages, after: int, most: int) -> tuple[list[int], int | None]:
    """People, after this one, who have been out for so long, and where to go on (None: all were seen)."""
    rows = await session.rows(_everybody, after=after, most=most, **_moments(ages))
    return [row.id for row in rows if row.old], rows[-1].id if len(rows) == most else None


async def forget(session: Session, person: int, ages: Ages, now: datetime) -> None:
    """Empty their row, unless they are spoken of since, or something that they began is still open."""
    await session.lock(of_person(person))
    if await session.row(_still, person=person, **_moments(ages)) is None:
        return
    if await erasure.stands_in_way(session, person, openly=False) is not None:
        return
    await erasure.forget(session, person)
    event = DataErased(by_age=True)
    await record.add(session, [Record(at=now, event=event, by=None, via="desk", person=person)])


def _moments(ages: Ages) -> dict[str, int]:
    return {"member": to_ms(ages.member), "refused": to_ms(ages.refused)}
