"""Alerts in the outbox, as the rules ask for them: whether one was taken, and whether a round is still leaving."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, select

from core.rules.situation import Receipt
from storage.engine.session import Query, Session, const
from storage.queues.queue import State
from storage.schema.instants import to_ms
from storage.schema.rows import col
from storage.schema.tables import OutboxRow

# A round that takes longer than this is not waited for: an alarm is said again at the latest then (P13).
LONGEST_ROUND = timedelta(minutes=10)


class _End(NamedTuple):
    state: int
    error: str | None
    ended_at: int | None


_to_them = Query(
    select(col(OutboxRow.state), col(OutboxRow.error), col(OutboxRow.ended_at)).where(
        col(OutboxRow.card) == bindparam("card"),
        col(OutboxRow.ring) == const(1),
        col(OutboxRow.card).is_not(None),
        col(OutboxRow.chat) == bindparam("chat"),
    ),
    _End,
)
_untried = Query.value(
    select(col(OutboxRow.id))
    .where(
        col(OutboxRow.card) == bindparam("card"),
        col(OutboxRow.card).is_not(None),
        col(OutboxRow.state) < const(State.TAKEN),
        col(OutboxRow.ring) == const(1),
        col(OutboxRow.attempts) == const(0),
        col(OutboxRow.due_at) <= bindparam("now"),
        col(OutboxRow.created_at) >= bindparam("since"),
        col(OutboxRow.created_at) < bindparam("now"),  # what this moment itself says is no round before it
    )
    .limit(const(1))
)


async def receipt(session: Session, card: str, chat: int, since: datetime) -> Receipt:
    """The receipt of the alerts of a card in a chat since then; what has been forgotten was taken."""
    alerts = await session.rows(_to_them, card=card, chat=chat)
    ended = [one for one in alerts if one.ended_at is not None and one.ended_at >= to_ms(since)]
    if any(one.state == State.DONE and one.error is None for one in ended):
        return Receipt.TAKEN
    if any(one.state < State.DONE for one in alerts):
        return Receipt.WAITING
    return Receipt.REFUSED if ended else Receipt.TAKEN


async def round_waits(session: Session, card: str, now: datetime) -> bool:
    """Whether alerts of a card wait for their turn alone: not for a pause between tries, and not for too long."""
    since = to_ms(now - LONGEST_ROUND)
    return await session.row(_untried, card=card, now=to_ms(now), since=since) is not None
