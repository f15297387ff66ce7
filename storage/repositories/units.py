"""Units on disk, with who is on duty in each."""

from msgspec import convert, json
from sqlalchemy import BigInteger, Integer, bindparam, delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from core.state.handover import Watch
from core.state.units import Unit
from core.vocabulary.rotas import Rota
from core.vocabulary.search_terms import words_of
from storage.engine.locks import of_unit
from storage.engine.session import Query, Session
from storage.schema.instants import maybe_ms
from storage.schema.rows import col
from storage.schema.tables import PersonRow, table
from storage.schema.unit_tables import DutyRow, UnitRow

_unit, _duty = table(UnitRow), table(DutyRow)
_c = _unit.c
_look = Query(select(_unit).where(col(UnitRow.id) == bindparam("id_")), UnitRow)
_find = Query(select(_unit).where(col(UnitRow.id) == bindparam("id_")).with_for_update(), UnitRow)
_named = Query.value(select(col(UnitRow.id)).where(col(UnitRow.folded) == bindparam("folded")))
_linked = Query.value(
    select(col(UnitRow.id)).where(col(UnitRow.chat) == bindparam("chat"), col(UnitRow.chat).is_not(None))
)
_page = Query(
    select(_unit)
    .where(tuple_(col(UnitRow.folded), col(UnitRow.id)) > tuple_(bindparam("folded"), bindparam("after")))
    .order_by(col(UnitRow.folded), col(UnitRow.id))
    .limit(bindparam("most", type_=Integer)),
    UnitRow,
)
_new = insert(_unit).values({column.name: bindparam(column.name) for column in _unit.columns})
_save = Query(
    _new.on_conflict_do_update(
        index_elements=["id"], set_={c.name: _new.excluded[c.name] for c in _unit.columns if c.name != "id"}
    )
)
_relieve = Query(delete(_duty).where(col(DutyRow.unit) == bindparam("unit")))
_put_on_duty = Query(
    insert(_duty).from_select(
        ["unit", "person", "role"],
        select(bindparam("unit", type_=BigInteger), col(PersonRow.id), col(PersonRow.role)).where(
            col(PersonRow.id) == bindparam("person")
        ),
    )
)
_counted = "skips"  # A rotation without this field is of a release whose order counted turns that nobody wanted.


def folded(name: str) -> str:
    """A name as it is compared: without case and accents."""
    return " ".join(words_of(name)) or name.casefold()


def rota_of(row: UnitRow) -> Rota:
    """The turns of a unit from its row; rotations of earlier releases go on as they were counted then."""
    kept = json.decode(row.rota)
    for rotation in kept.get("rotations", ()):
        rotation.setdefault(_counted, False)
    return convert(kept, Rota)


def _unit_of(row: UnitRow) -> Unit:
    return Unit(id=row.id, name=row.name, room=row.chat, version=row.version, rota=rota_of(row))


async def find(session: Session, unit_id: int, *, to_change: bool = False) -> Unit | None:
    """A unit; ``to_change`` locks it until the end of the transaction."""
    if to_change:
        await session.lock(of_unit(unit_id))
    row = await session.row(_find if to_change else _look, id_=unit_id)
    return _unit_of(row) if row is not None else None


async def named(session: Session, name: str) -> int | None:
    """The unit that has this name."""
    return await session.row(_named, folded=folded(name))


async def linked(session: Session, chat: int) -> int | None:
    """The unit whose group this is."""
    return await session.row(_linked, chat=chat)


async def page(session: Session, after: tuple[str, int] | None, most: int) -> tuple[Unit, ...]:
    """Units by name, those that follow the given (name, id)."""
    name, number = (folded(after[0]), after[1]) if after is not None else ("", 0)
    return tuple([_unit_of(row) for row in await session.rows(_page, folded=name, after=number, most=most)])


async def save(session: Session, unit: Unit, watch: Watch) -> None:
    """Keep a unit, and who is on duty there."""
    await session.run(
        _save,
        id=unit.id,
        name=unit.name,
        folded=folded(unit.name),
        chat=unit.room,
        version=unit.version,
        rota=json.encode(unit.rota).decode(),
        watch_until=maybe_ms(watch.until),
    )
    await session.run(_relieve, unit=unit.id)
    await session.run_each(_put_on_duty, [{"unit": unit.id, "person": person} for person in sorted(watch.people)])
