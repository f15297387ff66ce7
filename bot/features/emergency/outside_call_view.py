"""The questions to an operator who has somebody on the telephone."""

from bot.ui.forms import CANCEL, SKIP, Sheet
from bot.ui.screen import Screen
from bot.ui.texts import Texts


def asked_screen(step: str, sheet: Sheet, texts: Texts) -> Screen:
    """One question; each may be passed over."""
    return Screen(text=texts(f"call-{step}"), buttons=(sheet.ways((SKIP, CANCEL), texts),))
