"""When the storage's trouble begins, lasts and ends: in the log once, and never taken for over too early."""

import logging

import pytest

from bot.runtime.outage import Outage
from storage.engine.errors import StorageError
from tests.story.clock import MovedClock

FULL = StorageError("storage: database or disk is full")


def said(outage: Outage) -> tuple[str | None, float]:
    """The trouble, and for how many seconds it has been one."""
    return outage.trouble, outage.lasts.total_seconds()


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


def test_what_is_kept_in_between_does_not_end_it(caplog: pytest.LogCaptureFixture) -> None:
    """A full disk takes what is small and refuses what is large, in turn."""
    caplog.set_level(logging.WARNING)
    clock = MovedClock()
    outage = Outage(clock)
    assert said(outage) == (None, 0)
    for _ in range(20):
        outage.refused(FULL)
        outage.kept()
        clock.advance(1)
    assert said(outage) == ("storage: database or disk is full", 20)
    assert len(lines(caplog)) == 1

    clock.advance(30)
    outage.kept()
    assert said(outage) == (None, 0)
    assert lines(caplog)[1:] == ["the storage works again: it refused for 19 s"]


def test_it_is_no_trouble_any_more_a_few_seconds_after_the_last_refusal() -> None:
    clock = MovedClock()
    outage = Outage(clock)
    outage.refused(FULL)
    clock.advance(2.9)
    assert said(outage) == (str(FULL), 2.9)
    clock.advance(0.1)
    assert said(outage) == (None, 3), "it may go on"


def test_one_that_comes_much_later_is_another(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    clock = MovedClock()
    outage = Outage(clock)
    outage.refused(FULL)
    clock.advance(3_600)
    outage.refused(FULL)
    assert outage.since == clock.now()
    assert len(lines(caplog)) == 2
