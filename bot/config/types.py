"""The kinds of value that a configuration may hold, and what each says when it is given something else.

A refusal reads on after the key: "dispatch.offer_timeout: expected a time like 45s, ...".
"""

import ipaddress
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, SecretStr

from core.vocabulary.escalation_policy import EscalationTarget, Notified
from core.vocabulary.folding import folded
from core.vocabulary.visible import one_line
from core.vocabulary.words import TaskType
from storage.ops import bech32

CATALOGUES = Path(__file__).parent.parent / "ui" / "locale"
# Characters of the webhook's secret: fewer can be found by trying, and so many are asked for.
SHORTEST_SECRET, GOOD_SECRET = 16, 32
UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def _duration(value: object) -> timedelta:
    if isinstance(value, timedelta):
        return value
    match = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)([smhd])", value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("expected a time like 1.5s, 45s, 10m, 2h or 30d")
    return timedelta(seconds=float(match[1]) * UNITS[match[2]])


Duration = Annotated[timedelta, PlainValidator(_duration)]


def between(shortest: str, longest: str) -> AfterValidator:
    """The bounds of a duration, both of them allowed."""
    low, high = _duration(shortest), _duration(longest)

    def check(value: timedelta) -> timedelta:
        if not low <= value <= high:
            raise ValueError(f"expected a time from {shortest} to {longest}")
        return value

    return AfterValidator(check)


def _no_truth_value(value: object) -> object:
    # Python counts with true and false; a file that says `port = true` means something else.
    if isinstance(value, bool):
        raise ValueError("expected a number")
    return value


Whole = Annotated[int, BeforeValidator(_no_truth_value)]


def _items(value: object) -> object:
    # The environment has text only: a JSON list, or values with commas between them.
    if not isinstance(value, str):
        return value
    if not value.lstrip().startswith("["):
        return [item.strip() for item in value.split(",") if item.strip()]
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        raise ValueError("expected a list in JSON, or values with commas between them") from None


AsList = BeforeValidator(_items)

# A name that the agency gives: a kind of work, how a task ended.
OwnWord = Annotated[str, Field(pattern=r"^\S(.{0,22}\S)?$")]


def _told_apart(words: tuple[str, ...]) -> tuple[str, ...]:
    seen = {folded(word) for word in words if one_line(word)}
    if len(seen) < len(words):
        raise ValueError("expected words that can be seen, none of them twice")
    return words


TOLD_APART = AfterValidator(_told_apart)


def _zone(value: object) -> ZoneInfo:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(str(value))
    except (ValueError, OSError, LookupError):  # a folder such as "America" is an OSError
        raise ValueError("expected a zone of the IANA database, such as America/Guayaquil") from None


Zone = Annotated[ZoneInfo, PlainValidator(_zone)]


def _language(value: str) -> str:
    known = sorted(path.parent.name for path in CATALOGUES.glob("*/words.ftl"))
    if value not in known:
        raise ValueError(f"expected a language that has a catalogue: {', '.join(known)}")
    return value


Language = Annotated[str, AfterValidator(_language)]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def http_url(value: str, *, secure: bool) -> str:
    """An http or https address without a user; ``secure``: http on this machine alone.

    Raises:
        ValueError: it is none.
    """
    expected = f"expected an {'https' if secure else 'http or https'} address such as https://gad.example.org"
    try:
        parts = urlsplit(value)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(expected) from None
    plain = parts.scheme == "http" and (not secure or _is_loopback(host or ""))
    clean = not (parts.query or parts.fragment or parts.username) and value.isprintable() and " " not in value
    if not host or port == 0 or not (plain or parts.scheme == "https") or not clean:
        raise ValueError(expected)
    return value.rstrip("/")


def public_url(value: str) -> str:
    """An address that updates can be pushed to: https, or http from a Bot API server on this machine."""
    return http_url(value, secure=True)


def beside_others(storage_url: str, mode: str) -> None:
    """A canary works beside other desks: on one server, with a webhook.

    Raises:
        ValueError: there can be no other desk.
    """
    if not storage_url.startswith("postgresql") or mode != "webhook":
        raise ValueError("canary expects storage.url on PostgreSQL and telegram.mode webhook: it works beside others")


def secret_of_webhook(value: SecretStr) -> SecretStr:
    """The word by which the webhook knows Telegram.

    Raises:
        ValueError: it is too short or too long, or has other characters than Telegram takes.
    """
    if not re.fullmatch(rf"[A-Za-z0-9_-]{{{SHORTEST_SECRET},256}}", value.get_secret_value()):
        raise ValueError(
            f"expected {SHORTEST_SECRET} to 256 of A-Z a-z 0-9 _ -, better {GOOD_SECRET} or more;"
            " there is no webhook without a secret"
        )
    return value


def _proxy_url(value: SecretStr) -> SecretStr:
    if value.get_secret_value() and not re.fullmatch(r"https?://[^/?#\s]+/?", value.get_secret_value()):
        raise ValueError("expected an http or https proxy, http://user:password@proxy.example.org:3128, or nothing")
    return value


ProxyUrl = Annotated[SecretStr, AfterValidator(_proxy_url)]
ServerUrl = Annotated[str, AfterValidator(lambda value: http_url(value, secure=False))]


def _digest(value: str) -> str:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", value):
        raise ValueError("expected the sha256 of a token: 64 hexadecimal digits")
    return value.lower()


TokenDigest = Annotated[str, AfterValidator(_digest)]


def _backup_key(value: str) -> str:
    try:
        if value and len(bech32.decode("age", value)) != 32:
            raise ValueError(value)
    except ValueError:
        raise ValueError("expected a public key of `gad backup-key` or age-keygen, age1..., or nothing") from None
    return value


BackupKey = Annotated[str, AfterValidator(_backup_key)]

WORK = {
    "patrullaje": TaskType.PATROL,
    "investigacion": TaskType.INVESTIGATION,
    "vigilancia": TaskType.SURVEILLANCE,
    "intervencion": TaskType.INTERVENTION,
    "administrativa": TaskType.ADMINISTRATIVE,
    "entrenamiento": TaskType.TRAINING,
}


def _work(value: object) -> TaskType:
    if isinstance(value, str) and value in WORK:
        return WORK[value]
    raise ValueError(f"expected some of {', '.join(WORK)}")


KindOfWork = Annotated[TaskType, PlainValidator(_work)]


def _target(value: object) -> Notified:
    if isinstance(value, int) and value < 0:
        return value
    if isinstance(value, str) and value in frozenset(EscalationTarget):
        return EscalationTarget(value)
    raise ValueError(f"expected one of {', '.join(EscalationTarget)}, or the negative id of a group")


Target = Annotated[Notified, PlainValidator(_target)]
