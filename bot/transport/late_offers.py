"""Offers that left late: the time to answer runs from when Telegram took them."""

from datetime import datetime, timedelta

from core.vocabulary.card_names import task_of_card
from core.vocabulary.words import Lane
from storage.engine.session import Session
from storage.queues import timers
from storage.schema.instants import from_ms
from storage.schema.tables import OutboxRow

LATE = timedelta(seconds=1)


async def offer_begins(session: Session, row: OutboxRow, now: datetime, timeout: timedelta) -> None:
    """Move the end of the time to answer, if this was an offer and it left late.

    Due times belong to their task, which is locked before the message's chat.
    """
    task = task_of_card(row.card or "") if row.ring and row.rank == Lane.EMERGENCY and row.chat > 0 else None
    if task is not None and now - from_ms(row.created_at) >= LATE:
        await timers.offer_runs_until(session, task, row.chat, now + timeout)
