"""The limits in front of python-telegram-bot's own methods, most urgent lane first."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from datetime import timedelta
from math import inf
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.channel.limits import Limits
from core.words import Lane

Result = bool | dict[str, Any] | list[dict[str, Any]]
Turn = asyncio.Future[None]


class LaneRateLimiter(BaseRateLimiter[Lane]):
    """`Limits` as python-telegram-bot's rate limiter: ``rate_limit_args`` is the lane, ROUTINE when missing.

    Chats of one lane take turns, and each keeps its order. A RetryAfter holds its chat only and is tried again
    in its old place; one that asks for more than ``patience`` seconds is raised. What has no chat isn't limited.
    ``clock`` gives the seconds that whoever else uses these limits goes by.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        patience: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits
        self._patience = patience
        self._clock = clock
        self._waiting: dict[Lane, dict[int, deque[Turn]]] = {lane: {} for lane in Lane}
        self._alarm: asyncio.TimerHandle | None = None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close: whoever still waits gets their turn."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> Result:
        """See `telegram.ext.BaseRateLimiter.process_request`."""
        chat_id = data.get("chat_id")
        if chat_id is None:
            return await callback(*args, **kwargs)
        lane = rate_limit_args or Lane.ROUTINE
        await self._turn(chat_id, lane)
        while True:
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as refusal:
                pause = refusal.retry_after
                seconds = pause.total_seconds() if isinstance(pause, timedelta) else pause
                if seconds > self._patience:
                    raise
            self._limits.hold_chat(chat_id, self._clock() + seconds)
            await self._turn(chat_id, lane, again=True)

    async def _turn(self, chat_id: int, lane: Lane, *, again: bool = False) -> None:
        turn: Turn = asyncio.get_running_loop().create_future()
        turns = self._waiting[lane].setdefault(chat_id, deque())
        if again:
            turns.appendleft(turn)
        else:
            turns.append(turn)
        self._let_go()
        await turn

    def _let_go(self) -> None:
        """Let go whoever may, and come back when the next one may."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        now = self._clock()
        at = min([self._let_lane_go(lane, now) for lane in Lane])
        if at < inf:
            self._alarm = asyncio.get_running_loop().call_later(at - now, self._let_go)

    def _let_lane_go(self, lane: Lane, now: float) -> float:
        """The same for one lane; returns when its next one may go, infinity when nobody waits."""
        waiting = self._waiting[lane]
        next_at = inf
        candidates = deque(waiting)
        while candidates:
            if (at := self._limits.ready_at(None, lane, now)) > now:
                return at
            chat_id = candidates.popleft()
            if (at := self._limits.ready_at(chat_id, lane, now)) > now:
                next_at = min(next_at, at)
            elif _let_one_go(waiting, chat_id):
                self._limits.start(chat_id, lane, now)
                if chat_id in waiting:
                    candidates.append(chat_id)
        return next_at


def _let_one_go(waiting: dict[int, deque[Turn]], chat_id: int) -> bool:
    """The chat's next caller goes, and the chat behind the others; False when all of its callers gave up."""
    turns = waiting.pop(chat_id)
    while turns and turns[0].done():
        turns.popleft()
    if not turns:
        return False
    turns.popleft().set_result(None)
    if turns:
        waiting[chat_id] = turns
    return True
