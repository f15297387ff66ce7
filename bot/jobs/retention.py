"""Jobs of the calendar: deletes rows that will not be asked for again."""

from datetime import timedelta

from bot.runtime.clock import Timepiece
from storage.audit import record
from storage.engine.session import Session
from storage.engine.store import Store
from storage.queues import inbox, jobs, outbox

# Telegram redelivers nothing older than 24 hours (https://core.telegram.org/bots/api#getting-updates).
KEEP_UPDATES = timedelta(days=2)
KEEP_MESSAGES = timedelta(days=7)
KEEP_ANSWERS = timedelta(days=7)
SWEEP = timedelta(minutes=15)


async def sweep(store: Store, clock: Timepiece) -> None:
    """Forget handled updates, sent messages and given answers that have grown old; one process of many does."""
    now = clock.now()

    async def unit(session: Session) -> None:
        if not await jobs.claim(session, "sweep", now, SWEEP):
            return
        await inbox.prune(session, now - KEEP_UPDATES)
        await outbox.prune(session, now - KEEP_MESSAGES)
        await record.forget_answers(session, now - KEEP_ANSWERS)

    await store.write(unit)
