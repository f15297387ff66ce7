"""Retry after a 429: what is held back, and when it is the whole bot.

Telegram's answer names seconds and no chat (https://core.telegram.org/bots/api#responseparameters), so a hold covers
the chat and the method that were refused. `bot.transport.holds` bounds it.
"""

from datetime import datetime, timedelta

from bot.runtime.clock import Timepiece
from bot.runtime.conditions import Condition, Conditions
from bot.transport.holds import LONGEST_HOLD
from bot.transport.rate_limits import Limits

UNNAMED = 1.0  # seconds, when the answer has none
CHATS_IN_A_ROW = 3
MESSAGE = "sendMessage"
# A hold is tried again within a minute; what was not refused since is held no longer.
OVER = timedelta(seconds=2 * LONGEST_HOLD)


class RetryAfter:
    """Holds back the chat and the method that got a 429.

    The whole bot, when `sendMessage` was refused to three chats in a row and nothing was taken between them. A hold of
    more than a minute, asked for or come about, is `Condition.HOLD`.
    """

    def __init__(self, limits: Limits, clock: Timepiece, conditions: Conditions) -> None:
        self._limits = limits
        self._clock = clock
        self._conditions = conditions
        self._refused_in_a_row: set[int] = set()
        self._since: dict[tuple[int, str], tuple[datetime, datetime]] = {}
        self._long: set[tuple[int, str]] = set()

    def hold(self, chat: int, method: str, seconds: float | None, why: str = "") -> None:
        """Hold back what was refused; ``why`` when that was not for its pace: it is said from the second time on."""
        asked, now = seconds or UNNAMED, self._clock.now()
        until = now.timestamp() + min(asked, LONGEST_HOLD)
        if method == MESSAGE:
            self._refused_in_a_row.add(chat)
        if method == MESSAGE and len(self._refused_in_a_row) >= CHATS_IN_A_ROW:
            self._limits.hold_all(until)
        else:
            self._limits.hold_chat(chat, until, method)
        self._forget(now)
        first, _ = self._since.get((chat, method), (now, now))
        self._since[chat, method] = first, now
        # A lost token refuses everything, and is said as what it is.
        known = bool(why) and self._conditions.trouble(Condition.IDENTITY) is not None
        if not known and (asked > LONGEST_HOLD or (now - first).total_seconds() > (0 if why else LONGEST_HOLD)):
            self._long.add((chat, method))
            why = why or f"Telegram asks {method} to wait {asked:.0f} s; it is tried again within {LONGEST_HOLD:.0f} s"
            # A held message may be withdrawn: then nothing tries it again, and nothing would see it gone.
            self._conditions.ill(Condition.HOLD, why, part=method, until=now + OVER)

    def taken(self, chat: int, method: str) -> None:
        """Telegram took a message: what was held for it is held no longer, and nor is the bot."""
        self._refused_in_a_row.clear()
        self._limits.lift(chat, method)
        if self._since:
            self._end((chat, method))
            self._forget(self._clock.now())

    def _forget(self, now: datetime) -> None:
        for held in [held for held, (_, last) in self._since.items() if now - last > OVER]:
            self._end(held)

    def _end(self, held: tuple[int, str]) -> None:
        self._since.pop(held, None)
        if held in self._long:
            self._long.discard(held)
            method = held[1]
            if not any(method == other for _, other in self._long):
                self._conditions.well(Condition.HOLD, part=method)
