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
    """``falsa alarma, era el viento`` → the word with which it begins; empty where it begins with none."""
    said = folded(words)
    for word in known:
        for name in (word, disposition_text(word, texts)):
            begin = folded(name)
            if said == begin or (said.startswith(begin) and not said[len(begin)].isalnum()):
                return word
    return ""
