"""The desk's clock goes steadily, and takes over what is done to the machine's when it lasts."""

import asyncio
import logging
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.clock import JUMPED, LASTS, SLEW, SystemClock

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
def test_p8_it_goes_steadily_but_for_what_it_takes_over(steps: list[tuple[float, float]]) -> None:
    """Between two readings it goes as time does, or is set to the wall clock by a jump that has lasted."""
    machine = Machine()
    clock = machine.clock()
    last = clock.now()
    for seconds, jump in steps:
        machine.wall += jump
        machine.passes(seconds)
        now = clock.now()
        went = (now - last).total_seconds()
        steadily = seconds * (1 - SLEW) - 0.002 <= went <= seconds * (1 + SLEW) + 0.002
        assert steadily or abs(now.timestamp() - machine.wall) < 0.01
        last = now


@given(st.floats(-1e6, 1e6), st.lists(st.floats(0, 3), min_size=1, max_size=20))
def test_p13_a_jump_that_lasts_is_taken_over_within_the_bound(jump: float, looks: list[float]) -> None:
    """Looks come at least each second; a wrong clock of hours is right two seconds after the first that sees it."""
    machine = Machine()
    clock = machine.clock()
    machine.wall += jump
    clock.now()
    for seconds in looks:
        machine.passes(min(seconds, 1.0))
        clock.now()
    if sum(min(seconds, 1.0) for seconds in looks) > LASTS:
        assert abs(ahead(clock, machine)) <= JUMPED


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_p8_a_mistake_that_is_taken_back_at_once_moves_nothing(jump: float) -> None:
    machine = Machine()
    clock = machine.clock()
    machine.wall += jump
    machine.passes(1)
    clock.now()
    machine.wall -= jump
    machine.passes(1)
    assert abs((clock.now() - NOON).total_seconds() - 2) <= 2 * SLEW


@given(st.floats(-1e5, 1e5), steps)
def test_p7_two_machines_that_follow_one_clock_tell_the_same_time(
    skew: float, steps: list[tuple[float, float]]
) -> None:
    """The measured difference holds, however either machine's clock is set."""
    one, other = Machine(), Machine()
    other.wall += skew
    clocks = [(one, one.clock()), (other, other.clock())]
    decides = NOON.timestamp()
    for number, (seconds, jump) in enumerate(steps):
        clocks[number % 2][0].wall += jump
        decides += seconds
        for machine, clock in clocks:
            machine.passes(seconds)
            clock.follow(decides - clock.machine())
        told = [clock.now().timestamp() for _, clock in clocks]
        assert all(abs(one_told - decides) <= JUMPED + 0.01 for one_told in told)


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


async def test_p8_whoever_waits_goes_on_waiting_no_longer_when_the_clock_is_set_back() -> None:
    """The clock was an hour ahead: a loop that looks each few seconds does not stand still for that hour."""
    clock = SystemClock()
    begun = time.monotonic()
    waiting = asyncio.create_task(clock.wait(asyncio.Event(), clock.now() + timedelta(milliseconds=60)))
    await asyncio.sleep(0)
    clock.follow(-HOUR)
    async with asyncio.timeout(5):
        await waiting
    assert 0.05 <= time.monotonic() - begun < 1.5


async def test_p13_a_moment_of_the_wrong_hour_is_not_waited_for() -> None:
    """A loop that reckoned its next look before the clock was set back, and waits for it only then."""
    clock = SystemClock()
    clock.follow(HOUR)
    until = clock.now() + timedelta(milliseconds=60)
    clock.follow(0)
    async with asyncio.timeout(5):
        await clock.wait(asyncio.Event(), until)
    assert clock.set_back == pytest.approx(timedelta(seconds=HOUR), abs=timedelta(seconds=1))


async def test_p13_whoever_must_hear_of_it_is_rung_once_each_time() -> None:
    clock, bell = SystemClock(), asyncio.Event()
    clock.rings_when_set_back(bell)
    for ahead, rings in ((HOUR, False), (0, True), (0, False), (-HOUR, True)):
        clock.follow(ahead)
        await clock.wait(asyncio.Event(), clock.now() + timedelta(milliseconds=5))
        assert bell.is_set() is rings
        bell.clear()


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_p7_a_jump_of_one_machine_of_several_is_no_jump_of_the_clock_that_decides(jump: float) -> None:
    """They go by the database's: until it is measured again, this machine's own clock says nothing."""
    machine = Machine()
    clock = machine.clock()
    clock.follow(0)
    machine.wall += jump
    for _ in range(5):
        machine.passes(1)
        clock.now()
    assert abs((clock.now() - NOON).total_seconds() - 5) <= 5 * SLEW + 0.002
    clock.follow(-jump)
    assert abs((clock.now() - NOON).total_seconds() - 5) <= 5 * SLEW + 0.002
