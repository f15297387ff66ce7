"""Tells people that their words wait, while the storage does not keep them: past the outbox, which is in it too."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from telegram.error import NetworkError

from bot.runtime.clock import Timepiece
from bot.transport.callback_answers import PressAnswerer
from bot.transport.holds import LONGEST_HOLD
from bot.transport.rate_limits import Limits, moment
from bot.transport.rendering import render
from bot.transport.request import AiohttpRequest, Broken, NotSent, Refused
from bot.transport.retry_after import MESSAGE, UNNAMED
from bot.transport.waiting_words import A_MOMENT, Wait, WaitingWords
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.desk.ports import OutgoingMessage
from core.vocabulary.words import Lane
from storage.queues.addressed_call import destination_at

FAR = 2.0  # seconds
AGAIN = timedelta(seconds=1)


class OutageNotice:
    """Says one sentence to whoever's words have waited too long, whatever the storage says or does not say meanwhile.

    A chat hears it once for as long as its words wait, and anew for each emergency; a press hears it in a window.
    Nothing waits for it: what can't leave for Telegram's limits is tried again while the words wait. ``behind``
    looks who else waits, behind those that are being kept.
    """

    def __init__(
        self,
        request: AiohttpRequest,
        base_url: str,
        presses: PressAnswerer,
        waiting: WaitingWords,
        clock: Timepiece,
        *,
        limits: Limits,
        texts: Texts,
    ) -> None:
        self._request = request
        self._url = f"{base_url}/sendMessage"
        self._presses = presses
        self._waiting = waiting
        self._clock = clock
        self._limits = limits
        self._sentence = str(texts("stand-by"))
        self._next: list[Wait] = []
        self._watching: asyncio.Task[None] | None = None
        self._telling: asyncio.Task[None] | None = None
        self._looked_at: datetime | None = None
        self.behind: Callable[[], Awaitable[Sequence[object]]] | None = None
        waiting.began = self._begin

    async def stop(self) -> None:
        """Tell nobody more."""
        tasks = [task for task in (self._watching, self._telling) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self) -> None:
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        """Look again and again while anything waits."""
        while self._waiting:
            look_at = self._waiting.next_look()
            await self._clock.wait(self._waiting.bell, look_at)
            if self._clock.now() - look_at > A_MOMENT:
                self._waiting.stood_still()
            self._tell(self._waiting.overdue())
            await self._look()

    async def _look(self) -> None:
        """Find who else waits: behind words that are being kept nobody's are fetched."""
        now = self._clock.now()
        if self.behind is None or self._waiting.longest < AGAIN:
            return
        if self._looked_at is None or now - self._looked_at >= AGAIN:
            self._looked_at = now
            raws = [raw for raw in await self.behind() if isinstance(raw, dict)]
            self._waiting.seen(raws, now - AGAIN)

    def _tell(self, waits: Sequence[Wait]) -> None:
        for wait in waits:
            if wait.told or self._presses.answer(wait.raw, self._sentence):
                wait.told = True
                continue
            others = self._waiting.of_chat(wait.chat) if wait.chat is not None else []
            if wait.chat is not None and (wait.urgent or not any(other.said for other in others)):
                wait.said = True
                self._next.append(wait)
            for other in (wait, *others):
                other.told = other.told or other is wait or not other.pressed
        if self._next and (self._telling is None or self._telling.done()):
            self._telling = asyncio.create_task(self._tell_each())

    async def _tell_each(self) -> None:
        while self._next:
            self._next.sort(key=lambda wait: not wait.urgent)  # emergencies first
            wait = self._next.pop(0)
            if wait.chat is not None and not (await self._may(wait, wait.chat) and await self._say(wait, wait.chat)):
                wait.told, wait.said, wait.again_at = False, False, self._clock.now() + AGAIN

    async def _may(self, wait: Wait, chat: int) -> bool:
        """Wait for the chat's place within Telegram's limits; False when it is far, or the words are kept by then."""
        lane = Lane.EMERGENCY if wait.urgent else Lane.ROUTINE
        while self._waiting.has(wait):
            now = self._clock.now().timestamp()
            leaves_at, granted = await self._limits.reserve(chat, lane, now, MESSAGE)
            if leaves_at - now > FAR:
                return False
            await self._clock.wait(asyncio.Event(), moment(leaves_at))
            if granted:
                return True
        return False

    async def _say(self, wait: Wait, chat: int) -> bool:
        """Whether the chat has it, or may have it."""
        to, sentence = destination_at(chat, wait.topic), Screen(text=self._sentence)
        call = render(OutgoingMessage(to=to, lane=Lane.ROUTINE, content=sentence))
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
