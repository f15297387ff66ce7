"""The loops of the desk: one that fails starts again, one that the storage refused waits, and all end when told."""

import asyncio
import logging

import pytest

from bot.runtime.supervisor import Crew
from storage.engine.errors import StorageError
from tests.story.clock import MovedClock


async def rest() -> None:
    """Let whatever can go on do so."""
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.mark.parametrize(("error", "to_blame"), [(ValueError("a bug"), True), (StorageError("storage: full"), False)])
async def test_a_loop_that_ends_with_an_error_starts_again_after_a_second(
    error: Exception, to_blame: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """A storage that refuses is nobody's failure, and is said elsewhere, once."""
    caplog.set_level(logging.INFO)
    clock, starts = MovedClock(), 0
    crew = Crew(clock)

    async def work() -> None:
        nonlocal starts
        starts += 1
        raise error

    crew.start("worker", work)
    for number in (1, 2, 3):
        await rest()
        assert (starts, crew.failing("worker")) == (number, to_blame)
        clock.advance(1)
    assert bool(caplog.records) is to_blame
    await crew.stop()


async def test_what_swallows_its_end_once_ends_all_the_same() -> None:
    """As a client does that times out while it closes its connection."""
    crew, swallowed = Crew(MovedClock()), []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            swallowed.append(1)
        await asyncio.Event().wait()

    crew.start("hearing", work)
    await rest()
    async with asyncio.timeout(5):
        await crew.stop()
    assert swallowed == [1]
