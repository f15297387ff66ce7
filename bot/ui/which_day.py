"""A civil time on a button, and the question which of two readings of one date is meant: nobody plans on a guess."""

from collections.abc import Callable
from datetime import datetime

from bot.ui.buttons import NotOurs
from bot.ui.moments import wall_text
from bot.ui.screen import Button, Screen
from bot.ui.texts import Texts
from core.vocabulary.civil import CivilTime


def which_day_screen(readings: tuple[CivilTime, ...], texts: Texts, choice: Callable[[str, str], Button]) -> Screen:
    """A button for each reading; ``choice`` makes one from its label and the word that it carries."""
    rows = ((choice(wall_text(each.wall, texts), f"{each.wall:%Y%m%dT%H%M}"),) for each in readings)
    return Screen(text=texts("which-day"), buttons=tuple(rows))


def pressed_time(word: str) -> CivilTime:
    """The civil time that a button carries; NotOurs where it carries none.

    Raises:
        NotOurs: no button of this version says that.
    """
    try:
        wall = datetime.fromisoformat(word)
    except ValueError as error:
        raise NotOurs(word) from error
    if wall.tzinfo is not None:
        raise NotOurs(word)
    return CivilTime(wall=wall)
