"""People who are named in a text: by user name, or by Telegram's own mark for somebody who has none."""

import re
from collections.abc import Iterable

from msgspec import Struct

_USERNAME = re.compile(r"@([A-Za-z][A-Za-z0-9_]{0,31})[.,;:!?)]*")


class Span(Struct, frozen=True):
    """A piece of a message that stands for a person (``text_mention``): offset and length in UTF-16 units.

    https://core.telegram.org/bots/api#messageentity
    """

    offset: int
    length: int
    telegram_id: int


class Mention(Struct, frozen=True):
    """The person who is meant."""

    username: str | None = None
    telegram_id: int | None = None


def username_in(word: str) -> str | None:
    """``@beto`` → ``beto``; also with a comma behind it."""
    found = _USERNAME.fullmatch(word)
    return found[1] if found else None


def without_spans(text: str, spans: Iterable[Span]) -> tuple[str, tuple[Mention, ...]]:
    """The text without the pieces that stand for people, and those people."""
    units = text.encode("utf-16-le", "replace")
    mentions = []
    for span in sorted(spans, key=lambda span: span.offset, reverse=True):
        start, end = max(span.offset, 0), max(span.offset, 0) + max(span.length, 0)
        units = units[: 2 * start] + units[2 * end :]
        mentions.append(Mention(telegram_id=span.telegram_id))
    return units.decode("utf-16-le", "ignore"), tuple(reversed(mentions))


def mentions_in(text: str, spans: Iterable[Span] = ()) -> tuple[str, tuple[Mention, ...]]:
    """The text without any mention, and who is mentioned."""
    left, mentions = without_spans(text, spans)
    words, named = [], []
    for word in left.split():
        username = username_in(word)
        if username is None:
            words.append(word)
        else:
            named.append(Mention(username=username))
    return " ".join(words), (*named, *mentions)
