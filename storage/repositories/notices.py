"""People who were told what is kept of them: a row each, for ever."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from core.desk.ports import Record
from core.vocabulary.desk_events import Informed
from storage.audit import record
from storage.engine.locks import of_person
from storage.engine.session import Query, Session
from storage.schema.instants import to_ms
from storage.schema.rows import col
from storage.schema.tables import CounterRow, table

_counter = table(CounterRow)
_given = Query.value(select(col(CounterRow.value)).where(col(CounterRow.name) == bindparam("name")))
_give = Query(
    insert(_counter)
    .values(name=bindparam("name"), value=bindparam("now"))
    .on_conflict_do_nothing(index_elements=["name"])
)


async def given(session: Session, person: int) -> bool:
    """Whether this person was told."""
    return await session.row(_given, name=_name(person)) is not None


async def give(session: Session, person: int, now: datetime) -> None:
    """Note that they are told now, unless they were."""
    await session.lock(of_person(person))
    if await session.touched(_give, name=_name(person), now=to_ms(now)):
        await record.add(session, [Record(at=now, event=Informed(), by=None, via="desk", person=person)])


def _name(person: int) -> str:
    return f"informed.{person}"
