"""Typed text, made fit for a message: it may be long, and it may be written from right to left."""

import re
import unicodedata

from core.rules.reporting import TITLE_LIMIT
from core.state.person import Person

NAME_LIMIT = 40
_STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


def user_text(text: str, most: int = TITLE_LIMIT) -> str:
    """One line of at most ``most`` UTF-16 units (Telegram's characters), which turns nothing around it about."""
    return fitted(" ".join(text.split()), most)


def name(text: str) -> str:
    """A name."""
    return user_text(text, NAME_LIMIT)


def who(person: Person) -> str:
    """A person's name, with what tells them apart from others whose names look alike."""
    return name(person.name) if person.mark is None else f"{name(person.name)} ({person.mark})"


def fitted(text: str, most: int) -> str:
    """The text as it is, cut to ``most`` UTF-16 units; without the marks that could turn the sentence around it."""
    plain = _cut(_STEERING.sub("", text), most)
    if plain.isascii() or not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in plain):
        return plain
    return f"{_ISOLATE}{plain}{_END}"


def _cut(text: str, most: int) -> str:
    if len(text) * 2 <= most:
        return text
    units = text.encode("utf-16-le", "replace")
    if len(units) <= most * 2:
        return text
    return units[: (most - 1) * 2].decode("utf-16-le", "ignore") + "…"
