"""How long it takes to tell a crowd, and what would shorten it."""

from datetime import timedelta

from bot.ui.elapsed import elapsed
from bot.ui.texts import Html, Texts

WORTH_SAYING = timedelta(seconds=3)
EXAMPLE = 1_000  # people


def round_text(messages: int, pace: int, texts: Texts) -> Html | None:
    """So many messages at so many a second (0: as fast as it goes); None where it is a matter of a moment."""
    if not pace or (takes := timedelta(seconds=messages / pace)) < WORTH_SAYING:
        return None
    return Html(f"{texts('round-takes', count=messages, span=elapsed(takes), pace=pace)}\n{texts('round-shorter')}")


def pace_text(pace: int, texts: Texts) -> Html | None:
    """How fast those are told who follow by pages, whom nobody has counted; None where nothing limits it."""
    if not pace:
        return None
    span = elapsed(timedelta(seconds=EXAMPLE / pace))
    return Html(f"{texts('round-pace', pace=pace, count=EXAMPLE, span=span)}\n{texts('round-shorter')}")
