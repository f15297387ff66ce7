"""The statements of the outbox beyond those of every queue (``storage.queues.queue_statements``)."""

from typing import NamedTuple

from sqlalchemy import bindparam, delete, select, update

from core.vocabulary.words import Lane
from storage.engine.many import Many
from storage.engine.session import Query, const
from storage.queues.queue_statements import State
from storage.schema.rows import col
from storage.schema.tables import OutboxRow, table

_outbox = table(OutboxRow)
LIST = "list"  # the method of a list of alarms, which goes as a message
MEMBER = "joined"  # the method of an alarm that left within a list (`storage.queues.alarm_lists`)
VOID = "void"  # the method of what was in hand for somebody who is out by now: sent again, it says nothing
BESIDE = "_beside"  # ends the name of a line for messages whose method is held
_LINES = [f"{lane.name.lower()}{beside}" for lane in Lane for beside in ("", BESIDE)]

in_lines = col(OutboxRow.line).in_([bindparam(line) for line in _LINES])


class Unsent(NamedTuple):
    """A state of a card that nobody has begun to send."""

    id: int
    chat: int
    line: str
    rank: int
    turn: int
    state: int
    ring: int
    uncertain: int
    method: str
    payload: str
    created_at: int


unsent_in = Many(
    lambda chats: Query(
        select(
            col(OutboxRow.id),
            col(OutboxRow.chat),
            col(OutboxRow.line),
            col(OutboxRow.rank),
            col(OutboxRow.turn),
            col(OutboxRow.state),
            col(OutboxRow.ring),
            col(OutboxRow.uncertain),
            col(OutboxRow.method),
            col(OutboxRow.payload),
            col(OutboxRow.created_at),
        )
        .where(
            col(OutboxRow.card) == bindparam("card"),
            col(OutboxRow.chat).in_(chats),
            col(OutboxRow.state) < const(State.TAKEN),
        )
        .order_by(col(OutboxRow.id))
        .with_for_update(),  # what is being taken at this moment is not unsent any more
        Unsent,
    )
)


class InHand(NamedTuple):
    """A state of a card that is being sent at this moment."""

    id: int
    chat: int
    line: str


in_hand = Query(
    select(col(OutboxRow.id), col(OutboxRow.chat), col(OutboxRow.line)).where(
        col(OutboxRow.state) == const(State.TAKEN), col(OutboxRow.card) == bindparam("card")
    ),
    InHand,
)
waiting = Query(
    select(_outbox)
    .where(
        in_lines,
        col(OutboxRow.state) < const(State.DONE),  # said for the index
        col(OutboxRow.state) < const(State.TAKEN),
    )
    .with_for_update(),
    OutboxRow,
)
hush = Query(update(_outbox).where(col(OutboxRow.id) == bindparam("row")).values(ring=const(0)))
rewrite = Query(
    update(_outbox)
    .where(col(OutboxRow.id) == bindparam("row"))
    .values({name: bindparam(name) for name in ("method", "payload", "created_at", "ring", "uncertain")})
    .values(attempts=const(0), error=None)
)
say_otherwise = Query(
    update(_outbox)
    .where(col(OutboxRow.id) == bindparam("row"))
    .values(method=bindparam("method"), payload=bindparam("payload"))
)
take_out = Query(delete(_outbox).where(col(OutboxRow.id) == bindparam("row")))


class Sent(NamedTuple):
    """A message that left."""

    chat: int
    rank: int
    ended_at: int


lately_sent = Query(
    select(col(OutboxRow.chat), col(OutboxRow.rank), col(OutboxRow.ended_at))
    .where(
        col(OutboxRow.state) >= const(State.DONE),
        col(OutboxRow.state) == const(State.DONE),
        col(OutboxRow.ended_at) >= bindparam("since"),
        col(OutboxRow.method) != const(MEMBER),
    )
    .order_by(col(OutboxRow.ended_at)),
    Sent,
)


class Rang(NamedTuple):
    """A message that asked somebody to look at a card."""

    chat: int
    state: int
    error: str | None
    created_at: int
    ended_at: int | None


sent_alerts = Query(
    select(
        col(OutboxRow.chat),
        col(OutboxRow.state),
        col(OutboxRow.error),
        col(OutboxRow.created_at),
        col(OutboxRow.ended_at),
    )
    .where(col(OutboxRow.card) == bindparam("card"), col(OutboxRow.ring) == const(1), col(OutboxRow.card).is_not(None))
    .order_by(col(OutboxRow.id)),
    Rang,
)
mark_uncertain = Query(update(_outbox).where(col(OutboxRow.id) == bindparam("row")).values(uncertain=const(1)))
