"""Answers presses at once, before any other work, so that no button spins and nobody taps twice."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from telegram.error import NetworkError

from bot.channel.request import AiohttpRequest, Refused

log = logging.getLogger(__name__)


class PressAnswerer:
    """Calls `answerCallbackQuery <https://core.telegram.org/bots/api#answercallbackquery>`_ beside the work.

    It has no chat and no limit like messages, and goes stale fast: when it fails, the press counts all the same.
    """

    def __init__(self, request: AiohttpRequest, base_url: str, failed: Callable[[], None] = lambda: None) -> None:
        self._request = request
        self._url = f"{base_url}/answerCallbackQuery"
        self._failed = failed
        self._under_way: set[asyncio.Task[None]] = set()

    @property
    def idle(self) -> bool:
        """Whether every press was answered."""
        return not self._under_way

    def answer(self, raw: dict[str, Any]) -> None:
        """Answer the press in an update, if it is one."""
        query = raw.get("callback_query")
        if isinstance(query, dict) and isinstance(query.get("id"), str):
            task = asyncio.create_task(self._call(query["id"]))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _call(self, query_id: str) -> None:
        try:
            answer = await self._request.call(self._url, {"callback_query_id": query_id})
        except NetworkError as error:
            log.info("a press was not answered: %s", type(error).__name__)
            self._failed()
            return
        if isinstance(answer, Refused):
            log.info("a press was not answered: %s", answer.code)
            self._failed()
