"""Deletes what is kept for somebody whose access ends, in the transaction that ends it (P14)."""

from sqlalchemy import bindparam, delete, select, union, update

from storage.engine.locks import of_check_in, of_person
from storage.engine.session import Query, Session, const
from storage.queues import inbox
from storage.schema.room_tables import TopicFormRow
from storage.schema.rows import col
from storage.schema.tables import FormRow, PersonRow, TaskRow, table

_form_chats = Query.value(
    union(
        select(col(FormRow.chat)).where(col(FormRow.person) == bindparam("person")),
        select(col(TopicFormRow.chat)).where(col(TopicFormRow.person) == bindparam("person")),
    )
)
_drop_forms = Query(delete(table(FormRow)).where(col(FormRow.person) == bindparam("person")))
_drop_topic_forms = Query(delete(table(TopicFormRow)).where(col(TopicFormRow.person) == bindparam("person")))
_forget_place = Query(
    update(table(PersonRow))
    .where(col(PersonRow.id) == bindparam("person"))
    .values(lat=None, lon=None, accuracy=None, cell=None, seen_at=const(0), live_until=const(0))
)
_is_in = Query.value(
    select(col(PersonRow.id)).where(
        col(PersonRow.id) == bindparam("person"), col(PersonRow.membership) == const("active")
    )
)
_reported = Query.value(
    select(col(TaskRow.id))
    .where(col(TaskRow.reporter) == bindparam("person"), col(TaskRow.open) == const(1))
    .order_by(col(TaskRow.id).desc())
    .limit(const(100))
)


async def is_in(session: Session, person: int) -> bool:
    """Whether they have access, at this moment."""
    return await session.row(_is_in, person=person) is not None


async def reported(session: Session, person: int) -> tuple[int, ...]:
    """The newest open tasks that they reported: a hundred. Cards of older ones say it when they are drawn next."""
    return tuple(await session.rows(_reported, person=person))


async def drop_forms(session: Session, person: int, account: int) -> None:
    """Forms that they were filling in, anywhere, and what is in hand of their own chat.

    A turn that is under way there keeps nothing: its update is handled again, by then as somebody's who is out.
    """
    chats = {account, *await session.rows(_form_chats, person=person)}
    # Beside the chats what their due times belong to, so that all is waited for in one call.
    await session.lock(*(inbox.queue.lock_of(str(chat)) for chat in chats), of_check_in(account))
    for chat in sorted(chats):
        await inbox.queue.take_back(session, str(chat))
    await session.run(_drop_forms, person=person)
    await session.run(_drop_topic_forms, person=person)


async def forget_place(session: Session, person: int) -> None:
    """Where they were seen last, and until when they share it."""
    await session.lock(of_person(person))
    await session.run(_forget_place, person=person)
