"""What a letter becomes when it leaves: a new message, or a change of the one that shows its card."""

from hashlib import blake2b
from typing import Any

from msgspec import Struct, json
from telegram.constants import MessageLimit

from core.words import Lane
from storage.session import Row


class Parcel(Struct, frozen=True, kw_only=True):
    """A call of the Bot API. ``digest`` tells two states of a card apart, ``replaces`` is the message that showed it.

    ``repeatable``: to send it twice does no harm.
    """

    method: str
    payload: bytes
    digest: str = ""
    replaces: int | None = None
    repeatable: bool = False


def pack(row: Row, shown: Row | None, resent_mark: str) -> Parcel | None:
    """The call for an outbox row, or None when nothing needs to be said.

    That is so when the card looks just like this already, and when a routine message may have been sent before:
    Telegram knows no repetition, so it would be there twice.
    """
    payload: dict[str, Any] = json.decode(row["payload"])
    method: str = row["method"]
    digest = _digest(payload)
    there = shown["message_id"] if shown is not None else None
    if row["card"] and not row["ring"] and there is not None:
        if shown is not None and shown["digest"] == digest:
            return None
        payload.pop("disable_notification", None)
        payload["message_id"] = there
        return Parcel(method="editMessageText", payload=json.encode(payload), digest=digest, repeatable=True)
    repeatable = not method.startswith("send")
    if row["uncertain"] and not repeatable:
        if row["rank"] == Lane.ROUTINE:
            return None
        _mark_resent(payload, resent_mark)
    replaces = there if "text" in payload else None
    return Parcel(method=method, payload=json.encode(payload), digest=digest, replaces=replaces, repeatable=repeatable)


def _mark_resent(payload: dict[str, Any], mark: str) -> None:
    """Say that it may be here twice."""
    text = payload.get("text")
    if isinstance(text, str) and len(text) + len(mark) < MessageLimit.MAX_TEXT_LENGTH:
        payload["text"] = f"{text}\n{mark}"


def _digest(payload: dict[str, Any]) -> str:
    shown = (payload.get("text"), payload.get("reply_markup"))
    return blake2b(json.encode(shown), digest_size=8).hexdigest()
