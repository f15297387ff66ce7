"""Work that the storage refuses is retried for as long as it takes; a failure of another kind is not."""

import asyncio

import pytest

from bot.runtime.retry import retry_while_down
from storage.engine.errors import StorageError
from tests.story.clock import MovedClock


async def rest() -> None:
    """Let whatever can go on do so."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_p1_it_is_tried_once_a_second_until_the_storage_takes_it() -> None:
    clock, tries = MovedClock(), 0

    async def act() -> None:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise StorageError("storage: locked")

    insisting = asyncio.create_task(retry_while_down(clock, act))
    for number in (1, 2, 3):
        await rest()
        assert tries == number
        clock.advance(0.9)
        await rest()
        assert tries == number, "not before its time"
        clock.advance(0.1)
    await insisting
    assert tries == 4


async def test_a_failure_of_another_kind_is_its_callers() -> None:
    async def act() -> None:
        raise ValueError("not the storage")

    with pytest.raises(ValueError, match="not the storage"):
        await retry_while_down(MovedClock(), act)


async def test_whoever_stops_waiting_ends_it() -> None:
    async def act() -> None:
        raise StorageError("storage: locked")

    insisting = asyncio.create_task(retry_while_down(MovedClock(), act))
    await rest()
    insisting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await insisting
