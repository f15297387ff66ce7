"""Clean a parsed text as Telegram does: control characters out, ends trimmed, entities in order."""

import re

from telegram.constants import MessageLimit

from emulator.utf16 import units
from emulator.wire import Entity

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028-\u202e]")
_SOLID = frozenset({"code", "pre"})
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_RANK = {"blockquote": 0, "expandable_blockquote": 0, "pre": 1, "code": 1, "text_link": 2, "bold": 3, "italic": 4}


def settle(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The trimmed text and its entities: sorted, inside the text, none within code, at most 100."""
    if _CONTROL.search(text):
        text = _CONTROL.sub(" ", text.replace("\r", ""))
    left = text.lstrip()
    trimmed = left.rstrip()
    if not entities:
        return trimmed, []
    shift, end = units(text) - units(left), units(trimmed)
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda e: (e.offset, -e.length, _RANK.get(e.type, 5))):
        start = max(entity.offset - shift, 0)
        length = min(entity.offset + entity.length - shift, end) - start
        if length > 0 and _fits(entity.type, start, start + length, kept):
            entity.offset, entity.length = start, length
            kept.append(entity)
            if len(kept) == MessageLimit.MESSAGE_ENTITIES:
                break
    return trimmed, kept


def _fits(kind: str, start: int, end: int, kept: list[Entity]) -> bool:
    """Code holds no other entity, quotes hold no quote, the same style isn't put on twice, and nothing crosses."""
    for other in kept:
        other_end = other.offset + other.length
        if other_end <= start:
            continue
        if end > other_end or other.type in _SOLID or other.type == kind:
            return False
        if kind in _SOLID and other.type not in _QUOTES:
            return False
        if kind in _QUOTES and other.type in _QUOTES:
            return False
    return True
