"""The configuration: every key, its default, and what it may be. `config.example.toml` says what each is for.

`bot.config.source.load` reads it from a file and the environment; `Config(...)` reads neither.
"""

import re
from datetime import timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from bot.config.backup import Backup
from bot.config.escalation import Escalation
from bot.config.kinds import Kind, Kinds
from bot.config.log import Log
from bot.config.privacy import Privacy
from bot.config.safety import Safety
from bot.config.section import Section
from bot.config.tracing import Tracing
from bot.config.types import (
    TOLD_APART,
    AsList,
    Duration,
    Language,
    OwnWord,
    ProxyUrl,
    ServerUrl,
    TokenDigest,
    Whole,
    Zone,
    beside_others,
    between,
    public_url,
    secret_of_webhook,
)
from core.rules.situation import Rules
from core.vocabulary.seats import MOST_SEATS

# Numbers that the desk itself decides by have their defaults there.
DESK = Rules()
Lease = Annotated[Duration, between("5s", "10m")]
Workers = Annotated[Whole, Field(ge=1, le=1024)]


class Telegram(Section):
    """The bot's account, and the way in which its updates come."""

    token: SecretStr = SecretStr("")
    api_base_url: ServerUrl = "https://api.telegram.org"
    proxy_url: ProxyUrl = SecretStr("")
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = Field(default="", validate_default=True)
    webhook_secret: SecretStr = Field(default=SecretStr(""), validate_default=True)
    watch_every: Annotated[Duration, between("2s", "10m")] = timedelta(minutes=1)

    @property
    def bot(self) -> str:
        """The bot's number, which its token begins with: known before getMe is answered, and after a renewal.

        https://core.telegram.org/bots/api#authorizing-your-bot
        """
        return self.token.get_secret_value().partition(":")[0]

    @field_validator("token")
    @classmethod
    def _token_has_its_shape(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"([0-9]+:[A-Za-z0-9_-]+)?", value.get_secret_value()):
            raise ValueError("expected a token from @BotFather, such as 123456:ABC-DEF")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _webhook_has_an_address(cls, value: str, info: ValidationInfo) -> str:
        return public_url(value) if value or info.data.get("mode") == "webhook" else value

    @field_validator("webhook_secret")
    @classmethod
    def _webhook_has_a_secret(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        """``secret_token`` of https://core.telegram.org/bots/api#setwebhook."""
        return secret_of_webhook(value) if value.get_secret_value() or info.data.get("mode") == "webhook" else value


class Storage(Section):
    """The database."""

    url: str = Field(default="sqlite+aiosqlite:///var/gad.db", repr=False)

    @field_validator("url")
    @classmethod
    def _url_is_a_file_or_a_server(cls, value: str) -> str:
        file = r"sqlite\+aiosqlite:///[^?#\s][^?#]*"
        server = r"postgresql\+asyncpg://[^/?#\s]+/[^/?#\s]+(\?\S*)?"
        if value.startswith("postgresql") and value.partition("://")[2].partition("/")[0].count("@") > 1:
            raise ValueError("expected an @ of the password written as %40")
        if not re.fullmatch(f"{file}|{server}", value):
            raise ValueError(
                "expected a SQLite file, sqlite+aiosqlite:///path/to/gad.db,"
                " or a database of PostgreSQL's, postgresql+asyncpg://user:password@host/gad"
            )
        return value


class Redis(Section):
    """The server that several processes share; one process shares nothing."""

    url: str = Field(default="", repr=False)

    @field_validator("url")
    @classmethod
    def _url_is_a_server(cls, value: str) -> str:
        if not re.fullmatch(r"(rediss?://[^/?#\s]+(/[0-9]+)?)?", value):
            raise ValueError("expected a Redis server, redis://host:6379/0, or nothing: one process shares nothing")
        return value


class Server(Section):
    """The side server: health, metrics, the API, the webhook."""

    host: str = Field(default="127.0.0.1", min_length=1)
    port: Annotated[Whole, Field(ge=0, le=65535)] = 8080
    api_tokens: Annotated[tuple[TokenDigest, ...], AsList] = ()
    public_host: str = ""
    public_port: Annotated[Whole, Field(ge=0, le=65535)] = 8443

    @property
    def public(self) -> tuple[str, int]:
        """The webhook's own door; without a host it shares the first one."""
        return (self.public_host, self.public_port)


class Access(Section):
    """Administrators, invitations, and the groups that are the desk's beside the alerts' and the units'."""

    admins: Annotated[tuple[Annotated[Whole, Field(gt=0)], ...], AsList] = ()
    groups: Annotated[tuple[Annotated[Whole, Field(lt=0)], ...], AsList] = ()
    invitation_life: Annotated[Duration, between("1m", "720h")] = DESK.invitation_life


class Alerts(Section):
    """The group that gets every alert too; its topic, 0: the one where /vincular was written, else General."""

    group_chat_id: Annotated[Whole, Field(le=0)] = 0
    group_topic_id: Annotated[Whole, Field(ge=0)] = 0


# It stands between bars on disk.
Capability = Annotated[str, Field(pattern=r"^[^\s|]([^|]{0,22}[^\s|])?$")]


class Dispatch(Section):
    """Offers: how many agents are asked, and for how long."""

    offer_to: Annotated[Whole, Field(ge=1, le=50)] = DESK.offer_to
    needs: Annotated[Whole, Field(ge=1, le=MOST_SEATS)] = DESK.needs
    offer_timeout: Annotated[Duration, between("1s", "1h")] = DESK.offer_timeout
    location_max_age: Annotated[Duration, between("1s", "24h")] = DESK.location_max_age
    duplicate_window: Annotated[Duration, between("0s", "1h")] = DESK.duplicate_window
    dispositions: Annotated[tuple[OwnWord, ...], AsList, TOLD_APART, Field(min_length=1, max_length=8)] = (
        DESK.dispositions
    )
    capabilities: Annotated[tuple[Capability, ...], AsList, TOLD_APART, Field(max_length=24)] = DESK.capabilities
    reopen_window: Annotated[Duration, between("1m", "24h")] = DESK.reopen_window


class UserRateLimit(Section):
    """The rate at which one person may send."""

    per_second: Annotated[Whole, Field(ge=0, le=100)] = 1
    burst: Annotated[Whole, Field(ge=1, le=1000)] = 20


class Intake(Section):
    """Processing of updates."""

    workers: Workers = 64
    lease: Lease = timedelta(seconds=30)
    max_attempts: Annotated[Whole, Field(ge=1, le=20)] = 3
    stale_after: Annotated[Duration, between("1m", "24h")] = DESK.stale_after
    canary: Annotated[Whole, Field(ge=0, le=99)] = 0


class Delivery(Section):
    """Delivery of messages."""

    per_second: Annotated[Whole, Field(ge=0, le=1000)] = 28
    chat_burst: Annotated[Whole, Field(ge=1, le=20)] = 3
    in_flight: Workers = 64
    lease: Lease = timedelta(seconds=60)
    give_up_after: Annotated[Duration, between("1m", "168h")] = timedelta(hours=1)


class Drill(Section):
    """Emergencies that are practice."""

    length: Annotated[Duration, between("1m", "2h")] = DESK.drill_length


class Audit(Section):
    """The key that signs the record, and the list of whoever was erased from it (empty: none is kept)."""

    key_file: str = Field(default="var/audit.key", min_length=1)
    erased_file: str = "var/audit.erased"


class Shifts(Section):
    """Handing over from one to the next."""

    handover_timeout: Annotated[Duration, between("1m", "24h")] = DESK.handover_timeout


class Config(Section):
    """Everything that can be set."""

    timezone: Zone = ZoneInfo("America/Guayaquil")
    language: Language = "es"
    shutdown_grace: Annotated[Duration, between("0s", "5m")] = timedelta(seconds=6)
    telegram: Telegram = Telegram()
    storage: Storage = Storage()
    redis: Redis = Redis()
    server: Server = Server()
    access: Access = Access()
    alerts: Alerts = Alerts()
    dispatch: Dispatch = Dispatch()
    user_rate_limit: UserRateLimit = UserRateLimit()
    intake: Intake = Intake()
    delivery: Delivery = Delivery()
    escalation: Escalation = Escalation()
    kinds: Kinds = ()
    safety: Safety = Safety()
    drill: Drill = Drill()
    shifts: Shifts = Shifts()
    audit: Audit = Audit()
    backup: Backup = Backup()
    privacy: Privacy = Privacy()
    log: Log = Log()
    tracing: Tracing = Tracing()

    @field_validator("kinds")
    @classmethod
    def _kinds_want_what_there_is(cls, kinds: tuple[Kind, ...], info: ValidationInfo) -> tuple[Kind, ...]:
        dispatch = info.data.get("dispatch")
        unknown = [one for kind in kinds for one in kind.capabilities if dispatch and one not in dispatch.capabilities]
        if unknown:
            raise ValueError(f"expected capabilities that dispatch.capabilities names, which has no {unknown[0]}")
        return kinds

    @field_validator("intake")
    @classmethod
    def _canary_has_others_beside_it(cls, intake: Intake, info: ValidationInfo) -> Intake:
        storage, telegram = info.data.get("storage"), info.data.get("telegram")
        if intake.canary and storage and telegram:
            beside_others(storage.url, telegram.mode)
        return intake
