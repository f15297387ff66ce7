"""A task in one line: ``Patrullaje zona norte !alta @beto``."""

from collections.abc import Iterable

from msgspec import Struct

from bot.parsing.mentions import Mention, Span, mentions_in
from bot.parsing.names import priority_of, type_of
from core.vocabulary.words import Priority, TaskType


class OneLine(Struct, frozen=True, kw_only=True):
    """The parts of the line: all ``priorities`` and ``mentions`` that were given; ``unknown`` is no priority."""

    title: str
    type: TaskType | None = None
    priorities: tuple[Priority, ...] = ()
    unknown: str | None = None
    mentions: tuple[Mention, ...] = ()


def one_line(text: str, spans: Iterable[Span] = ()) -> OneLine:
    """Read a line. The word that names the kind of work stays in the title, where people look for it."""
    left, mentions = mentions_in(text, spans)
    words: list[str] = []
    priorities: list[Priority] = []
    unknown = None
    for word in left.split():
        name = word[1:].rstrip(".,;:!?)") if word.startswith("!") else ""
        priority = priority_of(name)
        if priority is not None:
            priorities.append(priority)
        elif name.isalpha():
            unknown = unknown or name
        else:
            words.append(word)
    return OneLine(
        title=" ".join(words),
        type=next((kind for kind in map(type_of, words) if kind is not None), None),
        priorities=tuple(dict.fromkeys(priorities)),
        unknown=unknown,
        mentions=tuple(dict.fromkeys(mentions)),
    )
