"""A new release takes its share of the chats first; whatever is late, urgent or failed there is the other's too."""

from datetime import timedelta
from functools import partial

from storage.engine.store import Store
from storage.queues import canary, inbox
from storage.queues.canary import ALIVE, LATE, Share
from storage.queues.inbox import Arrival
from tests.story.clock import NOON

NEW, OLD = Share(percent=25, new=True), Share(percent=25, new=False)
LEASE, MOMENT = timedelta(seconds=30), timedelta(milliseconds=1)
# Of a person, a group, and of an update without a chat.
CHATS = ("7124", "7125", "-1002300099", "-1002300003", "0")


async def come(store: Store, *, urgent: bool = False) -> None:
    arrivals = [
        Arrival(update_id=number, line=line, urgent=urgent, payload="{}") for number, line in enumerate(CHATS, start=1)
    ]
    await store.write(partial(inbox.receive, arrivals=arrivals, now=NOON))


async def takes(store: Store, share: Share | None, after: timedelta = timedelta(0)) -> set[str]:
    rows = await store.write(partial(inbox.take, now=NOON + after, lease=LEASE, most=10, share=share))
    return {row.line for row in rows}


async def test_each_release_takes_its_own_chats_and_nobody_anothers(store: Store) -> None:
    await come(store)
    assert await takes(store, NEW) == {"7124", "-1002300003", "0"}
    assert await takes(store, NEW, LATE - MOMENT) == set()
    assert await takes(store, OLD) == {"7125", "-1002300099"}


async def test_an_emergency_is_anybodys(store: Store) -> None:
    await come(store, urgent=True)
    assert await takes(store, NEW) == set(CHATS)


async def test_what_the_other_release_leaves_is_taken_after_a_bounded_wait(store: Store) -> None:
    await come(store)
    assert await takes(store, OLD) == {"7125", "-1002300099"}
    assert await takes(store, OLD, LATE) == {"7124", "-1002300003", "0"}, "the new one stands still"


async def test_what_failed_at_the_new_release_is_the_old_ones_at_once(store: Store) -> None:
    await come(store)
    rows = await store.write(partial(inbox.take, now=NOON, lease=LEASE, most=10, share=NEW))
    for row in rows:
        await store.write(partial(inbox.retry, row=row, due=NOON, why="a fault of the new release"))
    assert await takes(store, NEW) == set()
    assert await takes(store, OLD) == set(CHATS)


async def test_a_new_release_is_heard_while_it_lives(store: Store) -> None:
    assert await store.read(partial(canary.heard, now=NOON)) == 0
    await store.write(partial(canary.beat, percent=10, now=NOON))
    await store.write(partial(canary.beat, percent=25, now=NOON))
    assert await store.read(partial(canary.heard, now=NOON + ALIVE)) == 25
    assert await store.read(partial(canary.heard, now=NOON + ALIVE + MOMENT)) == 0, "it has ended"
    assert await store.read(partial(canary.heard, now=NOON - timedelta(days=1))) == 0, "a clock that was ahead beat"
