"""Search terms of a task: its words, whatever the accents and the case."""

import re

from core.vocabulary.folding import folded

_WORD = re.compile(r"\w+")
WORD_LIMIT = 40
WORDS_LIMIT = 60


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: folded, without accents, each once, in their order."""
    return tuple(dict.fromkeys(word[:WORD_LIMIT] for word in _WORD.findall(folded(text))))[:WORDS_LIMIT]
