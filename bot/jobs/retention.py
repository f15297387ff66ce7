"""Jobs of the calendar: deletes and blanks what nobody needs any more (P15)."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot.config.live import LiveConfig
from bot.config.schema import Config
from bot.jobs.calendar import Calendar
from bot.runtime.clock import Timepiece
from storage.audit import dead_letters, record
from storage.engine.session import Session
from storage.engine.sqlite import Work
from storage.engine.store import Store
from storage.ops import erased_list
from storage.queues import inbox, jobs, outbox
from storage.repositories import albums, forms, lost_words, old_people, old_places, old_requests, old_words, told

SWEEP = timedelta(minutes=15)
# The others of an album follow in seconds, and its question is answered in minutes; a day forgives a long outage.
KEEP_PICTURES = timedelta(days=1)
# Rows that one transaction deletes: a write that comes meanwhile waits for this many and no more.
SLICE = 100
# Of rows that are looked for first, or have an event each.
SMALL_SLICE = 20

Forget = Callable[[Session, datetime, int], Awaitable[int]]
Found = tuple[list[int], int | None]
Find = Callable[[Session, datetime, int, int], Awaitable[Found]]
Change = Callable[[Session, list[int], datetime], Awaitable[None]]


def add_sweep(calendar: Calendar, store: Store, clock: Timepiece, live: LiveConfig) -> None:
    """Sweep every quarter of an hour, by the ages that hold then, and note on this machine's disk who was erased."""

    async def run() -> None:
        await sweep(store, clock, live.now)
        if live.now.audit.erased_file:
            await erased_list.keep_up(store, Path(live.now.audit.erased_file))

    calendar.add("sweep", run, SWEEP)


async def sweep(store: Store, clock: Timepiece, config: Config) -> None:
    """Forget what has grown old, by the ages of the configuration; one process of many does.

    In slices: each is a transaction of its own, and what else is to be written goes between two of them. What has no
    index by age is looked for beside them. A process that dies in the middle leaves the rest to the next sweep.
    """
    now, ages = clock.now(), config.privacy
    if not await store.write(lambda session: jobs.claim(session, "sweep", now, SWEEP)):
        return
    sent = now - ages.messages
    await _forget(store, outbox.prune, sent)
    await _forget(store, record.forget_answers, sent)
    # An answer's key has the number of its update: whoever gets that number anew is told apart for as long.
    await _forget(store, inbox.prune, sent)
    await _forget(store, told.forget, sent)
    await _forget(store, albums.forget, now - KEEP_PICTURES)
    seen = now - max(ages.location_retention, config.dispatch.location_max_age)
    await _change(store, old_places.seen_before, old_places.blank, seen)
    await _change(store, old_places.tracked_before, old_places.shorten, now - ages.track)
    waits = now - ages.pending
    await _forget(store, partial(dead_letters.expire, now=now), waits, SMALL_SLICE)
    await _change(store, old_requests.asked_before, partial(old_requests.forget, now=now), waits)
    await _forget_forms(store, waits)
    await store.write(partial(lost_words.forget_guesses, before=now - lost_words.KEPT))
    await _erase_words(store, now - ages.evidence, now)
    await _forget_people(store, old_people.Ages(member=now - ages.evidence, refused=waits), now)


async def _forget(store: Store, forget: Forget, before: datetime, most: int = SLICE) -> None:
    while await store.write(lambda session: forget(session, before, most)) == most:
        pass


async def _change(store: Store, find: Find, change: Change, before: datetime) -> None:
    """Look for rows by their number, and change those of a slice at a time."""
    after: int | None = 0
    while after is not None:
        found, after = await store.read(_page(find, before, after))
        if found:
            await store.write(_slice(change, found, before))


def _page(find: Find, before: datetime, after: int) -> Work[Found]:
    return lambda session: find(session, before, after, SLICE)


def _slice(change: Change, found: list[int], before: datetime) -> Work[None]:
    return lambda session: change(session, found, before)


async def _forget_forms(store: Store, before: datetime) -> None:
    while chats := await store.read(partial(forms.old_chats, before=before)):
        await store.write(partial(forms.forget, chats=chats, before=before))


async def _erase_words(store: Store, before: datetime, now: datetime) -> None:
    spot: old_words.Spot | None = old_words.FIRST
    while spot is not None:
        found, spot = await store.read(partial(old_words.said_before, before=before, after=spot, most=SLICE))
        if found:
            await store.write(partial(old_words.erase, found=found, before=before, now=now))


async def _forget_people(store: Store, ages: old_people.Ages, now: datetime) -> None:
    after: int | None = 0
    while after is not None:
        found, after = await store.read(partial(old_people.out_before, ages=ages, after=after, most=SLICE))
        for person in found:
            await store.write(partial(old_people.forget, person=person, ages=ages, now=now))
