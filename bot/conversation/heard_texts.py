"""Texts of late messages, by their digest: an edit that changes no word is a reaction or a preview, and no edit.

Kept in this process alone: Telegram says nothing of what changed (https://core.telegram.org/bots/api#update), and what
is not known is only told once too often.
"""

from collections import OrderedDict
from hashlib import blake2b

from msgspec import Struct

MOST = 10_000


class _Heard(Struct, frozen=True):
    """The words at last, by their digest, and the update that brought them."""

    digest: bytes
    key: str


class HeardTexts:
    """The words of the newest messages; ``key`` is that of an update, which may be handled again."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._texts: OrderedDict[tuple[int, int], _Heard] = OrderedDict()

    def note(self, chat: int, message: int, text: str, key: str) -> None:
        """Remember what a new message says."""
        self._texts[chat, message] = _Heard(_digest(text), key)
        if len(self._texts) > self._most:
            self._texts.popitem(last=False)

    def changed(self, chat: int, message: int, text: str, key: str) -> bool | None:
        """Whether an edit changed the words; None: nobody knows what they were."""
        heard = self._texts.get((chat, message))
        if heard is None:
            self.note(chat, message, text, key)
            return None
        if heard.key != key and heard.digest == _digest(text):
            return False
        self.note(chat, message, text, key)
        return True


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
