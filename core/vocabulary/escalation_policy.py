"""The escalation policy of an alert, as the configuration sets it and as it is copied into each task."""

from datetime import timedelta
from enum import StrEnum

from msgspec import Struct, field


class EscalationStep(Struct, frozen=True, kw_only=True):
    """One step: ``after`` the alert opened, these are told (``core.rules.escalation.Target``, or a chat's number)."""

    after: timedelta
    notify: tuple[str, ...]


class EscalationPolicy(Struct, frozen=True, kw_only=True):
    """All steps, climbed ``repeat`` times more, then the broadcast every so often; ``broadcast_every`` None ends it,
    which no emergency's may. ``ack_timeout``: how long an answer may stay without progress."""

    steps: tuple[EscalationStep, ...] = field(name="rungs")
    repeat: int = 0
    broadcast_every: timedelta | None = None
    ack_timeout: timedelta = timedelta(minutes=10)


class Cause(StrEnum):
    """Why an alert climbed."""

    OPENED = "opened"
    TIME = "time"
    BY_HAND = "by_hand"
    NOBODY = "nobody"
    SILENCED = "silenced"
    UNACKNOWLEDGED = "unacknowledged"


class Unreached(StrEnum):
    """Why a step was passed at once."""

    EMPTY = "empty"
    OFF_DUTY = "off_duty"
    UNREACHABLE = "unreachable"


EMERGENCY_POLICY = EscalationPolicy(
    steps=(
        EscalationStep(after=timedelta(0), notify=("unit_supervisors_on_duty",)),
        EscalationStep(after=timedelta(minutes=1), notify=("supervisors_on_duty",)),
        EscalationStep(after=timedelta(minutes=3), notify=("supervisors",)),
        EscalationStep(after=timedelta(minutes=5), notify=("admins",)),
    ),
    broadcast_every=timedelta(minutes=2),
)
