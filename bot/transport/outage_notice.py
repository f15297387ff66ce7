"""Tells people that their words wait, when the storage refuses to keep them: past the outbox, which is in it too."""

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from telegram.error import NetworkError

from bot.parsing.typed_command import command_in
from bot.runtime.clock import Timepiece
from bot.runtime.outage import Outage
from bot.transport.callback_answers import PressAnswerer
from bot.transport.holds import LONGEST_HOLD
from bot.transport.rate_limits import Limits, moment
from bot.transport.rendering import render
from bot.transport.request import AiohttpRequest, Broken, NotSent, Refused
from bot.transport.retry_after import MESSAGE, UNNAMED
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.desk.ports import OutgoingMessage
from core.vocabulary.words import Lane
from storage.queues.addressed_call import destination_at

Raw = Mapping[str, Any]

# A database that is restarted is back before anybody would have read that it was away.
AFTER = timedelta(seconds=2)
FAR = 2.0  # seconds


class OutageNotice:
    """Says one sentence, once in an outage to each chat, and in a window to each press that was not answered yet.

    Whoever finds that an update waits calls ``tell``, each time that it was refused: what can't leave for Telegram's
    limits goes the next time. Nothing waits for it.
    """

    def __init__(
        self,
        request: AiohttpRequest,
        base_url: str,
        presses: PressAnswerer,
        outage: Outage,
        *,
        clock: Timepiece,
        limits: Limits,
        texts: Texts,
    ) -> None:
        self._request = request
        self._url = f"{base_url}/sendMessage"
        self._presses = presses
        self._outage = outage
        self._clock = clock
        self._limits = limits
        self._sentence = str(texts("stand-by"))
        self._told: set[int] = set()
        self._told_in: datetime | None = None
        self._next: deque[int] = deque()
        self._telling: asyncio.Task[None] | None = None

    @property
    def idle(self) -> bool:
        """Whether nobody is being told."""
        return self._telling is None or self._telling.done()

    def tell(self, raws: Iterable[Raw]) -> None:
        """These updates could not be kept, or not be handled."""
        if self._outage.lasts < AFTER:
            return
        if self._told_in != self._outage.since:
            self._told_in = self._outage.since
            self._told.clear()
        for raw in raws:
            chat, in_a_window = spoken_in(raw), self._presses.answer(raw, self._sentence)
            if chat is None or chat in self._told:
                continue
            self._told.add(chat)
            if not in_a_window:
                self._next.append(chat)
        if self._next and self.idle:
            self._telling = asyncio.create_task(self._tell_each())

    async def stop(self) -> None:
        """Tell nobody more."""
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)

    async def _tell_each(self) -> None:
        while self._next:
            chat = self._next.popleft()
            if not (await self._may(chat) and await self._say(chat)):
                self._told.discard(chat)

    async def _may(self, chat: int) -> bool:
        """Wait for the chat's place within Telegram's limits; False when it is far, or the outage over by then."""
        while self._outage.trouble is not None:
            now = self._clock.now().timestamp()
            leaves_at, granted = await self._limits.reserve(chat, Lane.ROUTINE, now, MESSAGE)
            if leaves_at - now > FAR:
                return False
            await self._clock.wait(asyncio.Event(), moment(leaves_at))
            if granted:
                return True
        return False

    async def _say(self, chat: int) -> bool:
        """Whether the chat has it, or may have it."""
        sentence = Screen(text=self._sentence)
        call = render(OutgoingMessage(to=destination_at(chat), lane=Lane.ROUTINE, content=sentence))
        try:
            answer = await self._request.call(self._url, call.payload)
        except (NotSent, Broken):
            return False
        except NetworkError:
            return True
        if isinstance(answer, Refused) and answer.code == 429:
            asked = min(answer.retry_after or UNNAMED, LONGEST_HOLD)
            self._limits.hold_chat(chat, self._clock.now().timestamp() + asked, MESSAGE)
            return False
        return not (isinstance(answer, Refused) and answer.code >= 500)


def spoken_in(raw: Raw) -> int | None:
    """The chat in which somebody spoke to the desk: in private, or in a group with a command; None for all else."""
    said = raw.get("message")
    if isinstance(query := raw.get("callback_query"), Mapping):
        said = query.get("message")
    chat = said.get("chat") if isinstance(said, Mapping) else None
    number = chat.get("id") if isinstance(chat, Mapping) else None
    if not isinstance(said, Mapping) or not isinstance(number, int):
        return None
    words = str(said.get("text") or said.get("caption") or "")
    return number if number > 0 or query is not None or command_in(words) is not None else None
