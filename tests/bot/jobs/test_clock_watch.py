"""The clock is measured against Telegram's and the database's, and whoever is wrong is named."""

from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.jobs.clock_watch import DATABASE, ILL_BEYOND, SURE, TELEGRAM, ClockWatch
from bot.runtime.clock import SystemClock
from bot.runtime.conditions import Condition, Conditions
from bot.transport.server_dates import ServerDates, date_in
from storage.engine.store import Store
from tests.story.clock import MovedClock
from tests.story.desk import StoryDesk
from tests.support.databases import fresh
from tests.support.servers.postgresql import PostgresqlServer

NEVER_OPENED = "sqlite+aiosqlite:///never-opened.db"
PARK, NEAR = (-2.1862, -79.8885), (-2.1870, -79.8890)
# Seconds that an answer took, and in which part of them it was dated.
trips = st.tuples(st.floats(0, 30), st.floats(0, 1))
dates = st.integers(-(10**9), 10**11).map(lambda seconds: formatdate(seconds, usegmt=True))


class Watched:
    """A watch over a clock, with what it said."""

    def __init__(self, store: Store, clock: MovedClock | SystemClock) -> None:
        self.conditions = Conditions(clock)
        self.measured: dict[str, float] = {}
        self.dates = ServerDates()
        self.watch = ClockWatch(store, clock, self.conditions, self.measured.__setitem__, self.dates)

    @property
    def ill(self) -> list[str]:
        """Which other clock ours is not at one with."""
        return [trouble.part for trouble in self.conditions.all() if trouble.condition is Condition.CLOCK]


@pytest.fixture
def server(postgresql: PostgresqlServer) -> Iterator[str]:
    url = postgresql.fresh()
    yield url
    postgresql.drop(url)


def sent(clock: MovedClock, ago: float) -> list[object]:
    return [{"update_id": 1, "message": {"date": int(clock.seconds() - ago)}}]


def test_a_clock_that_is_minutes_ahead_of_telegram_is_ill_and_then_well(tmp_path: Path) -> None:
    clock = MovedClock()
    watched = Watched(Store(fresh(tmp_path)), clock)
    watched.watch.heard(sent(clock, 900))
    assert watched.ill == [TELEGRAM]
    assert watched.measured[TELEGRAM] == pytest.approx(900, abs=1)
    assert watched.watch.correction.total_seconds() == pytest.approx(900, abs=1)
    clock.advance(-900)
    watched.watch.heard(sent(clock, 0))
    assert watched.ill == []
    assert watched.watch.correction.total_seconds() == 0


def test_one_message_that_was_underway_for_long_makes_no_clock_ill(tmp_path: Path) -> None:
    clock = MovedClock()
    watched = Watched(Store(fresh(tmp_path)), clock)
    watched.watch.heard(sent(clock, 0))
    watched.watch.heard(sent(clock, 300))
    watched.watch.heard([{"update_id": 2, "callback_query": {}}, "noise"])
    assert watched.ill == []


def answered(
    watched: Watched, clock: MovedClock, *, ahead: float, trip: float = 0.2, date: float | None = None
) -> None:
    """Telegram answers what was asked ``trip`` seconds ago, by a clock that ours is so far ahead of."""
    asked = clock.now()
    clock.advance(trip)
    told = clock.now().timestamp() - ahead if date is None else date
    watched.dates.answered(asked, [formatdate(told, usegmt=True)])


@pytest.mark.parametrize("ahead", [90.0, -90.0, 900.0])
def test_a_clock_that_is_wrong_is_seen_by_an_answers_date_alone_and_is_well_by_the_next(
    tmp_path: Path, ahead: float
) -> None:
    clock = MovedClock()
    watched = Watched(Store(fresh(tmp_path)), clock)
    answered(watched, clock, ahead=0)
    assert watched.ill == []
    answered(watched, clock, ahead=ahead)
    assert watched.ill == [TELEGRAM], "what was measured before the clock was set counts no more"
    assert watched.measured[TELEGRAM] == pytest.approx(ahead, abs=1)
    answered(watched, clock, ahead=0)
    assert watched.ill == []
    assert watched.watch.correction.total_seconds() == 0


