"""Search terms of a task: its words, whatever the accents and the case."""

import re
import unicodedata

_WORD = re.compile(r"\w+")
WORD_LIMIT = 40
WORDS_LIMIT = 60


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: folded, without accents, each once, in their order."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return tuple(dict.fromkeys(word[:WORD_LIMIT] for word in _WORD.findall(plain)))[:WORDS_LIMIT]
