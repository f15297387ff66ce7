"""The emergency's name, however it was typed: who is afraid is never asked which command was meant.

Other commands have to be typed right, or are asked back.
"""

from functools import cache

from bot.ui.command_names import command_ids, names_of
from core.vocabulary.slips import SLIPS, slips

LEAST = 5
LONG = 8
EMERGENCY = "emergency"


@cache
def _names() -> tuple[frozenset[str], tuple[str, ...]]:
    """Every name, and those that are long enough to be known with a slip in them."""
    names = names_of(EMERGENCY)
    return frozenset(names), tuple(name for name in names if len(name) >= LONG)


def is_emergency(name: str) -> bool:
    """Tells whether a folded name is the emergency's: right, begun, with a word glued on, or with two slips at most."""
    names, long = _names()
    if name in names:
        return True
    if len(name) < LEAST or name in command_ids():
        return False
    return any(
        one.startswith(name) or name.startswith(one) or (len(name) >= LONG - 1 and slips(name, one) <= SLIPS)
        for one in long
    )
