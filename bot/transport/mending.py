"""Mends the text of an update that can't be read: a spoilt letter in it is no reason not to hear the rest (P13)."""

import re
from typing import Any

from msgspec import DecodeError, json

from bot.transport.intake_numbers import whole

# An escape in JSON: both halves of a letter, one half alone, or any other.
_ESCAPES = re.compile(
    r"\\(?:(?P<whole>u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


def mended(content: bytes) -> tuple[str, dict[str, Any] | None]:
    """The text with a mark in the place of each spoilt letter, and the update in it, None where there is none."""
    text = _ESCAPES.sub(_marked, content.decode(errors="replace").replace("\0", ""))
    try:
        update = json.decode(text)
    except (DecodeError, RecursionError):
        return text, None
    return text, update if isinstance(update, dict) and whole(update.get("update_id")) is not None else None


def _marked(escape: re.Match[str]) -> str:
    return "\\ufffd" if escape["half"] else escape[0]
