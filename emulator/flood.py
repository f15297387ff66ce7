"""Flood control: who has sent too much, and how long they must wait.

Telegram's habits, as its FAQ tells them: no more than 30 messages in any second by one bot, one a second in a
private chat with a burst of three, 20 in any minute in a group or channel. Messages and edits count, answers to
callbacks do not. What counts is when they arrive: with a ``jitter`` (seconds) some take that much longer on their way
than others, so that whoever keeps to the edge of a limit breaks it. See https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.
"""

import math
import random
from bisect import insort
from collections import deque
from collections.abc import Callable

from telegram.constants import FloodLimit

from emulator.errors import too_many_requests

_PRUNE_ABOVE = 50_000


class Flood:
    """The limits of one world. ``enabled = False`` lets everything through."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.enabled = True
        self.per_second = int(FloodLimit.MESSAGES_PER_SECOND)
        self.private_burst = 3
        self.per_group_minute = int(FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP)
        self.jitter = 0.0
        self.refused = 0
        self._now = now
        self._dice = random.Random(3)
        self._bots: dict[int, deque[float]] = {}
        self._groups: dict[tuple[int, int], deque[float]] = {}
        self._arrivals: dict[tuple[int, int], float] = {}
        self._private: dict[tuple[int, int], float] = {}

    def charge(self, bot_id: int, chat_id: int, count: int = 1) -> None:
        """Count messages of this bot to this chat (negative: a group or channel).

        Raises:
            ApiError: 429 with ``retry_after`` in whole seconds; they then don't count.
        """
        if not self.enabled:
            return
        key = (bot_id, chat_id)
        now = self._arrival(key) if self.jitter else self._now()
        overall = self._bots.setdefault(bot_id, deque())
        wait = _window_wait(overall, now, 1.0, self.per_second - count)
        if chat_id < 0:
            group = self._groups.setdefault(key, deque())
            self._refuse(max(wait, _window_wait(group, now, 60.0, self.per_group_minute - count)))
            _note(group, now, count)
        else:
            free_at = max(self._private.get(key, 0.0), now)
            self._refuse(max(wait, free_at - now - max(self.private_burst - count, 0)))
            self._private[key] = free_at + count
            if len(self._private) > _PRUNE_ABOVE:
                self._private = {k: at for k, at in self._private.items() if at > now}
        _note(overall, now, count)

    def _arrival(self, key: tuple[int, int]) -> float:
        """When it arrives: some are longer on their way, and none overtakes another of its chat."""
        now = self._now()
        came, last = now + self.jitter * self._dice.random(), self._arrivals.get(key, 0.0)
        if came < last <= now + self.jitter:
            came = last
        if len(self._arrivals) > _PRUNE_ABOVE:
            self._arrivals.clear()
        self._arrivals[key] = came
        return came

    def _refuse(self, wait: float) -> None:
        if wait > 0:
            self.refused += 1
            raise too_many_requests(math.ceil(wait))


def _note(times: deque[float], came: float, count: int) -> None:
    for _ in range(count):
        insort(times, came)


def _window_wait(times: deque[float], now: float, window: float, room: int) -> float:
    """Seconds until at most `room` of the times lie within `window`; zero or less when that is so now."""
    while times and times[0] <= now - window:
        times.popleft()
    over = len(times) - max(room, 0)
    return times[over - 1] + window - now if over > 0 else 0.0
