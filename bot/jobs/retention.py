"""Jobs of the calendar: deletes rows that will not be asked for again."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from bot.jobs.calendar import Calendar
from bot.runtime.clock import Timepiece
from storage.audit import record
from storage.engine.session import Session
from storage.engine.store import Store
from storage.queues import inbox, jobs, outbox
from storage.repositories import albums, told

KEEP_MESSAGES = timedelta(days=7)
KEEP_ANSWERS = timedelta(days=7)
KEEP_TOLD = timedelta(days=7)
# Telegram redelivers nothing older than 24 hours (https://core.telegram.org/bots/api#getting-updates), but an answer's
# key has the number of its update: whoever gets that number anew is told apart for as long as the answer is kept.
KEEP_UPDATES = KEEP_ANSWERS
SWEEP = timedelta(minutes=15)
# The others of an album follow in seconds, and its question is answered in minutes; a day forgives a long outage.
KEEP_PICTURES = timedelta(days=1)
# Rows that one transaction deletes: a write that comes meanwhile waits for this many and no more.
SLICE = 100

Forget = Callable[[Session, datetime, int], Awaitable[int]]


def add_sweep(calendar: Calendar, store: Store, clock: Timepiece) -> None:
    """Sweep every quarter of an hour."""
    calendar.add("sweep", partial(sweep, store, clock), SWEEP)


async def sweep(store: Store, clock: Timepiece) -> None:
    """Forget what has grown old: updates, sent messages, answers, pictures, who was told; one process of many does.

    In slices: each is a transaction of its own, and what else is to be written goes between two of them. A process
    that dies in the middle leaves the rest to the next sweep.
    """
    now = clock.now()
    if not await store.write(lambda session: jobs.claim(session, "sweep", now, SWEEP)):
        return
    await _forget(store, outbox.prune, now - KEEP_MESSAGES)
    await _forget(store, record.forget_answers, now - KEEP_ANSWERS)
    await _forget(store, inbox.prune, now - KEEP_UPDATES)
    await _forget(store, albums.forget, now - KEEP_PICTURES)
    await _forget(store, told.forget, now - KEEP_TOLD)


async def _forget(store: Store, forget: Forget, before: datetime) -> None:
    while await store.write(lambda session: forget(session, before, SLICE)) == SLICE:
        pass
