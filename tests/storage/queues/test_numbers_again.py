"""P1, P2: a number that comes again is a repetition only when it is the same update."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.transport.fingerprints import fingerprint
from storage.engine.store import Store
from storage.queues import inbox
from tests.story.clock import NOON

A_MESSAGE: dict[str, Any] = {"message": {"message_id": 5, "date": 1, "chat": {"id": 7}, "text": "uno"}}
LATER: dict[str, Any] = {"message": {"message_id": 6, "date": 2, "chat": {"id": 7}, "text": "uno"}}


def comes(raw: dict[str, Any], *, bot: str = "1", urgent: bool = False) -> inbox.Arrival:
    return inbox.arrival({"update_id": 3, **raw}, line="7", urgent=urgent, fingerprint=fingerprint(bot, raw))


async def received(store: Store, *arrivals: inbox.Arrival) -> list[int]:
    """How many of each were new, one after the other."""
    return [await store.write(partial(inbox.receive, arrivals=[one], now=NOON)) for one in arrivals]


@pytest.mark.parametrize("urgent", [False, True])
async def test_p1_another_bots_update_of_the_same_number_is_new(store: Store, urgent: bool) -> None:
    other = comes(A_MESSAGE, bot="2", urgent=urgent)
    assert await received(store, comes(A_MESSAGE, urgent=urgent), other) == [1, 1]
    assert await received(store, other, comes(A_MESSAGE, urgent=urgent), other) == [0, 0, 0], "P2"


@pytest.mark.parametrize("urgent", [False, True])
async def test_p1_a_number_that_is_given_anew_is_new_once(store: Store, urgent: bool) -> None:
    assert await received(store, comes(A_MESSAGE, urgent=urgent), comes(LATER, urgent=urgent)) == [1, 1]
    assert await received(store, comes(LATER, urgent=urgent), comes(A_MESSAGE, urgent=urgent)) == [0, 0]


async def test_p2_what_an_earlier_release_kept_is_known_by_its_number(store: Store) -> None:
    earlier = inbox.arrival({"update_id": 3, **A_MESSAGE}, line="7", urgent=False)
    assert await received(store, earlier, comes(A_MESSAGE), comes(LATER, urgent=True), earlier) == [1, 0, 0, 0]


async def test_p2_two_updates_of_one_number_have_two_numbers_of_their_own(store: Store) -> None:
    await received(store, comes(A_MESSAGE), comes(LATER))

    found = []
    while rows := await store.write(lambda session: inbox.take(session, NOON, timedelta(minutes=1), 5)):
        for row in rows:
            found.append(row.update_id)
            await store.write(partial(inbox.handled, row=row, now=NOON))
    first, second = found
    assert first == 3
    assert second < 0, "none that Telegram gives"
