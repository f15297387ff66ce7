"""Long polling: an offset is confirmed only when everything before it is on disk (P1)."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from telegram.error import NetworkError

from bot.runtime.backlog import Backlog
from bot.runtime.clock import Timepiece
from bot.runtime.conditions import BOUNDS, Condition, Conditions
from bot.runtime.pulse import Pulse
from bot.transport.answers import no_answer
from bot.transport.identity import UNKNOWN_TOKEN, say_refused
from bot.transport.intake import ALLOWED_UPDATES, Intake
from bot.transport.request import AiohttpRequest, Broken, NotSent, Refused, Taken, Unknown, Unreadable
from bot.transport.unreadable import OneByOne
from bot.transport.webhook_watch import WebhookWatch

log = logging.getLogger(__name__)

PART = "poll"
PATIENCE_S = 25
STANDS = 20  # polls in a row that confirm nothing new: now and then Telegram sends one again
LOOK_S = 2.0
HASTE = timedelta(seconds=1)  # nothing, sooner than this, is no answer of Telegram's to a long poll
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=30)


class Poller:
    """Asks Telegram for updates (https://core.telegram.org/bots/api#getupdates) for as long as it runs.

    Nothing ends it: a revoked token, a second poller or an outage is tried again after a pause that grows to 30 s.
    ``last_good`` is the last time that Telegram answered, ``trouble`` what it says now, None when all is well.
    """

    def __init__(
        self,
        request: AiohttpRequest,
        base_url: str,
        intake: Intake,
        clock: Timepiece,
        conditions: Conditions,
        webhook: WebhookWatch,
        backlog: Backlog | None = None,
        live: Callable[[Sequence[object]], None] = lambda updates: None,
    ) -> None:
        self._request = request
        self._url = f"{base_url}/getUpdates"
        self._intake = intake
        self._clock = clock
        self._conditions = conditions
        self._webhook = webhook
        self._backlog = backlog or Backlog(clock)
        self._live = live
        self._caught_up = False  # nothing waits at Telegram: what comes now was sent now
        self._offset = 0
        self._asking = asyncio.Lock()  # Telegram ends an older question for updates when a newer one comes
        self._one_by_one = OneByOne(intake)
        self._stands = 0
        self._hasty = 0
        self._said: str | None = None
        self._pause = FIRST_PAUSE
        self._ill_since: datetime | None = None
        self.last_good: datetime | None = None
        self.trouble: str | None = None

    async def run(self, pulse: Pulse) -> None:
        """Poll until cancelled."""
        never = asyncio.Event()
        while True:
            trouble = await self._poll(pulse)
            self._caught_up = trouble is None and self._caught_up
            self._say(trouble)
            if trouble is None:
                self._pause = FIRST_PAUSE
                pulse.rests(self._clock.now())
                continue
            self._backlog.away()
            next_poll = self._clock.now() + self._pause
            pulse.rests(next_poll)
            await self._clock.wait(never, next_poll)
            self._pause = min(self._pause * 2, LONGEST_PAUSE)

    def _say(self, trouble: str | None) -> None:
        """Log it when it changes; it is a condition when it lasts."""
        if trouble is None:
            self._ill_since = self._said = None
            self._conditions.well(Condition.UPDATES, part=PART)
            return
        now = self._clock.now()
        self._ill_since = self._ill_since or now
        known = self._conditions.trouble(Condition.IDENTITY) is not None
        if trouble != self._said and not known:
            log.warning("no updates from Telegram: %s", trouble)
        self.trouble = self._said = trouble
        if not known and now - self._ill_since >= BOUNDS[Condition.UPDATES].said_within:
            self._conditions.ill(Condition.UPDATES, trouble, part=PART)

    async def _poll(self, pulse: Pulse) -> str | None:
        """Fetch a batch, commit it, move the offset; what went wrong, if something did."""
        # While something may wait there, no longer than an answer takes: one that is not full says that all is read.
        patience = PATIENCE_S if self._caught_up else 0
        limit = self._one_by_one.limit
        ask = {"offset": self._offset, "timeout": patience, "limit": limit, "allowed_updates": ALLOWED_UPDATES}
        pulse.asks()
        asked = self._clock.now()
        try:
            async with self._asking:
                answer = await self._request.call(self._url, ask, read_timeout=PATIENCE_S + 10)
        except Broken as error:
            return error.message
        except Unreadable as error:
            return await self._pass(error.content)
        except (NotSent, Unknown) as error:
            return no_answer(error)
        pulse.begins()
        match answer:
            case Refused(code=409):
                return await self._conflict()
            case Refused():
                if answer.code in UNKNOWN_TOKEN:
                    say_refused(self._conditions, answer)
                return f"{answer.code} {answer.description}"
            case Taken(result=list() as updates):
                if self.trouble is not None:
                    self._backlog.away()
                self.last_good, self.trouble = self._clock.now(), None
                self._conditions.well(Condition.IDENTITY)
                self._one_by_one.read(len(updates))
                if patience and not updates:
                    await self._unhurried(asked)
                return await self._keep(updates, limit)
            case Taken():
                return "an answer that is no list of updates"

    async def _unhurried(self, asked: datetime) -> None:
        """Pause for a second before the next poll when one after another is answered with nothing at once."""
        now = self._clock.now()
        self._hasty = self._hasty + 1 if now - asked < HASTE else 0
        if self._hasty > STANDS:
            await self._clock.wait(asyncio.Event(), now + HASTE)

    async def behind(self) -> list[object]:
        """Look what Telegram has while a batch waits to be kept; confirms nothing. Empty while it is asked anyway."""
        if self._asking.locked():
            return []
        ask = {"offset": self._offset, "timeout": 0, "allowed_updates": ALLOWED_UPDATES}
        async with self._asking:
            try:
                answer = await self._request.call(self._url, ask, read_timeout=LOOK_S)
            except NetworkError:
                return []
        return answer.result if isinstance(answer, Taken) and isinstance(answer.result, list) else []

    async def _pass(self, content: bytes) -> str | None:
        """Go past an update that can't be read, once it is known which one it is and it is kept."""
        number = await self._one_by_one.unreadable(content)
        if number is None:
            return "an answer that can't be read"
        self._offset, self._caught_up = number + 1, False
        return None

    async def _keep(self, updates: list[object], limit: int) -> str | None:
        """Commit a batch; the next poll confirms it up to its last number, which may be lower than all before it.

        Numbers begin anew after a week without updates, and with another Bot API server.
        """
        if self._caught_up:
            self._live(updates)
        self._caught_up = False
        last = await self._intake.receive(updates)
        if len(updates) < limit:
            self._caught_up = True
            self._backlog.read()
        if last is None or last < 1:
            return "an update without a number" if updates else None
        self._stands = self._stands + 1 if self._offset == last + 1 else 0
        self._offset = last + 1
        return "the same updates come again and again" if self._stands > STANDS else None

    async def _conflict(self) -> str:
        """A webhook that somebody set refuses every poll, and so does another process that polls."""
        await self._webhook.look()
        if self._webhook.found:
            return "409: a webhook was set"
        return '409: another process asks too; several need telegram.mode = "webhook"'
