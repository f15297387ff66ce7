"""A file that Telegram won't show is said in words: whoever should hear of it does, whatever became of it (P4)."""

from typing import Any, get_args

from msgspec import json

from bot.ui.texts import Texts
from core.vocabulary.contents import Media
from storage.schema.tables import OutboxRow

_FILES = {f"send{media.title().replace('_', '')}": media for media in get_args(Media)}


def in_words(row: OutboxRow, texts: Texts) -> dict[str, Any] | None:
    """The parameters of the message that says it; None where it shows nobody's file.

    A file is known by a name that only the bot has that got it (https://core.telegram.org/bots/api#sending-files), and
    not for ever: after another bot took over, no older one can be shown.
    """
    media = _FILES.get(row.method)
    payload: dict[str, Any] = json.decode(row.payload)
    if media is None or not isinstance(payload.get(media), str):
        return None
    kept = {name: payload[name] for name in payload if name not in (media, "caption")}
    words = (payload.get("caption"), texts("file-not-shown"))
    return kept | {"text": "\n\n".join(filter(None, words)), "parse_mode": "HTML"}
