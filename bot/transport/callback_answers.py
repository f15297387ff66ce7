"""Answers presses at once, before any other work, so that no button spins and nobody taps twice."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from telegram.constants import CallbackQueryLimit
from telegram.error import NetworkError

from bot.transport.pressed import Pressed
from bot.transport.request import AiohttpRequest, Refused
from core.state.person import Person
from core.vocabulary.words import Role

log = logging.getLogger(__name__)

REMEMBERED = 1_000
LONGEST = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)

PressWords = Callable[[Pressed, Person | None], str]
"""The words for somebody (None: a stranger) whose press does nothing; empty: it just stops spinning."""


def no_words(_: Pressed, __: Person | None) -> str:
    """Every press just stops spinning."""
    return ""


def told_in_press(press: Pressed, person: Person | None) -> bool:
    """Whether the press's own answer says what came of it, and so waits for that; any other is answered at once.

    So it is with a button that isn't on its message; and in a group with whoever may see buttons that are not for them.
    """
    return not press.stands or (not press.private and person is not None and person.role < Role.SUPERVISOR)


class PressAnswerer:
    """Calls `answerCallbackQuery <https://core.telegram.org/bots/api#answercallbackquery>`_ beside the work.

    It has no chat and no limit like messages, and goes stale fast: when it fails, the press counts all the same.
    Whoever meets a press asks for its answer: it is answered when it arrives, and after a restart when it is handled.
    """

    def __init__(self, request: AiohttpRequest, base_url: str, failed: Callable[[], None] = lambda: None) -> None:
        self._request = request
        self._url = f"{base_url}/answerCallbackQuery"
        self._failed = failed
        self._under_way: set[asyncio.Task[None]] = set()
        self._answered: OrderedDict[str, None] = OrderedDict()

    @property
    def idle(self) -> bool:
        """Whether every press was answered."""
        return not self._under_way

    def answer(self, raw: Mapping[str, Any], words: str = "") -> bool:
        """Answer the press in an update, with ``words`` in a window of their own.

        False when it is none, or was answered before.
        """
        query = raw.get("callback_query")
        number = query.get("id") if isinstance(query, dict) else None
        if not isinstance(number, str) or number in self._answered:
            return False
        self._answered[number] = None
        if len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)
        task = asyncio.create_task(self._call(number, {"text": words[:LONGEST], "show_alert": True} if words else {}))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return True

    async def _call(self, query_id: str, shown: Mapping[str, Any]) -> None:
        try:
            answer = await self._request.call(self._url, {"callback_query_id": query_id, **shown})
        except NetworkError as error:
            log.info("a press was not answered: %s", type(error).__name__)
            self._failed()
            return
        if isinstance(answer, Refused):
            log.info("a press was not answered: %s", answer.code)
            self._failed()
