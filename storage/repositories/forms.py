"""Forms that are being filled in: rows, so that no restart forgets an answer."""

from datetime import datetime
from typing import Any

from msgspec import Struct, json
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.engine.session import Query, Session
from storage.schema.instants import to_ms
from storage.schema.rows import col
from storage.schema.tables import FormRow, table

_form = table(FormRow)
_at = (col(FormRow.person) == bindparam("person"), col(FormRow.chat) == bindparam("chat"))
_find = Query(select(_form).where(*_at), FormRow)
_new = insert(_form).values({column.name: bindparam(column.name) for column in _form.columns})
_keep = Query(
    _new.on_conflict_do_update(
        index_elements=["person", "chat"],
        set_={name: _new.excluded[name] for name in ("kind", "step", "data", "at")},
    )
)
_drop = Query(_form.delete().where(*_at))


class Form(Struct, frozen=True, kw_only=True):
    """A form of one person in one chat: which form, at which step, and the answers so far (JSON values)."""

    kind: str
    step: str
    data: dict[str, Any] = {}


async def find(session: Session, person: int, chat: int) -> Form | None:
    """The form that a person is filling in here."""
    row = await session.row(_find, person=person, chat=chat)
    return Form(kind=row.kind, step=row.step, data=json.decode(row.data)) if row is not None else None


async def keep(session: Session, person: int, chat: int, form: Form, now: datetime) -> None:
    """Keep it; one person has one form in a chat."""
    data = json.encode(form.data).decode()
    await session.run(_keep, person=person, chat=chat, kind=form.kind, step=form.step, data=data, at=to_ms(now))


async def drop(session: Session, person: int, chat: int) -> None:
    """It is filled in or cancelled."""
    await session.run(_drop, person=person, chat=chat)
