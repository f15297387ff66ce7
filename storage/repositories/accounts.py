"""Accounts of people that change hands."""

from sqlalchemy import bindparam, update

from core.state.person import Person
from storage.engine.errors import Overtaken
from storage.engine.session import Query, Session, const
from storage.schema.rows import col
from storage.schema.tables import PersonRow, table

NOBODYS = -(2**62)  # an account that no channel gives: two who swap theirs never have one at once

_give = Query(
    update(table(PersonRow))
    .where(col(PersonRow.telegram_id) == bindparam("account"))
    .values(telegram_id=bindparam("to"), live_until=const(0))
)


async def swap(session: Session, person: Person, account: int) -> None:
    """Give a person another's account, and the other theirs; what either shared live ends.

    Raises:
        Overtaken: one of the accounts is not in these hands any more.
    """
    for one, to in ((account, NOBODYS), (person.account, account), (NOBODYS, person.account)):
        if not await session.touched(_give, account=one, to=to):
            raise Overtaken(f"account of person {person.id}")