@pytest.mark.parametrize("first", ["message", "answer"])
def test_a_lone_late_message_is_late_and_no_clock_is_wrong_when_an_answer_says_so(tmp_path: Path, first: str) -> None:
    clock = MovedClock()
    watched = Watched(Store(fresh(tmp_path)), clock)
    if first == "answer":
        answered(watched, clock, ahead=0)
    watched.watch.heard(sent(clock, 300))
    if first == "message":
        answered(watched, clock, ahead=0)
    assert watched.ill == []
    assert watched.watch.correction.total_seconds() == 0


def test_a_way_whose_date_is_earlier_than_a_messages_is_not_believed_for_an_hour(tmp_path: Path) -> None:
    clock = MovedClock()
    watched = Watched(Store(fresh(tmp_path)), clock)
    for _ in range(5):
        answered(watched, clock, ahead=90)
        watched.watch.heard(sent(clock, 0))
        assert watched.ill == []
        clock.advance(60)


@given(ahead=st.floats(-7200, 7200), trips=st.lists(trips, min_size=1, max_size=8))
def test_what_a_slow_way_leaves_open_is_never_called_a_wrong_clock(
    ahead: float, trips: list[tuple[float, float]]
) -> None:
    """Whenever on its way an answer was dated, no more is said than is sure, and on a quick one it is the truth."""
    clock = MovedClock()
    watched = Watched(Store(NEVER_OPENED), clock)
    for trip, part in trips:
        dated = clock.now().timestamp() + trip * part - ahead
        answered(watched, clock, ahead=ahead, trip=trip, date=dated)
        said, short = watched.watch.ahead_of_telegram, abs(ahead) - trip - 1
        assert abs(said) <= abs(ahead) + 1
        assert abs(said) >= short
        assert watched.dates.wanted == (trip > SURE) or abs(trip - SURE) < 0.01
        watched.dates.wanted = True


@settings(max_examples=40)
@given(st.lists(st.text(max_size=50) | dates, max_size=2))
def test_what_is_no_date_or_one_of_two_moves_nothing(headers: list[str]) -> None:
    clock = MovedClock()
    watched = Watched(Store(NEVER_OPENED), clock)
    watched.dates.answered(clock.now(), headers)
    believed = len(headers) == 1 and date_in(headers[0]) is not None
    assert believed or TELEGRAM not in watched.measured


def skewed(right: SystemClock, seconds: float) -> SystemClock:
    """The clock of a machine that is so many seconds ahead."""
    return SystemClock(wall=lambda: right.machine() + seconds)


async def test_p7_two_machines_90_s_apart_go_by_the_databases_clock(server: str) -> None:
    store = Store(server)
    await store.start()
    right = SystemClock()
    clocks = [skewed(right, seconds) for seconds in (0.0, 90.0, -90.0)]
    watches = [Watched(store, clock) for clock in clocks]
    for watched in watches:
        await watched.watch.look()
    told = [clock.now().timestamp() for clock in clocks]
    assert max(told) - min(told) < ILL_BEYOND
    assert [watched.ill for watched in watches] == [[], [DATABASE], [DATABASE]]
    assert [round(watched.measured[DATABASE]) for watched in watches] == [0, 90, -90]
    await store.stop()


async def test_a_desk_whose_clock_is_ahead_asks_nobody_whether_it_is_still_on(tmp_path: Path) -> None:
    """Telegram's dates are judged by Telegram's clock: what is sent now is new, and a place is fresh."""
    story = StoryDesk(tmp_path)
    story.telegram.now = lambda: story.clock.seconds() - 900
    await story.open()
    juan = await story.agent("Juan Pérez")
    ana = await story.agent("Ana Mora")
    await ana.says("/disponible").at(*NEAR)
    ana.reads_all()
    await juan.says("/emergencia Robo").at(*PARK)
    assert not any("¿Sigue activa?" in text for text in (str(message.text) for message in juan.unread))
    ana.sees("Robo", "de ti")
    assert story.app.conditions.trouble(Condition.CLOCK) is not None
    for phone in story.phones:
        phone.reads_all()
    await story.end()
