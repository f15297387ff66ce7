"""Holds that a 429 asked for: each covers what it was measured on, ends within a minute, and is probed (P13).

Telegram's answer names seconds and no more (https://core.telegram.org/bots/api#responseparameters). Hours in it,
whether they are Telegram's, a server's before it or a mistake, would silence the desk for hours; so nothing is held for
more than a minute without being tried again, and an emergency tries every few seconds.
"""

from collections import Counter
from collections.abc import Mapping

from core.vocabulary.words import Lane
from metrics.process import HoldScope

LONGEST_HOLD = 60.0  # seconds
PROBE = 8.0  # seconds from a hold, or from the last probe of it, to an emergency's next

# The chat (None: the whole bot) and the method ("": every one).
Key = tuple[int | None, str]
WHOLE_BOT: Key = (None, "")


class _Hold:
    __slots__ = ("probe", "probed", "until")

    def __init__(self, until: float) -> None:
        self.until = until
        self.probe: float | None = None  # None until somebody asks: then it is known what now is
        self.probed = False


class Holds:
    """Holds by key. Times are seconds of any clock, passed in."""

    def __init__(self) -> None:
        self._of: dict[Key, _Hold] = {}

    def __len__(self) -> int:
        return len(self._of)

    def __contains__(self, key: Key) -> bool:
        return key in self._of

    def hold(self, key: Key, until: float) -> None:
        """Hold it; a shorter hold ends no longer one. The bound counts from the first question after this."""
        known = self._of.pop(key, None)
        self._of[key] = _Hold(until if known is None else max(until, known.until))

    def until(self, key: Key, lane: Lane, now: float) -> float:
        """When a message may be tried: for an emergency, at the next probe at the latest."""
        hold = self._of.get(key)
        if hold is None:
            return now
        if hold.probe is None:
            hold.until, hold.probe = min(hold.until, now + LONGEST_HOLD), now + PROBE
        return min(hold.until, hold.probe) if lane is Lane.EMERGENCY else hold.until

    def start(self, key: Key, at: float) -> None:
        """Count a message that goes: while the hold lasts it is the probe, and the next one waits for its turn."""
        hold = self._of.get(key)
        if hold is not None and at < hold.until:
            hold.probe, hold.probed = at + PROBE, True

    def lift(self, key: Key) -> bool:
        """End a hold whose probe was taken; whether there was one. What left before the hold proves nothing."""
        hold = self._of.get(key)
        if hold is None or not hold.probed:
            return False
        del self._of[key]
        return True

    def count(self, now: float) -> Mapping[HoldScope, int]:
        """The number of holds that last, by what they cover."""
        return Counter(_scope(key) for key, hold in self._of.items() if hold.until > now)

    def forget(self, now: float) -> None:
        """Drop the oldest that are over."""
        while self._of and next(iter(self._of.values())).until <= now:
            del self._of[next(iter(self._of))]


def _scope(key: Key) -> HoldScope:
    if key == WHOLE_BOT:
        return HoldScope.BOT
    return HoldScope.METHOD if key[1] else HoldScope.CHAT
