"""Dispositions on the screen: each word's text, and the word that somebody typed."""

from bot.ui.texts import Texts
from bot.ui.user_text import user_text
from core.vocabulary.dispositions import DISPOSITIONS
from core.vocabulary.folding import folded


def disposition_text(word: str, texts: Texts) -> str:
    """A word as people read it: those of a new desk in their language, the agency's own as they are."""
    if word in DISPOSITIONS:
        return texts(f"disposition-{word.replace('_', '-')}")
    return user_text(word)


def disposition_in(words: str, known: tuple[str, ...], texts: Texts) -> str:
    """``falsa alarma, era el viento`` → the longest word with which it begins; empty where it begins with none."""
    said = folded(words)
    names = ((folded(name), word) for word in known for name in (word, disposition_text(word, texts)))
    begun = ((name, word) for name, word in names if _begins_with(said, name))
    return max(begun, key=_length, default=("", ""))[1]


def _begins_with(said: str, name: str) -> bool:
    ends = len(name)
    return said.startswith(name) and not said[ends : ends + 1].isalnum()


def _length(begun: tuple[str, str]) -> int:
    return len(begun[0])
