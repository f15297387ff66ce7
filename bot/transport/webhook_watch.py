"""Watches the way on which updates come, by getWebhookInfo: a quiet channel may be a deaf one (P13).

https://core.telegram.org/bots/api#getwebhookinfo
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from msgspec import Struct, ValidationError, convert
from telegram.error import NetworkError

from bot.config.schema import Telegram
from bot.runtime.clock import Timepiece
from bot.runtime.conditions import Condition, Conditions
from bot.transport.answers import no_answer
from bot.transport.intake import ALLOWED_UPDATES, Intake
from bot.transport.request import AiohttpRequest, Answer, Refused, Taken
from metrics.blackout import quoted_error
from metrics.process import Webhook
from storage.engine.errors import StorageError

PART = "webhook"
# Somebody else who sets it as often as this desk does would go on for ever: each time it waits longer.
FIRST_PATIENCE, LONGEST_PATIENCE = timedelta(seconds=0), timedelta(hours=1)

# Updates that wait at Telegram for longer, while nothing arrives, are not on their way.
STANDS = timedelta(seconds=8)
# A push may be on its way for longer: this desk answers when it is on disk.
PUSHES = timedelta(minutes=1)
# Looks in a row that are not answered, and then nobody knows whether the webhook stands.
BLIND = 3


class _Info(Struct):
    url: str
    pending_update_count: int = 0
    last_error_date: int = 0
    last_error_message: str = ""
    allowed_updates: list[str] | None = None
    ip_address: str = ""


class WebhookWatch:
    """Sets the webhook, or removes it for polling, and sets it right again when somebody else changed it.

    What waits at Telegram while no update arrives is heard by nobody. What is polled arrives here; what is pushed, at
    any process of this desk.
    """

    def __init__(
        self,
        request: AiohttpRequest,
        base_url: str,
        telegram: Telegram,
        clock: Timepiece,
        conditions: Conditions,
        intake: Intake,
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
        self._intake = intake
        self._last_error = 0
        self._failing: int | None = None  # how many had arrived when Telegram could not deliver the next
        self.told: Webhook | None = None  # as Telegram said last
        self.found: str | None = None  # where Telegram pushed to when it was asked last; None: not told
        self._standing: tuple[datetime, int] | None = None  # since when updates wait, and what had arrived then
        self._blind = 0  # looks in a row that were not answered
        self._silence = ""  # why
        self._resolved: set[str] = set()  # IP addresses that Telegram found by itself, for the name that was set here
        self._imposed: set[str] = set()  # those that somebody else had set
        self._learns = False

    async def look(self) -> bool:
        """Ask, say what is wrong, and set it right; whether updates come as they should, as far as Telegram knows."""
        if not self._set_once:
            self._set_once = await self._set() is None
        info = await self._ask()
        self.found = info.url if info is not None else None
        if info is None:
            return await self._goes_blind()
        self._blind = 0
        failed_at = datetime.fromtimestamp(info.last_error_date, UTC) if info.last_error_date > 0 else None
        self.told = Webhook(pending=info.pending_update_count, last_error_at=failed_at)
        why, stands = self._wrong(info), await self._stands(info)
        if why is not None:
            why += await self._set_right()
        elif self._is_strange(info):
            why = await self._try_address(info)
        elif stands is not None and self._wanted:
            if stands >= PUSHES:
                why = f"{info.pending_update_count} updates wait at Telegram, and none is pushed"
                why += await self._set_right()
        elif stands is not None:
            if stands < STANDS:
                return False  # it is looked at again soon
            why = f"{info.pending_update_count} updates wait at Telegram, and polling has brought none for a while"
        if why is None:
            self._patience, self._not_before = FIRST_PATIENCE, None
            self._conditions.well(Condition.UPDATES, part=PART)
            return True
        self._conditions.ill(Condition.UPDATES, why, part=PART)
        return False

    async def _goes_blind(self) -> bool:
        """Say it once getWebhookInfo is not answered for long: a webhook that somebody took away is put back unseen.

        Polling needs no such word: each poll tells.
        """
        self._blind += 1
        if not self._wanted or self._blind < BLIND:
            return self._set_once
        why = f"getWebhookInfo is not answered ({self._silence}): nobody knows whether updates come"
        self._conditions.ill(Condition.UPDATES, why + await self._set_right(), part=PART)
        return False

    def _is_strange(self, info: _Info) -> bool:
        """Whether the webhook leads to an IP address that Telegram was never seen to find by itself."""
        return bool(self._wanted and info.ip_address) and info.ip_address not in self._resolved

    async def _try_address(self, info: _Info) -> str | None:
        """Set the webhook anew without an IP address: Telegram then resolves the name, and what it finds is right.

        A name that has many addresses, or a new one, gives no alarm so; what this machine's resolver says of it, which
        may be something else, is not asked.
        """
        strange = f"somebody set the webhook to lead to {info.ip_address}, whatever its name says"
        if info.ip_address in self._imposed:
            return strange + await self._set_right()
        now = self._clock.now()
        if (self._not_before is not None and now < self._not_before) or await self._set() is not None:
            return None  # it is looked at again
        found = await self._ask()
        if found is None or found.ip_address in ("", info.ip_address):
            return None
        self._imposed.add(info.ip_address)
        self._be_patient(now)
        return f"{strange}; it is set right"

    async def _stands(self, info: _Info) -> timedelta | None:
        """How long updates have waited at Telegram while none arrived; None when none wait, or nobody can tell."""
        if not info.pending_update_count:
            self._standing = None
            return None
        try:
            arrived = await self._intake.newest() if self._wanted else self._intake.received()
        except StorageError:
            self._standing = None
            return None
        now = self._clock.now()
        if self._standing is None or self._standing[1] != arrived:
            self._standing = now, arrived
        return now - self._standing[0]

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
        arrived = self._intake.received()
        # Telegram tries again after ever longer pauses: an error that is not new is not over by that.
        if not info.pending_update_count:
            self._failing = None
        elif news or self._failing != arrived:
            self._failing = arrived if news else None
        if self._wanted and self._failing is not None:
            return f"Telegram can't deliver to the webhook: {quoted_error(info.last_error_message)}; {waiting}"
        return None

    async def _set_right(self) -> str:
        """Set it right unless that was in vain lately; what came of it, in words that follow on the cause."""
        now = self._clock.now()
        if self._not_before is not None and now < self._not_before:
            return f"; it was set right in vain, and is again in {(self._not_before - now).total_seconds():.0f} s"
        refused = await self._set()
        self._be_patient(now)
        return "; it is set right" if refused is None else f"; it can't be set right: {refused}"

    def _be_patient(self, now: datetime) -> None:
        self._not_before = now + self._patience
        self._patience = min(max(self._patience * 2, self._telegram.watch_every * 2), LONGEST_PATIENCE)

    async def _set(self) -> str | None:
        """Set the webhook, or remove it; why that was refused, None when it was not."""
        if not self._wanted:
            return _why_not(await self._call("deleteWebhook", {}))
        wanted = {
            "url": self._wanted,
            "secret_token": self._telegram.webhook_secret.get_secret_value(),
            "allowed_updates": ALLOWED_UPDATES,
        }
        refused = _why_not(await self._call("setWebhook", wanted))
        self._learns = refused is None
        return refused

    async def _ask(self) -> _Info | None:
        answer = await self._call("getWebhookInfo", {})
        self._silence = _why_not(answer) or "it can't be read"
        if not isinstance(answer, Taken):
            return None
        try:
            info = convert(answer.result, _Info)
        except ValidationError:
            return None
        if self._learns and info.url == self._wanted and info.ip_address:
            self._resolved.add(info.ip_address)
            self._imposed.discard(info.ip_address)
            self._learns = False
        return info

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
