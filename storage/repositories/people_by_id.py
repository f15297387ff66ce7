"""Several people by their numbers, with one question for all of them."""

from collections.abc import Iterable

from sqlalchemy import select

from core.state.person import Person
from storage.engine.many import Many
from storage.engine.session import Query, Session
from storage.repositories.people import person_of
from storage.schema.rows import col
from storage.schema.tables import PersonRow, table

AT_ONCE = 32
_those = Many(lambda ids: Query(select(table(PersonRow)).where(col(PersonRow.id).in_(ids)), PersonRow))


async def several(session: Session, ids: Iterable[int]) -> dict[int, Person]:
    """People by id, in this order; those who don't exist are left out."""
    wanted = tuple(dict.fromkeys(ids))
    pages = [_those.ask(session, wanted[first : first + AT_ONCE]) for first in range(0, len(wanted), AT_ONCE)]
    rows = {row.id: row for page in pages for row in await page}
    return {number: person_of(rows[number]) for number in wanted if number in rows}
