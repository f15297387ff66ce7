"""Long polling: an offset is confirmed only when everything before it is on disk (P1)."""

import asyncio
import logging
from datetime import datetime, timedelta

from bot.runtime.clock import Timepiece
from bot.transport.intake import ALLOWED_UPDATES, Intake
from bot.transport.request import AiohttpRequest, Broken, NotSent, Refused, Taken, Unknown

log = logging.getLogger(__name__)

PATIENCE_S = 25
BATCH = 100
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=30)


class Poller:
    """Asks Telegram for updates (https://core.telegram.org/bots/api#getupdates) for as long as it runs.

    Nothing ends it: a revoked token, a second poller or an outage is tried again after a pause that grows to 30 s.
    ``last_good`` is the last time that Telegram answered, ``trouble`` what it says now, None when all is well.
    """

    def __init__(self, request: AiohttpRequest, base_url: str, intake: Intake, clock: Timepiece) -> None:
        self._request = request
        self._url = f"{base_url}/getUpdates"
        self._intake = intake
        self._clock = clock
        self._offset = 0
        self._pause = FIRST_PAUSE
        self.last_good: datetime | None = None
        self.trouble: str | None = None

    async def run(self) -> None:
        """Poll until cancelled."""
        never = asyncio.Event()
        while True:
            trouble = await self._poll()
            if trouble is None:
                self._pause = FIRST_PAUSE
                continue
            if trouble != self.trouble:
                log.warning("no updates from Telegram: %s", trouble)
            self.trouble = trouble
            await self._clock.wait(never, self._clock.now() + self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE)

    async def _poll(self) -> str | None:
        """Fetch a batch, commit it, move the offset; what went wrong, if something did."""
        # After trouble it is asked for no more than an answer: the first says that all is well again.
        patience = PATIENCE_S if self.trouble is None else 0
        ask = {"offset": self._offset, "timeout": patience, "limit": BATCH, "allowed_updates": ALLOWED_UPDATES}
        try:
            answer = await self._request.call(self._url, ask, read_timeout=PATIENCE_S + 10)
        except Broken as error:
            return error.message
        except (NotSent, Unknown) as error:
            return f"no connection ({type(error).__name__})"
        match answer:
            case Refused(code=409):
                return '409: another process asks too; several need telegram.mode = "webhook"'
            case Refused():
                return f"{answer.code} {answer.description}"
            case Taken(result=list() as updates):
                self.last_good, self.trouble = self._clock.now(), None
                self._offset = max(self._offset, await self._intake.receive(updates) + 1)
                return None
            case Taken():
                return "an answer that is no list of updates"
