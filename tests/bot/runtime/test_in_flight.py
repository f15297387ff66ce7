"""Work in flight of a loop: how much it is, and how it comes to its end."""

import asyncio
import logging
import time

import pytest

from bot.runtime.in_flight import InFlight


async def rest() -> None:
    """Let whatever can go on do so."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_what_is_done_leaves_the_hands_and_rings() -> None:
    in_flight, done = InFlight(), asyncio.Event()

    async def work() -> None:
        await done.wait()

    in_flight.begin(work())
    in_flight.begin(work())
    assert (len(in_flight), in_flight.idle, in_flight.bell.is_set()) == (2, False, False)
    done.set()
    await rest()
    assert (len(in_flight), in_flight.idle, in_flight.bell.is_set()) == (0, True, True)


async def test_what_fails_is_said_and_holds_nothing_up(caplog: pytest.LogCaptureFixture) -> None:
    """Its row stays taken, and its lease gives it back."""
    caplog.set_level(logging.ERROR)
    in_flight = InFlight()

    async def fails() -> None:
        raise ValueError("a secret of the row")

    in_flight.begin(fails())
    await rest()
    assert in_flight.idle
    assert in_flight.bell.is_set()
    assert [record.getMessage() for record in caplog.records] == ["what was in hand could not be settled: ValueError"]


async def test_p1_told_to_end_they_finish_what_they_hold() -> None:
    in_flight, done, finished = InFlight(), asyncio.Event(), []

    async def work() -> None:
        await done.wait()
        finished.append(1)

    in_flight.begin(work())
    ending = asyncio.create_task(in_flight.finish(patience=60))
    await rest()
    assert not in_flight.open, "nothing more is taken"
    assert in_flight.bell.is_set(), "and the loop is told"
    assert not ending.done()
    done.set()
    await ending
    assert finished == [1]


async def test_p1_told_to_end_they_wait_for_what_is_being_taken() -> None:
    """Rows that the database has given away and that were not begun yet would be held by nobody."""
    in_flight, given, finished = InFlight(), asyncio.Event(), []

    async def work() -> None:
        finished.append(1)

    async def take() -> None:
        async with in_flight.taking:
            await given.wait()
            in_flight.begin(work())

    taking = asyncio.create_task(take())
    await rest()
    ending = asyncio.create_task(in_flight.finish(patience=60))
    await rest()
    assert not ending.done()
    given.set()
    await ending
    await taking
    assert finished == [1]


async def test_they_wait_no_longer_than_they_are_allowed_to() -> None:
    in_flight = InFlight()
    never = asyncio.Event()

    async def work() -> None:
        await never.wait()

    in_flight.begin(work())
    begun = time.monotonic()
    await in_flight.finish(patience=0.05)
    assert time.monotonic() - begun < 5
    assert len(in_flight) == 1, "it is let go of where it is"
    never.set()
    await rest()
