"""Each due time after the clock was set back: how far ahead a right clock puts it, and how near it comes (P13)."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from core.rules.freezing import UNDECIDED
from core.rules.set_back import SetBack
from core.rules.timers import Timer, TimerKind
from core.state.checkins import CheckIn
from core.state.task import Task
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Kind
from tests.core.stages import LADDER, NOON, RULES, staged

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ALERT, WORK = staged(Kind.EMERGENCY), staged(Kind.TASK)
FREE = {TimerKind.CHECK_IN, TimerKind.GRACE}
PAUSES = {
    TimerKind.OFFER: RULES.offer_timeout,
    TimerKind.SEARCH: RULES.offer_timeout,
    TimerKind.CLIMB: LADDER.steps[0].after,
    TimerKind.PROGRESS: LADDER.ack_timeout,
    TimerKind.DRILL: RULES.drill_length,
    TimerKind.FROZEN: UNDECIDED,
}


def due(
    kind: TimerKind, at: datetime, *, task: Task | None = ALERT, seen: bool = False, urgent: bool = False
) -> datetime:
    """When this timer is due after the clock went back an hour, to noon."""
    timer = Timer(kind=kind, due_at=at, task=7, urgent=urgent)
    return SetBack(NOON, HOUR, seen=seen).due(timer, task, RULES)


@pytest.mark.parametrize("kind", [kind for kind in TimerKind if kind not in FREE])
def test_p13_no_due_time_lies_further_ahead_than_its_own_pause(kind: TimerKind) -> None:
    pause = PAUSES.get(kind, timedelta(0))
    assert due(kind, NOON + pause) == NOON + pause, "as a right clock wrote it"
    far = NOON + pause + HOUR / 2
    assert due(kind, far) == max(NOON, far - HOUR), "of the wrong hour"
    wrong = NOON + pause + 3 * HOUR
    assert due(kind, wrong) == NOON + min(pause, pause + 2 * HOUR)


@pytest.mark.parametrize("kind", sorted(FREE))
def test_p13_due_times_that_follow_a_check_in_stay(kind: TimerKind) -> None:
    assert due(kind, NOON + 9 * HOUR, seen=True, urgent=True) == NOON + 9 * HOUR


@pytest.mark.parametrize("kind", [TimerKind.CLIMB, TimerKind.PROGRESS])
def test_p13_a_ladder_that_nobody_has_sets_no_bound(kind: TimerKind) -> None:
    for task in (None, WORK):
        assert due(kind, NOON + 9 * HOUR, task=task) == NOON + 9 * HOUR


def test_p13_an_emergencys_due_times_come_nearer_whatever_hour_they_are_of() -> None:
    soon = NOON + MINUTE / 2
    assert due(TimerKind.OFFER, soon, seen=True, urgent=True) == NOON, "never before now"
    assert due(TimerKind.OFFER, soon + HOUR, seen=True, urgent=True) == soon
    assert due(TimerKind.OFFER, soon, seen=True, urgent=False) == soon, "an ordinary one is of the right hour"
    assert due(TimerKind.OFFER, soon, seen=False, urgent=True) == soon, "another process has moved it"


CHECK_IN = CheckIn(
    person=2,
    every=30 * MINUTE,
    grace=MINUTE,
    still_after=MINUTE,
    due_at=NOON + 10 * MINUTE,
    still_since=NOON - MINUTE,
)


def test_p13_a_check_in_is_wanted_within_its_own_pause() -> None:
    back = SetBack(NOON, HOUR, seen=True)
    assert back.check_in(CHECK_IN) == CHECK_IN, "nothing of it is of the wrong hour"
    wrong = replace(
        CHECK_IN,
        due_at=NOON + 80 * MINUTE,
        still_since=NOON + 50 * MINUTE,
        answered_at=NOON + 40 * MINUTE,
        asked_at=NOON + 30 * MINUTE,
    )
    right = back.check_in(wrong)
    assert right.due_at == NOON + 20 * MINUTE
    assert right.still_since == NOON - 10 * MINUTE
    assert right.answered_at == NOON - 20 * MINUTE
    assert right.asked_at == NOON - 30 * MINUTE


@pytest.mark.parametrize(
    ("seen_at", "until"), [(NOON + MINUTE, NOON + HOUR), (NOON, NOON + 2 * HOUR)], ids=["wrong hour", "right hour"]
)
def test_p13_a_live_share_ends_when_telegram_said(seen_at: datetime, until: datetime) -> None:
    place = Position(place=Place(0, 0), at=seen_at)
    shared = replace(CHECK_IN, track=(place,), live_until=NOON + 2 * HOUR)
    right = SetBack(NOON, HOUR, seen=True).check_in(shared)
    assert right.live_until == until
    assert right.track[-1].at == (seen_at if seen_at <= NOON else seen_at - HOUR)
    assert SetBack(NOON, HOUR, seen=True).check_in(replace(shared, track=())).live_until == NOON + 2 * HOUR


def test_p13_a_moment_that_is_over_is_never_later_than_now() -> None:
    back = SetBack(NOON, HOUR, seen=True)
    assert [back.over(NOON + each) for each in (-MINUTE, timedelta(0), MINUTE, 2 * HOUR)] == [
        NOON - MINUTE,
        NOON,
        NOON - 59 * MINUTE,
        NOON,
    ]
