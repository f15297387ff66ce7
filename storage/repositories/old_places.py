"""Places of people that nobody needs any more: blanked, page by page."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import json
from sqlalchemy import Integer, and_, bindparam, or_, select, update

from core.state.checkins import CheckIn, without_old_places
from storage.engine.locks import of_check_in, of_person
from storage.engine.session import Query, Session, const
from storage.repositories import checkins
from storage.schema.instants import to_ms
from storage.schema.rows import col
from storage.schema.safety_tables import CheckInRow
from storage.schema.tables import PersonRow, table


class Seen(NamedTuple):
    """Somebody, and whether their place is old."""

    id: int
    old: bool


_person, _check_in = table(PersonRow), table(CheckInRow)
# Of somebody who is in, a place is old when both have passed: the moment, and the end of a live share.
_needless = (
    or_(col(PersonRow.lat).is_not(None), col(PersonRow.seen_at) != const(0), col(PersonRow.live_until) != const(0)),
    or_(
        col(PersonRow.membership) != const("active"),
        (col(PersonRow.seen_at) < bindparam("before")) & (col(PersonRow.live_until) < bindparam("before")),
    ),
)
_everybody = (
    select(_person.c.id, and_(*_needless).label("old"))
    .where(col(PersonRow.id) > bindparam("after"))
    .order_by(col(PersonRow.id))
    .limit(bindparam("most", type_=Integer))
)
_seen = Query(_everybody, Seen)
_blank = Query(
    update(_person)
    .where(col(PersonRow.id) == bindparam("id_"), *_needless)
    .values(lat=None, lon=None, accuracy=None, cell=None, seen_at=const(0), live_until=const(0))
)
_watched = Query(
    select(_check_in)
    .where(col(CheckInRow.telegram_id) > bindparam("after"))
    .order_by(col(CheckInRow.telegram_id))
    .limit(bindparam("most", type_=Integer)),
    CheckInRow,
)
_decoder = json.Decoder(CheckIn)


async def seen_before(session: Session, before: datetime, after: int, most: int) -> tuple[list[int], int | None]:
    """People, after this one, whose place is older than that, or who are not in (any more), and where to go on."""
    rows = await session.rows(_seen, before=to_ms(before), after=after, most=most)
    return [row.id for row in rows if row.old], rows[-1].id if len(rows) == most else None


async def blank(session: Session, people: Sequence[int], before: datetime) -> None:
    """Blank their places, unless they have been seen since."""
    await session.lock(*map(of_person, people))
    await session.run_each(_blank, ({"id_": person, "before": to_ms(before)} for person in people))


async def tracked_before(session: Session, before: datetime, after: int, most: int) -> tuple[list[int], int | None]:
    """Accounts, after this one, whose check-in has places older than that, and where to go on (None: all were seen)."""
    rows = await session.rows(_watched, after=after, most=most)
    old = [row.telegram_id for row in rows if _shortened(_decoder.decode(row.body), before) is not None]
    return old, rows[-1].telegram_id if len(rows) == most else None


async def shorten(session: Session, accounts: Sequence[int], before: datetime) -> None:
    """Forget the old places of these check-ins; the last one of each stays, for an alarm must say where to look."""
    await session.lock(*map(of_check_in, accounts))
    for account in accounts:
        check_in = await checkins.find(session, account, to_change=True)
        shorter = _shortened(check_in, before) if check_in is not None else None
        if shorter is not None:
            await checkins.save(session, account, shorter)


def _shortened(check_in: CheckIn, before: datetime) -> CheckIn | None:
    """The check-in without its old places; None: it has none."""
    shorter = without_old_places(check_in, before)
    return shorter if shorter != check_in else None
