"""The first question of health: how long has the oldest emergency waited for its next sound (P13)."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class WaitingFor(StrEnum):
    """Steps at which an emergency can be held up, in the order of its way."""

    UPDATE = "update"  # what somebody sent is on disk and nobody has handled it
    TIMER = "timer"  # a due time has passed and nobody has acted on it
    NO_TIMER = "no_timer"  # it is open and nothing will ever fall due
    MESSAGE = "message"  # it should ring and has not left


class EmergencyWait(Struct, frozen=True, kw_only=True):
    """The emergency that has waited longest: at which step, and since when."""

    at: WaitingFor
    since: datetime


def oldest(waits: Mapping[WaitingFor, datetime], now: datetime) -> EmergencyWait | None:
    """The oldest of them; what is due later does not wait."""
    begun = [EmergencyWait(at=step, since=since) for step, since in waits.items() if since <= now]
    return min(begun, key=lambda wait: wait.since, default=None)
