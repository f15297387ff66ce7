"""Lines of the log that are not true are found, and those that are true are not."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.random_people.hardships import Span
from tests.random_people.logbook import untrue

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SHUT = [Span("PostgreSQL", NOON, NOON + timedelta(seconds=8)), Span("standstill", NOON, NOON + timedelta(seconds=4))]
AWAY = "bot.runtime.outage: storage: PostgreSQL can't be used (OperationalError: no answer for 10 s); nothing is lost"
LIMITS = "bot.runtime.conditions: limits is ill: Redis can't be asked"


def line(says: str, seconds: float, level: str = "ERROR") -> str:
    moment = (NOON + timedelta(seconds=seconds)).astimezone()
    return f"{moment:%Y-%m-%d %H:%M:%S},{moment.microsecond // 1000:03} {level} {says}\n"


@pytest.mark.parametrize(
    ("says", "seconds", "true"),
    [
        (AWAY, 10, True),
        (AWAY, -1, False),
        (AWAY, 21, False),
        (LIMITS, 5, False),
        ("bot.runtime.conditions: loop (delivery) is ill: no good round for 11 s", 11, True),
        ("bot.runtime.conditions: loop (delivery) is ill: no good round for 11 s", 60, False),
        ("bot.runtime.conditions: clock is ill: the machine's time is 4 s behind", 5, False),
        ("bot.conversation.worker: update 62 failed (try 1)", 5, False),
        ("bot.runtime.in_flight: what was in hand could not be settled: Overtaken", 5, False),
        ("bot.runtime.conditions: sending is ill: 302 Found, and not from Telegram", 60, True),
        ("bot.runtime.conditions: limits is well again after 3 s", 60, True),
    ],
)
def test_a_line_is_judged_by_what_there_was(says: str, seconds: float, true: bool) -> None:
    log = "Traceback (most recent call last):\n" + line(says, seconds, "WARNING") + "psycopg.errors.DeadlockDetected\n"
    assert bool([*untrue(log, SHUT)]) is not true
