"""Groups that became supergroups, and are written to by their new id."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.engine.locks import of_chat, of_unit
from storage.engine.session import Query, Session
from storage.schema.room_tables import MovedChatRow
from storage.schema.rows import col
from storage.schema.tables import table
from storage.schema.unit_tables import UnitRow

_moved, _unit = table(MovedChatRow), table(UnitRow)
_new = insert(_moved).values(chat=bindparam("chat"), to=bindparam("to"))
_note = Query(_new.on_conflict_do_update(index_elements=["chat"], set_={"to": _new.excluded.to}))
_keep_linked = Query(update(_unit).where(col(UnitRow.chat) == bindparam("was")).values(chat=bindparam("to")))
_linked = Query.value(
    select(col(UnitRow.id)).where(col(UnitRow.chat) == bindparam("chat"), col(UnitRow.chat).is_not(None))
)
_find = Query.value(select(col(MovedChatRow.to)).where(col(MovedChatRow.chat) == bindparam("chat")))


async def hold(session: Session, chat: int, to: int) -> None:
    """Until the end of the transaction nobody else writes to either chat, or links the unit whose group it is."""
    units = await session.rows(_linked, chat=chat)
    await session.lock(*map(of_unit, units), of_chat(chat), of_chat(to))


async def note(session: Session, chat: int, to: int) -> None:
    """The chat has a new id; the unit whose group it is keeps it."""
    await session.run(_note, chat=chat, to=to)
    await session.run(_keep_linked, was=chat, to=to)


async def where_now(session: Session, chat: int) -> int:
    """The id to write to."""
    to = await session.row(_find, chat=chat)
    return to if to is not None else chat
