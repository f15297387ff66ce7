"""The desk's clock goes steadily, whatever is done to the machine's."""

import asyncio
import logging
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.clock import JUMPED, SLEW, SystemClock

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
HOUR = 3600.0


class Machine:
    """A wall clock that people set, and a steady one that nobody can."""

    def __init__(self) -> None:
        self.wall, self.steady = NOON.timestamp(), 1_000.0

    def passes(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds

    def clock(self) -> SystemClock:
        return SystemClock(wall=lambda: self.wall, steady=lambda: self.steady)


def ahead(clock: SystemClock, machine: Machine) -> float:
    """How many seconds the desk's clock is ahead of the wall clock."""
    return clock.now().timestamp() - machine.wall


def test_it_tells_the_time_of_the_machine_in_whole_milliseconds() -> None:
    machine = Machine()
    clock = machine.clock()
    assert clock.now() == NOON
    machine.passes(61.2345)
    assert clock.now() == NOON + timedelta(seconds=61.234)


@pytest.mark.parametrize("jump", [HOUR, -HOUR, 30.0, -30.0])
def test_p8_a_jump_of_the_wall_clock_neither_hurries_nor_holds_it_up(jump: float) -> None:
    machine = Machine()
    clock = machine.clock()
    machine.wall += jump
    machine.passes(600)
    assert abs((clock.now() - NOON).total_seconds() - 600) <= 600 * SLEW + 0.001


@pytest.mark.parametrize("jump", [3.0, -3.0])
def test_it_follows_little_by_little(jump: float) -> None:
    machine = Machine()
    clock = machine.clock()
    machine.wall += jump
    for _ in range(280):
        machine.passes(1)
        clock.now()
    assert abs(ahead(clock, machine)) == pytest.approx(0.2, abs=0.01)
    machine.passes(60)
    assert ahead(clock, machine) == pytest.approx(0, abs=0.001)


steps = st.lists(st.tuples(st.floats(0, 1_000), st.floats(-1e6, 1e6)), max_size=30)


@given(steps)
def test_p8_it_never_goes_back_and_never_runs_away(steps: list[tuple[float, float]]) -> None:
    machine = Machine()
    clock = machine.clock()
    last = clock.now()
    for seconds, jump in steps:
        machine.wall += jump
        machine.passes(seconds)
        now = clock.now()
        assert seconds * (1 - SLEW) - 0.002 <= (now - last).total_seconds() <= seconds * (1 + SLEW) + 0.002
        last = now


def test_the_operators_hear_of_a_jump_once(caplog: pytest.LogCaptureFixture) -> None:
    machine = Machine()
    clock = machine.clock()
    with caplog.at_level(logging.WARNING):
        machine.wall += 2 * JUMPED
        for _ in range(3):
            machine.passes(1)
            clock.now()
    assert [record.getMessage() for record in caplog.records] == [
        "the machine's clock jumped by +10 s; the desk follows it little by little"
    ]


def test_several_threads_may_read_it() -> None:
    clock = SystemClock()
    begun, read = clock.now(), time.monotonic()
    threads = [threading.Thread(target=lambda: [clock.now() for _ in range(5_000)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    passed = time.monotonic() - read
    assert (clock.now() - begun).total_seconds() == pytest.approx(passed, rel=2 * SLEW, abs=0.05)


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
async def test_p8_whoever_waits_is_woken_in_time_whatever_the_wall_clock_says(jump: float) -> None:
    moved = 0.0
    clock = SystemClock(wall=lambda: time.time() + moved)
    until, begun = clock.now() + timedelta(milliseconds=60), time.monotonic()
    waiting = asyncio.create_task(clock.wait(asyncio.Event(), until))
    await asyncio.sleep(0)
    moved = jump
    async with asyncio.timeout(5):
        await waiting
    assert clock.now() >= until
    assert 0.05 <= time.monotonic() - begun < 1


async def test_the_bell_wakes_at_once_and_is_quiet_again() -> None:
    clock, bell = SystemClock(), asyncio.Event()
    waiting = asyncio.create_task(clock.wait(bell, None))
    await asyncio.sleep(0)
    bell.set()
    async with asyncio.timeout(5):
        await waiting
    assert not bell.is_set()


async def test_what_is_over_is_not_waited_for() -> None:
    clock = SystemClock()
    async with asyncio.timeout(5):
        await clock.wait(asyncio.Event(), clock.now() - timedelta(hours=1))
