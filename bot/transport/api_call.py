"""The call that a row of the outbox becomes: a new message, or a change of the one that shows its card."""

from hashlib import blake2b
from typing import Any

from msgspec import Struct, json
from telegram.constants import MessageLimit

from bot.transport.truncate import fit
from bot.ui.epoch import Epoch
from core.vocabulary.card_names import task_of_card
from core.vocabulary.words import Lane
from storage.queues.addressed_call import BRIEF, CAUSE, PROTECTED, THREAD
from storage.queues.alarm_lists import is_list
from storage.queues.cards import Shown
from storage.schema.tables import OutboxRow

# After formatting is taken away, in UTF-16 units.
_LONGEST = {"text": int(MessageLimit.MAX_TEXT_LENGTH), "caption": int(MessageLimit.CAPTION_LENGTH)}


BARE = "-"  # ends the digest of what has no buttons

# Says nothing that stays, and is refused where a message would be.
PROBE = "sendChatAction"


class Upload(Struct, frozen=True):
    """A text that is sent as a file."""

    file_name: str
    text: str


class ApiCall(Struct, frozen=True, kw_only=True):
    """A call of the Bot API.

    ``digest`` tells two states of a card apart; ``edits`` is the message that shows it and changes in place,
    ``replaces`` the one whose place a new one takes and that must be put away, ``topic`` the one that it stands in.

    ``repeatable``: to send it twice does no harm. ``tail`` is the part that did not fit and must follow.
    """

    method: str
    payload: bytes
    digest: str = ""
    edits: int | None = None
    replaces: int | None = None
    repeatable: bool = False
    tail: str = ""
    upload: Upload | None = None
    topic: int | None = None
    cause: str = ""


def build_call(row: OutboxRow, shown: Shown | None, resent_mark: str, epoch: Epoch) -> ApiCall | None:
    """The call for an outbox row, or None when nothing needs to be said.

    That is so when the card looks just like this already, and when a routine message may have been sent before:
    Telegram knows no repetition, so it would be there twice.
    """
    payload, cause = _read(row, epoch)
    method: str = "sendMessage" if is_list(row) else row.method
    digest = _digest(payload)
    there = shown.message_id if shown is not None else None
    if row.card and not row.ring and there is not None:
        if shown is not None and shown.digest == digest:
            return None
        for of_new_ones in ("disable_notification", THREAD, PROTECTED):
            payload.pop(of_new_ones, None)
        payload["message_id"] = there
        tail = _fit(payload, "")
        body = json.encode(payload)
        return ApiCall(
            method="editMessageText",
            payload=body,
            digest=digest,
            edits=there,
            repeatable=True,
            tail=tail,
            topic=shown.topic if shown is not None else None,
            cause=cause,
        )
    repeatable = not method.startswith("send")
    again = bool(row.uncertain) and not repeatable
    if again and row.rank == Lane.ROUTINE:
        return None
    tail = _fit(payload, f"\n{resent_mark}" if again else "")
    document = payload.pop("document") if isinstance(payload.get("document"), dict) else None
    return ApiCall(
        method=method,
        payload=json.encode(payload),
        digest=digest,
        replaces=there if row.card and not _is_bare(row, shown) else None,
        repeatable=repeatable,
        tail=tail,
        upload=Upload(**document) if document is not None else None,
        topic=payload.get(THREAD),
        cause=cause,
    )


def _read(row: OutboxRow, epoch: Epoch) -> tuple[dict[str, Any], str]:
    """The parameters that leave, and the cause of the message."""
    payload: dict[str, Any] = json.decode(row.payload)
    payload.pop(BRIEF, None)
    cause = str(payload.pop(CAUSE, ""))
    epoch.stamp(payload)
    return payload, cause


def _fit(payload: dict[str, Any], mark: str) -> str:
    """Cut the words to what Telegram takes, with the mark at their end; what was cut off."""
    for part, longest in _LONGEST.items():
        if isinstance(payload.get(part), str):
            fitting, tail = fit(payload[part], longest - len(mark))
            payload[part] = fitting + mark
            return tail
    return ""


def _digest(payload: dict[str, Any]) -> str:
    shown = (payload.get("text"), payload.get("reply_markup"))
    digest = blake2b(json.encode(shown), digest_size=8).hexdigest()
    return digest if _has_buttons(payload) else f"{digest}{BARE}"


def _has_buttons(payload: dict[str, Any]) -> bool:
    keyboard = payload.get("reply_markup")
    return isinstance(keyboard, dict) and bool(keyboard.get("inline_keyboard"))


def _is_bare(row: OutboxRow, shown: Shown | None) -> bool:
    """Whether the replaced message surely has no buttons, and is no pin, which is taken out, nor a task's card.

    That one shrinks to a line: what it says is not so any more.
    """
    if row.method == "sendLocation" or task_of_card(row.card or "") is not None:
        return False
    return not row.uncertain and shown is not None and shown.digest.endswith(BARE)
