"""Forms that are being filled in: rows, so that no restart forgets an answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from msgspec import Struct, json
from sqlalchemy import BigInteger, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.engine.session import Query, Session, const
from storage.queues import inbox
from storage.schema.instants import to_ms
from storage.schema.room_tables import TopicFormRow
from storage.schema.tables import FormRow, table


class _Shelf:
    """The statements of one table of forms; ``key`` are the columns that name one."""

    def __init__(self, rows: type[FormRow] | type[TopicFormRow], *key: str) -> None:
        form = table(rows)
        here = [form.c[name] == bindparam(name) for name in key]
        new = insert(form).values({column.name: bindparam(column.name) for column in form.columns})
        kept = {name: new.excluded[name] for name in ("kind", "step", "data", "at")}
        self.find = Query(select(form.c.kind, form.c.step, form.c.data).where(*here), _Kept)
        self.keep = Query(new.on_conflict_do_update(index_elements=key, set_=kept))
        self.drop = Query(form.delete().where(*here))
        old = form.c.at < bindparam("before", type_=BigInteger)
        # One chat at a time, whose lock is held: an answer that comes meanwhile makes the form young again.
        self.old_chats = Query.value(select(form.c.chat).where(old).order_by(form.c.at).limit(const(1)))
        self.forget = Query(form.delete().where(form.c.chat == bindparam("chat"), old))


class _Kept(NamedTuple):
    kind: str
    step: str
    data: str


_MAIN, _TOPICS = _Shelf(FormRow, "person", "chat"), _Shelf(TopicFormRow, "person", "chat", "topic")


class Form(Struct, frozen=True, kw_only=True):
    """A form of one person in one chat or topic: which form, at which step, and the answers so far (JSON values)."""

    kind: str
    step: str
    data: dict[str, Any] = {}


async def find(session: Session, person: int, chat: int, topic: int | None = None) -> Form | None:
    """The form that a person is filling in here."""
    shelf, here = _shelf(person, chat, topic)
    row = await session.row(shelf.find, **here)
    return Form(kind=row.kind, step=row.step, data=json.decode(row.data)) if row is not None else None


async def keep(
    session: Session, person: int, chat: int, form: Form, now: datetime, *, topic: int | None = None
) -> None:
    """Keep it; one person has one form in a topic, or in a chat without any."""
    shelf, here = _shelf(person, chat, topic)
    data = json.encode(form.data).decode()
    await session.run(shelf.keep, **here, kind=form.kind, step=form.step, data=data, at=to_ms(now))


async def drop(session: Session, person: int, chat: int, topic: int | None = None) -> None:
    """It is filled in or cancelled."""
    shelf, here = _shelf(person, chat, topic)
    await session.run(shelf.drop, **here)


async def old_chats(session: Session, before: datetime) -> tuple[int, ...]:
    """A chat in each table that has forms which nobody has touched since then."""
    found = [await session.row(shelf.old_chats, before=to_ms(before)) for shelf in (_MAIN, _TOPICS)]
    return tuple(chat for chat in found if chat is not None)


async def forget(session: Session, chats: Sequence[int], before: datetime) -> None:
    """Forget the forms of these chats that nobody has touched since then."""
    await session.lock(*(inbox.queue.lock_of(str(chat)) for chat in chats))
    for chat in chats:
        for shelf in (_MAIN, _TOPICS):
            await session.run(shelf.forget, chat=chat, before=to_ms(before))


def _shelf(person: int, chat: int, topic: int | None) -> tuple[_Shelf, dict[str, int]]:
    here = {"person": person, "chat": chat}
    return (_MAIN, here) if topic is None else (_TOPICS, {**here, "topic": topic})
