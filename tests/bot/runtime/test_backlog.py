"""Due times wait for what was sent before them, and never longer than the bound."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.backlog import BOUND, TURN, Backlog
from tests.story.clock import MovedClock

happenings = st.lists(st.tuples(st.floats(0, 20), st.sampled_from(["away", "read", "let_go"])), max_size=40)


@given(happenings)
def test_p8_whatever_happens_nothing_waits_longer_than_the_bound(happenings: list[tuple[float, str]]) -> None:
    clock = MovedClock()
    backlog = Backlog(clock)
    held_since = clock.now()
    for seconds, what in happenings:
        clock.advance(seconds)
        if backlog.holds_until is None:
            held_since = clock.now()
        getattr(backlog, what)()
        until = backlog.holds_until
        assert until is None or until - held_since <= BOUND


def test_it_holds_until_all_is_read_and_handled() -> None:
    clock = MovedClock()
    backlog = Backlog(clock)
    clock.advance(10)
    assert backlog.holds_until == clock.now() + BOUND - timedelta(seconds=10)
    backlog.read()
    assert backlog.bell.is_set()
    assert backlog.read_at == clock.now()
    assert backlog.holds_until is not None, "what was read is not handled yet"
    backlog.let_go()
    backlog.bell.clear()
    backlog.read()
    assert not backlog.bell.is_set(), "nothing is held that could be let go"


def test_p4_what_is_due_has_its_turn_before_anything_is_held_again() -> None:
    """Telegram stays away: a poll that fails in the moment in which the bound ends begins no other half minute."""
    clock = MovedClock()
    backlog = Backlog(clock)
    clock.advance(BOUND.total_seconds())
    backlog.away()
    assert backlog.holds_until is None
    assert backlog.catches_up()
    clock.advance(TURN.total_seconds())
    assert not backlog.catches_up()
    backlog.away()
    assert backlog.holds_until == clock.now() + BOUND


@pytest.mark.parametrize("let_go", [True, False])
def test_it_catches_up_for_a_moment_after_it_held(let_go: bool) -> None:
    clock = MovedClock()
    backlog = Backlog(clock)
    assert backlog.catches_up()
    if let_go:
        backlog.let_go()
    else:
        clock.advance(BOUND.total_seconds())
    assert backlog.holds_until is None
    assert backlog.catches_up()
    clock.advance(TURN.total_seconds())
    assert not backlog.catches_up()


def test_p13_a_clock_that_was_set_back_makes_no_hold_longer() -> None:
    clock = MovedClock()
    backlog = Backlog(clock)
    clock.advance(-3600)
    assert backlog.holds_until == clock.now() + BOUND
