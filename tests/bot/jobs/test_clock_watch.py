"""The clock is measured against Telegram's and the database's, and whoever is wrong is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.jobs.clock_watch import DATABASE, ILL_BEYOND, TELEGRAM, ClockWatch
from bot.runtime.clock import SystemClock
from bot.runtime.conditions import Condition, Conditions
from storage.engine.store import Store
from tests.story.clock import MovedClock
from tests.story.desk import StoryDesk
from tests.support.databases import fresh
from tests.support.servers.postgresql import PostgresqlServer

PARK, NEAR = (-2.1862, -79.8885), (-2.1870, -79.8890)


class Watched:
    """A watch over a clock, with what it said."""

    def __init__(self, store: Store, clock: MovedClock | SystemClock) -> None:
        self.conditions = Conditions(clock)
        self.measured: dict[str, float] = {}
        self.watch = ClockWatch(store, clock, self.conditions, self.measured.__setitem__)

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
