"""Retry after a 429: which chat is held back, and when it is the whole bot.

Telegram's answer names seconds and no chat (https://core.telegram.org/bots/api#responseparameters).
"""

from datetime import datetime, timedelta

from bot.runtime.clock import Timepiece
from bot.transport.rate_limits import Limits

UNNAMED = 1.0  # seconds, when the answer has none
WHOLE_BOT = 3


class RetryAfter:
    """Holds back the chat that got a 429. Three chats in a row, none taken between them: the whole bot."""

    def __init__(self, limits: Limits, clock: Timepiece) -> None:
        self._limits = limits
        self._clock = clock
        self._refused_in_a_row: set[int] = set()

    def hold(self, chat: int, seconds: float | None) -> datetime:
        """Hold back what was refused; when it may be sent again."""
        due = self._clock.now() + timedelta(seconds=seconds or UNNAMED)
        self._refused_in_a_row.add(chat)
        if len(self._refused_in_a_row) >= WHOLE_BOT:
            self._limits.hold_all(due.timestamp())
        else:
            self._limits.hold_chat(chat, due.timestamp())
        return due

    def taken(self) -> None:
        """Telegram took a message: the bot as a whole is not held back."""
        self._refused_in_a_row.clear()
