"""The escalation policy of an alert, as the configuration sets it and as it is copied into each task."""

from datetime import timedelta
from enum import StrEnum

from msgspec import Struct, field


class EscalationTarget(StrEnum):
    """The people whom a step of the policy may name."""

    ASSIGNEE = "assignee"
    UNIT_SUPERVISORS_ON_DUTY = "unit_supervisors_on_duty"
    SUPERVISORS_ON_DUTY = "supervisors_on_duty"
    SUPERVISORS = "supervisors"
    ADMINS = "admins"


# A room of people is named by its (negative) number.
Notified = EscalationTarget | int


class EscalationStep(Struct, frozen=True, kw_only=True):
    """One step: ``after`` the alert opened, its targets are notified.

    Stored as words (``written``); ``step_of`` makes one from targets, ``notify`` reads them back.
    """

    after: timedelta
    written: tuple[str, ...] = field(name="notify")

    @property
    def notify(self) -> tuple[Notified, ...]:
        """The targets. A word that a newer version has stored names nobody here, and the step is passed."""
        return tuple(target for word in self.written if (target := _target(word)) is not None)


def step_of(after: timedelta, *notify: Notified) -> EscalationStep:
    """The step that notifies these targets ``after`` the alert opened."""
    return EscalationStep(after=after, written=tuple(map(str, notify)))


def _target(word: str) -> Notified | None:
    if word.startswith("-"):
        return int(word)
    return EscalationTarget(word) if word in _WORDS else None


_WORDS = frozenset(EscalationTarget)
BROADCAST_EVERY = timedelta(minutes=2)
ACK_TIMEOUT = timedelta(minutes=10)


class EscalationPolicy(Struct, frozen=True, kw_only=True):
    """All steps, climbed ``repeat`` times more, then the broadcast every so often.

    ``broadcast_every`` None ends it, which no emergency's may. ``ack_timeout``: how long an answer may stay without
    progress.
    """

    steps: tuple[EscalationStep, ...] = field(name="rungs")
    repeat: int = 0
    broadcast_every: timedelta | None = None
    ack_timeout: timedelta = ACK_TIMEOUT

    def names_a_room(self, steps: int) -> bool:
        """Whether one of its first ``steps`` names a room, which is never passed."""
        return any(isinstance(target, int) for step in self.steps[:steps] for target in step.notify)


class Cause(StrEnum):
    """The reason why an alert climbed."""

    OPENED = "opened"
    TIME = "time"
    BY_HAND = "by_hand"
    NOBODY = "nobody"
    SILENCED = "silenced"
    UNACKNOWLEDGED = "unacknowledged"
    LOST = "lost"
    REOPENED = "reopened"
    REPORTER_BACK = "back"


class Unreached(StrEnum):
    """The reason why a step was passed at once."""

    EMPTY = "empty"
    OFF_DUTY = "off_duty"
    UNREACHABLE = "unreachable"


EMERGENCY_POLICY = EscalationPolicy(
    steps=(
        step_of(timedelta(0), EscalationTarget.UNIT_SUPERVISORS_ON_DUTY),
        step_of(timedelta(minutes=1), EscalationTarget.SUPERVISORS_ON_DUTY),
        step_of(timedelta(minutes=3), EscalationTarget.SUPERVISORS),
        step_of(timedelta(minutes=5), EscalationTarget.ADMINS),
    ),
    broadcast_every=BROADCAST_EVERY,
)
