"""How long it takes to tell a crowd, and what would shorten it."""

from datetime import timedelta

from bot.ui.elapsed import elapsed
from bot.ui.texts import Html, Texts

WORTH_SAYING = timedelta(seconds=3)


def round_text(messages: int, pace: int, texts: Texts) -> Html | None:
    """So many messages at so many a second (0: as fast as it goes); None where it is a matter of a moment."""
    if not pace or (takes := timedelta(seconds=messages / pace)) < WORTH_SAYING:
        return None
    return Html(f"{texts('round-takes', count=messages, span=elapsed(takes), pace=pace)}\n{texts('round-shorter')}")


def leaders_text(leaders: int, pace: int, texts: Texts) -> Html | None:
    """How long an alert to all supervisors of this desk takes; None where it is a matter of a moment."""
    if not pace or (takes := timedelta(seconds=leaders / pace)) < WORTH_SAYING:
        return None
    return Html(f"{texts('round-leaders', count=leaders, span=elapsed(takes), pace=pace)}\n{texts('round-shorter')}")
