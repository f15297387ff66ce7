"""Fingerprints of updates: whether two of one number are one update that came twice, or two (P1, P2).

Numbers begin anew after a week without updates, with another Bot API server and with another bot's token. So a number
alone does not say that an update was seen: bot, chat, message and moment do.
"""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from bot.transport.intake_numbers import whole

LONGEST_ID = 64


def fingerprint(bot: str, raw: Mapping[str, Any]) -> str:
    """The same for an update however often it comes; another one for another update, of this bot or any."""
    for kind, part in raw.items():
        if isinstance(part, Mapping):
            chat = part.get("chat")
            place = whole(chat.get("id")) if isinstance(chat, Mapping) else None
            numbers = (place, *(whole(part.get(name)) for name in ("message_id", "date", "edit_date")))
            marks = [_shown(part.get("id")), *("" if number is None else str(number) for number in numbers)]
            return ":".join((bot, _shown(kind), *marks))
    return bot


def fingerprint_of_text(bot: str, text: str) -> str:
    """As `fingerprint`, for an update that can't be read."""
    return f"{bot}:unreadable:{blake2b(text.encode(errors='replace'), digest_size=8).hexdigest()}"


def _shown(value: object) -> str:
    """A short text without what no database keeps; empty for anything else."""
    return value[:LONGEST_ID] if isinstance(value, str) and value.isprintable() else ""
