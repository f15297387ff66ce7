"""Duress words on disk: of each only what can't be read."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from core.state.duress import DuressWord
from storage.engine.session import Query, Session
from storage.schema.rows import col
from storage.schema.safety_tables import DuressRow
from storage.schema.tables import table

_word = table(DuressRow)
_mine = col(DuressRow.person) == bindparam("who")
_find = Query(select(_word).where(_mine), DuressRow)
_new = insert(_word).values(person=bindparam("person"), salt=bindparam("salt"), digest=bindparam("digest"))
_keep = Query(
    _new.on_conflict_do_update(
        index_elements=["person"], set_={"salt": _new.excluded.salt, "digest": _new.excluded.digest}
    )
)
_note = Query(update(_word).where(_mine).values(alarm=bindparam("task")))


async def find(session: Session, person: int) -> DuressWord | None:
    """The stored word of a person."""
    row = await session.row(_find, who=person)
    if row is None:
        return None
    return DuressWord(salt=bytes.fromhex(row.salt), digest=bytes.fromhex(row.digest), alarm=row.alarm)


async def keep(session: Session, person: int, word: DuressWord) -> None:
    """Keep a word; the alarm of an older one stays known."""
    await session.run(_keep, person=person, salt=word.salt.hex(), digest=word.digest.hex())


async def note(session: Session, person: int, task: int) -> None:
    """The word has raised this alarm."""
    await session.run(_note, who=person, task=task)
