"""The loops of the desk: one that fails starts again, one that the storage refused waits, and all end when told."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.runtime.conditions import BOUNDS, Condition, Conditions
from bot.runtime.outage import Outage
from bot.runtime.pulse import Pulse
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
    crew = Crew(clock, Conditions(clock), Outage(clock))

    async def work(_: Pulse) -> None:
        nonlocal starts
        starts += 1
        raise error

    crew.start("worker", work)
    for number in (1, 2, 3):
        await rest()
        assert (starts, crew.failing("worker")) == (number, to_blame)
        clock.advance(1)
    assert len(caplog.records) == to_blame, "once, however often it fails"
    await crew.stop()


async def test_what_swallows_its_end_once_ends_all_the_same() -> None:
    """As a client does that times out while it closes its connection."""
    clock = MovedClock()
    crew, swallowed = Crew(clock, Conditions(clock), Outage(clock)), []

    async def work(_: Pulse) -> None:
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


@pytest.mark.parametrize("error", [ValueError("a bug"), StorageError("storage: full")])
async def test_p13_a_loop_without_a_good_round_is_said_by_its_name_until_it_has_one(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """It is one line when it falls ill and one when it is well, whoever is to blame."""
    caplog.set_level(logging.INFO, "bot.runtime.conditions")
    clock = MovedClock()
    conditions = Conditions(clock)
    crew = Crew(clock, conditions, Outage(clock))
    mended = False

    async def work(pulse: Pulse) -> None:
        if not mended:
            raise error
        pulse.rests(None)
        await asyncio.Event().wait()

    crew.start("timekeeper", work)
    for _ in range(60):
        await rest()
        clock.advance(1)
        await crew.judge()
    trouble = conditions.trouble(Condition.LOOP)
    assert trouble is not None
    assert trouble.part == "timekeeper"
    assert str(error) in trouble.why
    assert crew.lags["timekeeper"].total_seconds() == 60
    mended = True
    await rest()
    clock.advance(1)
    await rest()
    await crew.judge()
    assert conditions.trouble(Condition.LOOP) is None
    said = [record.getMessage() for record in caplog.records if "loop (timekeeper)" in record.getMessage()]
    assert len(said) == 2
    await crew.stop()


async def test_p13_a_loop_that_hangs_is_said_and_one_that_waits_is_not() -> None:
    clock = MovedClock()
    conditions = Conditions(clock)
    crew = Crew(clock, conditions, Outage(clock))

    async def hangs(_: Pulse) -> None:
        await asyncio.Event().wait()

    async def waits_for_a_bell(pulse: Pulse) -> None:
        pulse.rests(None)
        await asyncio.Event().wait()

    async def waits_for_a_due_time(pulse: Pulse) -> None:
        due = clock.now() + timedelta(hours=2)
        pulse.rests(due)
        await asyncio.Event().wait()

    crew.start("hangs", hangs)
    crew.start("bell", waits_for_a_bell)
    crew.start("due", waits_for_a_due_time)
    await rest()
    clock.advance(BOUNDS[Condition.LOOP].said_within.total_seconds())
    await crew.judge()
    assert not conditions.all()
    clock.advance(1)
    await crew.judge()
    assert [trouble.part for trouble in conditions.all()] == ["hangs"]
    clock.advance(7300)
    await crew.judge()
    assert [trouble.part for trouble in conditions.all()] == ["hangs", "due"]
    await crew.stop()


async def test_a_clock_that_was_set_forward_makes_no_loop_ill() -> None:
    """A machine that slept for a night: no round was missed in the moment in which its clock is set right."""
    clock = MovedClock()
    conditions = Conditions(clock)
    crew = Crew(clock, conditions, Outage(clock))

    async def waits_for_a_due_time(pulse: Pulse) -> None:
        pulse.rests(clock.now() + timedelta(minutes=1))
        await asyncio.Event().wait()

    async def is_in_a_round(_: Pulse) -> None:
        await asyncio.Event().wait()

    crew.start("due", waits_for_a_due_time)
    crew.start("round", is_in_a_round)
    await rest()
    clock.is_set(8 * 3600)
    await crew.judge()
    assert not conditions.all()
    clock.advance(11)
    await crew.judge()
    assert [trouble.part for trouble in conditions.all()] == ["round"]
    clock.advance(60)
    await crew.judge()
    assert sorted(trouble.part for trouble in conditions.all()) == ["due", "round"]
    await crew.stop()
