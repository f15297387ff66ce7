"""The people who were told of an alert: asked by key, never read as a list."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, delete, exists, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from core.state.person import Person
from core.vocabulary.words import AssignmentState, Role
from storage.engine.session import Query, Session, const
from storage.repositories.people import person_of
from storage.schema.instants import to_ms
from storage.schema.rows import col
from storage.schema.tables import AssignmentRow, PersonRow, table
from storage.schema.telling_tables import ToldRow

_told, _person = table(ToldRow), table(PersonRow)
# An agent who let an offer run out, or said no, doesn't hear of it any more.
_WANTED = [const(state.value) for state in AssignmentState if state.holds or state is AssignmentState.OFFERED]
_here = (col(ToldRow.task) == bindparam("task"), col(ToldRow.climb) == bindparam("climb"))
_was = Query.value(select(col(ToldRow.person)).where(*_here, col(ToldRow.person) == bindparam("person")))
_hearing = Query(
    select(_person)
    .join_from(_told, _person, col(ToldRow.person) == col(PersonRow.id))
    .where(
        *_here,
        col(ToldRow.person) > bindparam("after"),
        col(PersonRow.membership) == const("active"),
        col(PersonRow.reachable) == const(1),
        or_(
            col(PersonRow.role) >= const(int(Role.SUPERVISOR)),
            exists().where(
                col(AssignmentRow.task) == bindparam("task"),
                col(AssignmentRow.agent) == col(ToldRow.person),
                col(AssignmentRow.state).in_(_WANTED),
            ),
        ),
    )
    .order_by(col(ToldRow.person))
    .limit(bindparam("most", type_=Integer)),
    PersonRow,
)

_old = (
    select(col(ToldRow.task), col(ToldRow.person))
    .where(col(ToldRow.at) < bindparam("before"))
    .order_by(col(ToldRow.at))
    .limit(bindparam("most", type_=Integer))
)
_forget = Query(delete(_told).where(tuple_(col(ToldRow.task), col(ToldRow.person)).in_(_old)))


async def note(session: Session, task: int, climb: int, people: Sequence[int], now: datetime) -> None:
    """A climb has told these people."""
    if people:
        names = {f"person_{number}": person for number, person in enumerate(people)}
        await session.run(_note(len(people)), task=task, climb=climb, at=to_ms(now), **names)


@cache
def _note(number: int) -> Query[None]:
    """Add so many at once, ``person_0``, ``person_1`` and so on: of a newer climb they stay."""
    same: dict[str, Any] = {name: bindparam(name) for name in ("task", "climb", "at")}
    rows: list[dict[str, Any]] = [same | {"person": bindparam(f"person_{n}")} for n in range(number)]
    new = insert(_told).values(rows)
    return Query(
        new.on_conflict_do_update(
            index_elements=["task", "person"],
            set_={"climb": new.excluded.climb, "at": new.excluded.at},
            where=col(ToldRow.climb) <= new.excluded.climb,
        )
    )


async def was_told(session: Session, task: int, climb: int, person: int) -> bool:
    """Whether this climb has told somebody."""
    return await session.row(_was, task=task, climb=climb, person=person) is not None


async def hearing(session: Session, task: int, climb: int, *, after: int, most: int) -> tuple[Person, ...]:
    """Those whom this climb has told, by id: if a message reaches them, and they lead, are asked, or go."""
    rows = await session.rows(_hearing, task=task, climb=climb, after=after, most=most)
    return tuple(person_of(row) for row in rows)


async def forget(session: Session, before: datetime, most: int) -> int:
    """Delete so many of those who were told before then: the record has them, and an open alert tells again."""
    return await session.touched(_forget, before=to_ms(before), most=most)
