"""Codes of tasks, as people type them."""

import re

from msgspec import Struct

from core.state.task import id_of

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_AROUND = "#.,;:()[]«»\"'"
_BARE = re.compile(r"[Tt](?=[0-9])")


class Coded(Struct, frozen=True, kw_only=True):
    """The first word of what somebody typed, the task that it names (None: no code), and the words after it."""

    word: str = ""
    task: int | None = None
    rest: str = ""


def code_in(word: str) -> int | None:
    """``T-000123``, ``t–123``, ``T123``, ``#123`` or ``123`` → 123."""
    plain = word.translate(_DASHES).strip(_AROUND)
    return id_of(_BARE.sub("T-", plain, count=1))


def coded(words: str) -> Coded:
    """``T-12 no hay nadie`` → the task 12 and ``no hay nadie``."""
    first, *rest = words.split(maxsplit=1) or [""]
    return Coded(word=first, task=code_in(first), rest=rest[0] if rest else "")
