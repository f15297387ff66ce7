"""What a loop has in hand: how much it is, and how it comes to its end."""

import asyncio
import logging
import time

import pytest

from bot.runtime.in_flight import Hands


async def rest() -> None:
    """Let whatever can go on do so."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_what_is_done_leaves_the_hands_and_rings() -> None:
    hands, done = Hands(), asyncio.Event()

    async def work() -> None:
        await done.wait()

    hands.begin(work())
    hands.begin(work())
    assert (len(hands), hands.idle, hands.bell.is_set()) == (2, False, False)
    done.set()
    await rest()
    assert (len(hands), hands.idle, hands.bell.is_set()) == (0, True, True)


async def test_what_fails_is_said_and_holds_nothing_up(caplog: pytest.LogCaptureFixture) -> None:
    """Its row stays taken, and its lease gives it back."""
    caplog.set_level(logging.ERROR)
    hands = Hands()

    async def fails() -> None:
        raise ValueError("a secret of the row")

    hands.begin(fails())
    await rest()
    assert hands.idle
    assert hands.bell.is_set()
    assert [record.getMessage() for record in caplog.records] == ["what was in hand could not be settled: ValueError"]


async def test_p1_told_to_end_they_finish_what_they_hold() -> None:
    hands, done, finished = Hands(), asyncio.Event(), []

    async def work() -> None:
        await done.wait()
        finished.append(1)

    hands.begin(work())
    ending = asyncio.create_task(hands.finish(patience=60))
    await rest()
    assert not hands.open, "nothing more is taken"
    assert hands.bell.is_set(), "and the loop is told"
    assert not ending.done()
    done.set()
    await ending
    assert finished == [1]


async def test_p1_told_to_end_they_wait_for_what_is_being_taken() -> None:
    """Rows that the database has given away and that were not begun yet would be held by nobody."""
    hands, given, finished = Hands(), asyncio.Event(), []

    async def work() -> None:
        finished.append(1)

    async def take() -> None:
        async with hands.taking:
            await given.wait()
            hands.begin(work())

    taking = asyncio.create_task(take())
    await rest()
    ending = asyncio.create_task(hands.finish(patience=60))
    await rest()
    assert not ending.done()
    given.set()
    await ending
    await taking
    assert finished == [1]


async def test_they_wait_no_longer_than_they_are_allowed_to() -> None:
    hands = Hands()
    never = asyncio.Event()

    async def work() -> None:
        await never.wait()

    hands.begin(work())
    begun = time.monotonic()
    await hands.finish(patience=0.05)
    assert time.monotonic() - begun < 5
    assert len(hands) == 1, "it is let go of where it is"
    never.set()
    await rest()
