"""People who look alike: whoever gets a name is told apart from those who have one that looks the same."""

from typing import NamedTuple

from sqlalchemy import Integer, bindparam, select, update

from core.state.person import Person
from core.vocabulary.lookalikes import digits_apart, looks
from storage.engine.locks import Lock, of_looks, of_person
from storage.engine.session import Query, Session, const
from storage.schema.rows import col
from storage.schema.tables import PersonRow, table

HINTS = 3  # people whom a newcomer may be taken for
AT_MOST = 100  # of more people than that with one name, the newest are told apart from each other


_BEYOND = "\U0010ffff"  # sorts behind every letter: the end of all that begins with the same ones


class _Namesake(NamedTuple):
    id: int
    account: int
    apart: int


_person = table(PersonRow)
_alike = Query(
    select(col(PersonRow.id), col(PersonRow.telegram_id).label("account"), col(PersonRow.apart))
    .where(
        col(PersonRow.looks) == bindparam("looks"),
        col(PersonRow.membership).not_in([const("disabled"), const("forgotten")]),
    )
    .order_by(col(PersonRow.id).desc())
    .limit(bindparam("most", type_=Integer)),
    _Namesake,
)
_begins = [col(PersonRow.looks) >= bindparam("looks"), col(PersonRow.looks) < bindparam("end")]
_first = bindparam("most", type_=Integer)
_called = Query(
    select(_person).where(*_begins).order_by(col(PersonRow.looks), col(PersonRow.id)).limit(_first), PersonRow
)
_called_active = Query(
    select(_person)
    .where(*_begins, col(PersonRow.membership).not_in([const("disabled"), const("pending"), const("forgotten")]))
    .order_by(col(PersonRow.looks), col(PersonRow.id))
    .limit(_first),
    PersonRow,
)
_look = Query(update(_person).where(col(PersonRow.id) == bindparam("id_")).values(looks=bindparam("looks")))
_set = Query(update(_person).where(col(PersonRow.id) == bindparam("id_")).values(apart=bindparam("apart")))


def locks(before: Person | None, after: Person) -> list[Lock]:
    """The locks of a change of somebody's name: two who come in at once under one name don't see each other."""
    if before is not None and _is_called_as(before, after):
        return []
    was, now = _in_use(before), _in_use(after)
    return [] if was == now and before is not None else [of_looks(shape) for shape in (was, now) if shape is not None]


async def tell_apart(session: Session, before: Person | None, after: Person) -> bool:
    """Set how many digits of their account tell people apart, where a name or its being in use is another.

    Whoever calls holds the ``locks`` of the change.

    Returns:
        Whether anything of it is another.
    """
    if before is not None and _is_called_as(before, after):
        return False
    was, now = _in_use(before), _in_use(after)
    if was == now and before is not None:
        return False
    if before is not None:
        await session.run(_look, id_=after.id, looks=looks(after.name))
    for shape in sorted({shape for shape in (was, now) if shape is not None}):
        await _settle(session, shape)
    return True


async def called(session: Session, name: str, *, active: bool, most: int) -> list[PersonRow]:
    """People whose name looks like this one, or begins so; whoever has just this name first."""
    shape = looks(name)
    query = _called_active if active else _called
    return await session.rows(query, looks=shape, end=shape + _BEYOND, most=most)


async def of_one_look(session: Session, name: str, *, active: bool) -> list[PersonRow]:
    """Some of the people whose name looks just like this one."""
    shape = looks(name)
    # The first letter beyond: whatever begins so, and is longer, stays out.
    query = _called_active if active else _called
    return await session.rows(query, looks=shape, end=shape + "\x01", most=HINTS + 1)


async def _settle(session: Session, shape: str) -> None:
    found = await session.rows(_alike, looks=shape, most=AT_MOST)
    digits = digits_apart([one.account for one in found])
    others = [{"id_": one.id, "apart": digits} for one in found if one.apart != digits]
    await session.lock(*(of_person(one["id_"]) for one in others))
    await session.run_each(_set, others)


def _is_called_as(before: Person, after: Person) -> bool:
    """Whether neither the name nor its being in use changed; said without the cost of the names' looks."""
    return before.name == after.name and before.out == after.out


def _in_use(person: Person | None) -> str | None:
    """The look of a name that is in use: somebody may be chosen by it, or decided upon."""
    if person is None or person.out:
        return None
    return looks(person.name)
