"""Due times after the clock was set back: those of the wrong hour lie too far ahead, and come nearer (P13).

A due time lies no further ahead than its own pause. One that does was written by a clock that was ahead: that is known
from what is on disk, whoever wrote it, and doing it again changes nothing. One that does not may be of the wrong hour
or of before it. Those of an emergency are moved all the same, for what comes early harms nobody and what is late may;
the others stay, and are late by less than their own pause at the most.
"""

from datetime import datetime, timedelta
from typing import assert_never

from msgspec.structs import replace

from core.rules.escalation import next_escalation
from core.rules.freezing import UNDECIDED
from core.rules.situation import Rules
from core.rules.timers import Timer, TimerKind
from core.state.checkins import CheckIn
from core.state.task import Task


class SetBack:
    """The clock went back ``by`` so much, to ``now``; ``by`` may be less than it was when nobody saw it happen.

    ``seen``: this process saw it, and no other has moved the due times of emergencies for it.
    """

    def __init__(self, now: datetime, by: timedelta, *, seen: bool) -> None:
        self._now = now
        self._by = by
        self._seen = seen

    def due(self, timer: Timer, task: Task | None, rules: Rules) -> datetime:
        """When it is due by the right clock; ``task`` is the one that it is about."""
        latest = self._latest(timer, task, rules)
        if latest is None:
            return timer.due_at
        if timer.urgent and self._seen:
            return max(self._now, timer.due_at - self._by)
        return self._nearer(timer.due_at, latest)

    def _nearer(self, due_at: datetime, latest: datetime) -> datetime:
        return due_at if due_at <= latest else max(self._now, min(latest, due_at - self._by))

    def _latest(self, timer: Timer, task: Task | None, rules: Rules) -> datetime | None:
        """The latest time that a right clock gives it; None: any."""
        match timer.kind:
            case TimerKind.OFFER | TimerKind.SEARCH:
                return self._now + rules.offer_timeout
            case TimerKind.CLIMB:
                return next_escalation(task, self._now) if task is not None else None
            case TimerKind.PROGRESS:
                return self._now + task.policy.ack_timeout if task is not None and task.policy is not None else None
            case TimerKind.DRILL:
                return self._now + rules.drill_length
            case TimerKind.SHIFT:
                # A turn follows from the rota and the hour: it is looked at again, and set anew.
                return self._now
            case TimerKind.NOTIFY | TimerKind.SHOW | TimerKind.GO_PAST | TimerKind.TELL_AGAIN:
                return self._now
            case TimerKind.VACATE | TimerKind.MOVED | TimerKind.REDRAW:
                return self._now
            case TimerKind.REPORTED | TimerKind.BLANK | TimerKind.PUT_OUT | TimerKind.SPARE:
                return self._now
            case TimerKind.CIRCULAR | TimerKind.ERASE | TimerKind.FREED:
                return self._now
            case TimerKind.FROZEN:
                return self._now + UNDECIDED
            case TimerKind.ROUND:
                return self._now + rules.round_every
            case TimerKind.CHECK_IN | TimerKind.GRACE:
                return None  # it follows from the check-in
            case _:
                assert_never(timer.kind)

    def check_in(self, check_in: CheckIn) -> CheckIn:
        """The check-in by the right clock; its due time follows from it."""
        live_until = check_in.live_until
        if live_until is not None and check_in.track and check_in.track[-1].at > self._now:
            live_until -= self._by
        return replace(
            check_in,
            due_at=self._nearer(check_in.due_at, self._now + check_in.every),
            still_since=self.over(check_in.still_since),
            answered_at=self.over(check_in.answered_at) if check_in.answered_at is not None else None,
            asked_at=self.over(check_in.asked_at) if check_in.asked_at is not None else None,
            track=tuple(replace(position, at=self.over(position.at)) for position in check_in.track),
            live_until=live_until,
        )

    def over(self, at: datetime) -> datetime:
        """A moment that is over: never later than now."""
        return at if at <= self._now else min(self._now, at - self._by)
