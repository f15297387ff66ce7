"""The calendar goes by the machine's clock, which somebody may set."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs.calendar import Calendar
from bot.runtime.conditions import Conditions
from bot.runtime.outage import Outage
from bot.runtime.supervisor import Crew
from tests.story.clock import MovedClock

HOUR = timedelta(hours=1)


class Office:
    """A calendar with one job, which is done once an hour."""

    def __init__(self) -> None:
        clock = MovedClock()
        self.crew = Crew(clock, Conditions(clock), Outage(clock))
        self.calendar = Calendar(clock, self.crew)
        self.calendar.add("sweep", self._does, HOUR)

    @property
    def next_run(self) -> datetime:
        due = self.calendar._scheduler.get_job("sweep").next_run_time
        assert isinstance(due, datetime)
        return due

    async def _does(self) -> None:
        return


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    office = Office()
    office.calendar.start()
    yield office
    await office.crew.stop()
    office.calendar.stop()


async def test_a_clock_that_was_set_back_puts_no_job_off_for_longer_than_its_interval(office: Office) -> None:
    """The clock was eight hours ahead: the sweep would not be done for as long."""
    before = office.next_run
    office.calendar.follow(datetime.now(UTC) - 8 * HOUR)
    assert before - office.next_run > 7 * HOUR


async def test_a_clock_that_was_set_forward_wakes_the_calendar(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that slept: the scheduler sleeps still, for as long as the clock said before."""
    woken: list[int] = []
    monkeypatch.setattr(office.calendar._scheduler, "wakeup", lambda: woken.append(1))
    before = office.next_run
    office.calendar.follow(datetime.now(UTC))
    assert not woken
    assert office.next_run == before
    office.calendar.follow(datetime.now(UTC) + 8 * HOUR)
    assert woken
