"""Conditions are said once, and kept with the moment at which they began (P13)."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.runtime.conditions import BOUNDS, Condition, Conditions
from tests.story.clock import MovedClock

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


async def test_a_change_of_state_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    clock = MovedClock(NOON)
    conditions = Conditions(clock)
    for _ in range(5):
        conditions.ill(Condition.SENDING, "502 Bad Gateway")
        clock.advance(2)
    conditions.well(Condition.SENDING)
    conditions.well(Condition.SENDING)
    assert [record.message for record in caplog.records] == [
        "sending is ill: 502 Bad Gateway",
        "sending is well again after 10 s",
    ]


async def test_the_oldest_trouble_of_a_condition_is_the_one_that_is_told() -> None:
    clock = MovedClock(NOON)
    conditions = Conditions(clock)
    conditions.ill(Condition.LOOP, "no good round", part="leases")
    clock.advance(3)
    conditions.ill(Condition.LOOP, "no good round", part="timekeeper")
    conditions.ill(Condition.LOOP, "still none", part="leases")
    trouble = conditions.trouble(Condition.LOOP)
    assert trouble is not None
    assert (trouble.part, trouble.why, trouble.since) == ("leases", "still none", NOON)
    assert [one.part for one in conditions.all()] == ["leases", "timekeeper"]
    assert conditions.trouble(Condition.CLOCK) is None


async def test_what_is_not_said_again_in_its_time_is_over() -> None:
    clock = MovedClock(NOON)
    conditions = Conditions(clock)
    conditions.ill(Condition.LOOP, "no good round")
    for _ in range(3):
        conditions.ill(Condition.HOLD, "hours", part="sendLocation", until=clock.now() + timedelta(seconds=120))
        clock.advance(119)
        conditions.lapse()
        assert conditions.trouble(Condition.HOLD) is not None
    clock.advance(1)
    conditions.lapse()
    assert [trouble.condition for trouble in conditions.all()] == [Condition.LOOP]


def test_every_condition_has_its_bound() -> None:
    assert set(BOUNDS) == set(Condition)
    assert all(timedelta(0) < bound.said_within <= timedelta(minutes=1) for bound in BOUNDS.values())
