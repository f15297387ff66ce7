"""Alarms that wait for one chat, joined into one message: a list, in the outbox as any other (P3, P5, P6).

The list is a row in the alarms' line, in hand from the start, with a method of its own. Its members are finished
for their line, in a line named after the list, and have no end until the list has one: then each of them counts as told
(or not) at that moment. A process that dies with the list in hand leaves it in doubt, and it is sent again as it is.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from msgspec import json
from sqlalchemy import Integer, bindparam, delete, insert, select, update

from core.vocabulary.card_names import pin_of
from core.vocabulary.words import Lane
from storage.engine.session import Query, Session, const
from storage.queues import cards, chat_migrations, outbox, outbox_rows
from storage.queues import outbox_statements as statements
from storage.queues.addressed_call import AddressedCall
from storage.queues.outbox_statements import LIST, MEMBER
from storage.queues.queue import State
from storage.schema.instants import to_ms
from storage.schema.rows import col, values_of
from storage.schema.tables import OutboxRow, table

FEWEST = 3  # so many alarms are worth a list
MOST = 30

_outbox = table(OutboxRow)
# Alarms that nobody has tried to send: of what may be there already only a mark at its end speaks.
_fresh = (
    col(OutboxRow.ring) == const(1),
    col(OutboxRow.card).is_not(None),
    col(OutboxRow.method) == const("sendMessage"),
    col(OutboxRow.attempts) == const(0),
    col(OutboxRow.uncertain) == const(0),
)
_waiting = Query(
    select(_outbox)
    .where(
        col(OutboxRow.line) == bindparam("line"),
        col(OutboxRow.state) < const(State.DONE),  # said for the index
        col(OutboxRow.state) == const(State.WAITING),
        col(OutboxRow.due_at) <= bindparam("now"),
        *_fresh,
    )
    .order_by(col(OutboxRow.rank), col(OutboxRow.turn), col(OutboxRow.id))
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True),
    OutboxRow,
)
_given = [column.name for column in _outbox.columns if column.name != "id"]
_add = Query(
    insert(_outbox).values({name: bindparam(name, type_=_outbox.c[name].type) for name in _given}).returning(_outbox),
    OutboxRow,
)
_enter = Query(
    update(_outbox)
    .where(col(OutboxRow.id) == bindparam("row"))
    .values(line=bindparam("to"), state=const(State.DONE), method=bindparam("method"), lease_until=None, ended_at=None)
)
_drop_pin = Query(
    delete(_outbox).where(
        col(OutboxRow.card) == bindparam("card"),
        col(OutboxRow.chat) == bindparam("chat"),
        col(OutboxRow.state) < const(State.TAKEN),  # said for the index
        col(OutboxRow.state) == const(State.WAITING),
        col(OutboxRow.line) == bindparam("line"),
    )
)
_of = (
    col(OutboxRow.line) == bindparam("list"),
    col(OutboxRow.state) >= const(State.DONE),  # said for the index
    col(OutboxRow.state) == const(State.DONE),
    col(OutboxRow.ended_at).is_(None),
)
_end = Query(
    update(_outbox)
    .where(*_of)
    .values(ended_at=bindparam("at"), error=bindparam("why", type_=_outbox.c.error.type))
    .returning(*_outbox.columns),
    OutboxRow,
)
_leave = Query(
    update(_outbox)
    .where(*_of)
    .values(line=bindparam("to"), state=const(State.WAITING), method=const("sendMessage"), attempts=const(1))
)


class Member(NamedTuple):
    """An alarm that left within a list."""

    id: int
    card: str | None


_members = Query(
    select(col(OutboxRow.id), col(OutboxRow.card)).where(
        col(OutboxRow.line) == bindparam("list"),
        col(OutboxRow.method) == const(MEMBER),
        col(OutboxRow.state) == const(State.DONE),
    ),
    Member,
)

# The words of a list of these alarms, and how many of them it has room for; None where a list would not do.
Compose = Callable[[list[OutboxRow]], tuple[Mapping[str, Any], int] | None]


def is_list(row: OutboxRow) -> bool:
    """Whether a row is a list of alarms."""
    return row.method == LIST


def may_join(row: OutboxRow) -> bool:
    """Whether a row that was taken is an alarm that nobody has tried to send."""
    fresh = row.rank == Lane.EMERGENCY and row.ring and row.card is not None and row.method == "sendMessage"
    return bool(fresh) and not row.attempts and not row.uncertain


async def join(session: Session, head: OutboxRow, now: datetime, compose: Compose) -> OutboxRow:
    """Join an alarm that was just taken with those that wait behind it; the row to send, itself where few wait."""
    # A taker of rows waits for nobody: a chat that somebody is writing to has its alarms one by one.
    if not await session.try_lock(outbox_rows.queue.lock_of(head.line)):
        return head
    behind = await session.rows(_waiting, line=head.line, now=to_ms(now), most=MOST - 1)
    alarms = [head, *behind]
    composed = compose(alarms) if len(alarms) >= FEWEST else None
    if composed is None:
        return head
    payload, count = composed
    whole = {
        **values_of(head),
        "card": None,
        "method": LIST,
        "payload": json.encode(payload, enc_hook=str).decode(),
        "created_at": min(row.created_at for row in alarms[:count]),
    }
    made = await session.row(_add, **{name: whole[name] for name in _given})
    if made is None:
        return head
    for row in alarms[:count]:
        await session.run(_enter, row=row.id, to=_line(made), method=MEMBER)
        pin = pin_of(row.card or "")
        if await session.touched(_drop_pin, card=pin, chat=row.chat, line=head.line):
            await cards.drop(session, pin, row.chat)
    return made


async def settle(session: Session, row: OutboxRow, now: datetime, why: str | None = None) -> None:
    """End the members with their list, ``why`` it came to nothing; a card that is there already shows its news."""
    await outbox_rows.queue.lock(session, row.line)
    members = await session.rows(_end, list=_line(row), at=to_ms(now), why=why)
    if why is not None:
        return
    for member in sorted(members, key=lambda each: each.id):
        shown = await cards.find(session, member.card or "", member.chat)
        if shown is not None and shown.message_id is not None:
            await outbox.post(session, [_quietly(member)], now)


async def members(session: Session, row: OutboxRow) -> list[Member]:
    """The alarms that left within a list, for as long as it is kept."""
    return await session.rows(_members, list=_line(row))


async def split(session: Session, row: OutboxRow, now: datetime) -> None:
    """Send the members one by one after all: their list is refused, and each has words of its own."""
    await outbox_rows.queue.lock(session, row.line)
    await session.run(_leave, list=_line(row), to=row.line)
    await outbox_rows.queue.done(session, row, now=to_ms(now))


async def follow(session: Session, group: int, supergroup: int, now: datetime) -> None:
    """The group became a supergroup: whatever waits for it goes there, alarms of a list that waits one by one."""
    await chat_migrations.hold(session, group, supergroup)
    await take_apart(session, group)
    await outbox.follow(session, group, supergroup, now)


async def take_apart(session: Session, chat: int) -> None:
    """Leave no list that waits for a chat, whose messages go elsewhere: its alarms wait one by one."""
    for row in await session.rows(statements.waiting, **outbox_rows.lines_of(chat)):
        if is_list(row):
            await session.run(_leave, list=_line(row), to=row.line)
            await session.run(statements.take_out, row=row.id)


def _line(row: OutboxRow) -> str:
    return f"{row.chat}:list:{row.id}"


def _quietly(member: OutboxRow) -> AddressedCall:
    payload = json.decode(member.payload) | {"disable_notification": True}
    return AddressedCall(chat=member.chat, lane=Lane.ACTION, method="sendMessage", payload=payload, card=member.card)
