"""Watches the way on which updates come, by getWebhookInfo: a quiet channel may be a deaf one (P13).

https://core.telegram.org/bots/api#getwebhookinfo
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from msgspec import Struct, ValidationError, convert
from telegram.error import NetworkError

from bot.config.schema import Telegram
from bot.runtime.clock import Timepiece
from bot.runtime.conditions import Condition, Conditions
from bot.transport.answers import no_answer
from bot.transport.intake import ALLOWED_UPDATES
from bot.transport.request import AiohttpRequest, Answer, Refused, Taken
from metrics.blackout import quoted_error

PART = "webhook"
# Somebody else who sets it as often as this desk does would go on for ever: each time it waits longer.
FIRST_PATIENCE, LONGEST_PATIENCE = timedelta(seconds=0), timedelta(hours=1)


class _Info(Struct):
    url: str
    pending_update_count: int = 0
    last_error_date: int = 0
    last_error_message: str = ""
    allowed_updates: list[str] | None = None


class WebhookWatch:
    """Sets the webhook, or removes it for polling, and sets it right again when somebody else changed it."""

    def __init__(
        self, request: AiohttpRequest, base_url: str, telegram: Telegram, clock: Timepiece, conditions: Conditions
    ) -> None:
        self._request = request
        self._base_url = base_url
        self._telegram = telegram
        self._clock = clock
        self._conditions = conditions
        self._wanted = telegram.webhook_url if telegram.mode == "webhook" else ""
        self._set_once = False
        self._patience = FIRST_PATIENCE
        self._not_before: datetime | None = None
        self._last_error = 0

    async def look(self) -> bool:
        """Ask, say what is wrong, and set it right; whether updates come as they should, as far as Telegram knows."""
        if not self._set_once:
            self._set_once = await self._set() is None
        info = await self._ask()
        if info is None:
            return self._set_once
        why = self._wrong(info)
        if why is None:
            self._patience, self._not_before = FIRST_PATIENCE, None
            self._conditions.well(Condition.UPDATES, part=PART)
            return True
        why += await self._set_right()
        self._conditions.ill(Condition.UPDATES, why, part=PART)
        return False

    def _wrong(self, info: _Info) -> str | None:
        news = info.last_error_date > self._last_error
        self._last_error = max(self._last_error, info.last_error_date)
        waiting = f"{info.pending_update_count} updates wait"
        if info.url != self._wanted:
            there = urlsplit(info.url).hostname or "nowhere"
            if not self._wanted:
                return f"somebody set a webhook, to {there}: nothing can be polled, {waiting}"
            return f"somebody changed the webhook: it leads to {there}, {waiting}"
        if self._wanted and info.allowed_updates is not None and set(ALLOWED_UPDATES) - set(info.allowed_updates):
            return f"somebody set the webhook to get only {', '.join(info.allowed_updates) or 'the default'}"
        if self._wanted and news and info.pending_update_count:
            return f"Telegram can't deliver to the webhook: {quoted_error(info.last_error_message)}; {waiting}"
        return None

    async def _set_right(self) -> str:
        """Set it right unless that was in vain lately; what came of it, in words that follow on the cause."""
        now = self._clock.now()
        if self._not_before is not None and now < self._not_before:
            return f"; it was set right in vain, and is again in {(self._not_before - now).total_seconds():.0f} s"
        refused = await self._set()
        self._not_before = now + self._patience
        self._patience = min(max(self._patience * 2, self._telegram.watch_every * 2), LONGEST_PATIENCE)
        return "; it is set right" if refused is None else f"; it can't be set right: {refused}"

    async def _set(self) -> str | None:
        """Set the webhook, or remove it; why that was refused, None when it was not."""
        if not self._wanted:
            return _why_not(await self._call("deleteWebhook", {}))
        wanted = {
            "url": self._wanted,
            "secret_token": self._telegram.webhook_secret.get_secret_value(),
            "allowed_updates": ALLOWED_UPDATES,
        }
        return _why_not(await self._call("setWebhook", wanted))

    async def _ask(self) -> _Info | None:
        answer = await self._call("getWebhookInfo", {})
        if not isinstance(answer, Taken):
            return None
        try:
            return convert(answer.result, _Info)
        except ValidationError:
            return None

    async def _call(self, method: str, parameters: Mapping[str, object]) -> Answer | NetworkError:
        try:
            return await self._request.call(f"{self._base_url}/{method}", parameters)
        except NetworkError as error:
            return error


def _why_not(answer: Answer | NetworkError) -> str | None:
    match answer:
        case Taken():
            return None
        case Refused():
            return f"{answer.code} {answer.description}"
        case NetworkError():
            return no_answer(answer)
