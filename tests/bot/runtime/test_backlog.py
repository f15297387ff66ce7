"""Due times wait for what was sent before them, and never longer than the bound."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.backlog import BOUND, Backlog
from tests.story.clock import MovedClock

happenings = st.lists(st.tuples(st.floats(0, 20), st.sampled_from(["away", "read", "handled"])), max_size=40)


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
    backlog.handled()
    backlog.bell.clear()
    backlog.read()
    assert not backlog.bell.is_set(), "nothing is held that could be let go"
