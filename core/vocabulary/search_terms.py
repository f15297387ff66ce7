"""Search terms of a task: its words, whatever the accents and the case."""

import re

from core.vocabulary.folding import folded, folded_before

_WORD = re.compile(r"\w+")
WORD_LIMIT = 40
WORDS_LIMIT = 60


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: folded, without accents, each once, in their order."""
    return _words(folded(text))


def words_before(text: str) -> tuple[str, ...]:
    """The words as they were kept when fancy letters were folded last: for what is kept still and can't be read."""
    return _words(folded_before(text))


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word[:WORD_LIMIT] for word in _WORD.findall(text)))[:WORDS_LIMIT]
