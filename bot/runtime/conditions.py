"""Conditions at the desk's borders: each thing outside that may hold an emergency back, its bound and its sign (P13).

Whoever meets one says `Conditions.ill`, whoever sees it gone `Conditions.well`. Health, the metrics, the log and the
message to administrators read the same ledger, so nothing is known in one of them only.
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.runtime.clock import Timepiece
from metrics.blackout import black_out

log = logging.getLogger(__name__)


class Condition(StrEnum):
    """Thing outside the desk that may silence it."""

    SENDING = "sending"  # no send is taken: a proxy's answer, 5xx, resets
    HOLD = "hold"  # Telegram, or Redis for it, asked for a long wait
    UPDATES = "updates"  # nothing comes in: a poll refused, a webhook taken away
    IDENTITY = "identity"  # Telegram does not know the token
    CLOCK = "clock"  # the machine's time is not Telegram's, or not the database's
    LIMITS = "limits"  # the shared limits forget, or can't be asked
    LOOP = "loop"  # a loop of the desk has had no good round
    GROUP = "group"  # the group for alerts is closed to the bot
    REACH = "reach"  # many people at once can't be reached
    WAITING = "waiting"  # an emergency has waited too long for its next sound


class Bound(Struct, frozen=True, kw_only=True):
    """Longest time until a condition is said, the probe that ends it, and whether administrators are written to."""

    said_within: timedelta
    ended_by: str
    tells_admins: bool


class Trouble(Struct, frozen=True, kw_only=True):
    """One condition that is ill now; ``part`` names the method, the loop or the process that it is about.

    It is over at ``until`` unless it is said again; None: it lasts until somebody sees it gone.
    """

    condition: Condition
    part: str
    why: str
    since: datetime
    until: datetime | None = None


BOUNDS: Mapping[Condition, Bound] = {
    Condition.SENDING: Bound(
        said_within=timedelta(seconds=10), ended_by="the next send that is taken", tells_admins=False
    ),
    Condition.HOLD: Bound(
        said_within=timedelta(seconds=10),
        ended_by="an emergency's probe, or two minutes without a refusal",
        tells_admins=True,
    ),
    Condition.UPDATES: Bound(said_within=timedelta(minutes=1), ended_by="getWebhookInfo", tells_admins=True),
    Condition.IDENTITY: Bound(said_within=timedelta(seconds=10), ended_by="getMe", tells_admins=False),
    Condition.CLOCK: Bound(said_within=timedelta(seconds=10), ended_by="the next measurement", tells_admins=True),
    Condition.LIMITS: Bound(said_within=timedelta(seconds=10), ended_by="the next reservation", tells_admins=True),
    Condition.LOOP: Bound(said_within=timedelta(seconds=10), ended_by="the next good round", tells_admins=True),
    Condition.GROUP: Bound(said_within=timedelta(minutes=1), ended_by="a message that is taken", tells_admins=True),
    Condition.REACH: Bound(said_within=timedelta(seconds=10), ended_by="a message that is taken", tells_admins=True),
    Condition.WAITING: Bound(said_within=timedelta(seconds=10), ended_by="its next sound", tells_admins=True),
}


class Conditions:
    """Ledger of what is ill; each change of state is logged once. ``changed`` rings at every change.

    ``refusal`` is what was said to the last message, None once one was taken: a verdict on each of them breaks no way,
    and yet none leaves.
    """

    def __init__(self, clock: Timepiece) -> None:
        self._clock = clock
        self._ill: dict[tuple[Condition, str], Trouble] = {}
        self.changed = asyncio.Event()
        self.refusal: str | None = None

    def ill(self, condition: Condition, why: str, *, part: str = "", until: datetime | None = None) -> None:
        """Say that it is ill, and until when at the latest; said again, it keeps the moment at which it began."""
        why, known = black_out(why), self._ill.get((condition, part))
        since = known.since if known is not None else self._clock.now()
        self._ill[condition, part] = Trouble(condition=condition, part=part, why=why, since=since, until=until)
        if known is None:
            log.warning("%s is ill: %s", _name(condition, part), why)
            self.changed.set()

    def well(self, condition: Condition, *, part: str = "") -> None:
        """Say that it is well; does nothing when it was."""
        known = self._ill.pop((condition, part), None)
        if known is not None:
            seconds = (self._clock.now() - known.since).total_seconds()
            log.warning("%s is well again after %.0f s", _name(condition, part), seconds)
            self.changed.set()

    def lapse(self) -> None:
        """End what was not said again in its time."""
        now = self._clock.now()
        for trouble in self.all():
            if trouble.until is not None and trouble.until <= now:
                self.well(trouble.condition, part=trouble.part)

    def trouble(self, condition: Condition) -> Trouble | None:
        """The oldest trouble of a condition, None while it is well."""
        of_it = [trouble for trouble in self._ill.values() if trouble.condition is condition]
        return min(of_it, key=lambda trouble: trouble.since, default=None)

    def all(self) -> list[Trouble]:
        """List what is ill now, the oldest first."""
        return sorted(self._ill.values(), key=lambda trouble: trouble.since)


def _name(condition: Condition, part: str) -> str:
    return f"{condition} ({part})" if part else condition
