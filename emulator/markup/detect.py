"""Entities that Telegram marks by itself in any text: commands, mentions, hashtags, links, addresses, phone numbers."""

import re

from emulator.utf16 import units
from emulator.wire import Entity

_HINT = re.compile(r"[/@#$+]|\.[a-zA-Z]{2}")
_FOUND = re.compile(
    r"""
    (?P<url>\bhttps?://[^\s<>"]+ | (?<![\w@./])(?:[\w-]+\.)+(?:com|org|net|io|ec|me|dev|info|gob\.ec)\b(?:/[^\s<>"]*)?)
  | (?P<email>(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-zA-Z]{2,}\b)
  | (?P<bot_command>(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>]))
  | (?P<mention>(?<!\w)@[a-zA-Z0-9_]{3,32}\b)
  | (?P<hashtag>(?<!\w)\#(?=\w*[^\W\d])\w{1,256})
  | (?P<cashtag>(?<![\w$])\$[A-Z]{1,8}\b)
  | (?P<phone_number>(?<![\w+])\+\d(?:[\s()-]?\d){6,14}(?!\d))
    """,
    re.VERBOSE,
)
_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"})


def detect(text: str, entities: list[Entity]) -> list[Entity]:
    """`entities` with what is found in `text` added, in order of offset; nothing is found inside code or links."""
    if not _HINT.search(text):
        return entities
    plain = text.isascii()
    found: list[Entity] = []
    for match in _FOUND.finditer(text):
        kind = match.lastgroup or ""
        value = match[0].rstrip(".,:;!?)'") if kind == "url" else match[0]
        start = match.start() if plain else units(text[: match.start()])
        length = len(value) if plain else units(value)
        if not any(_taken(e, start, start + length) for e in entities):
            found.append(Entity(kind, start, length))
    return sorted([*entities, *found], key=lambda e: (e.offset, -e.length)) if found else entities


def _taken(entity: Entity, start: int, end: int) -> bool:
    other_end = entity.offset + entity.length
    if other_end <= start or entity.offset >= end:
        return False
    inside = entity.offset <= start and end <= other_end
    return entity.type in _OPAQUE or not (inside or (start <= entity.offset and other_end <= end))
