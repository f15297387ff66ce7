"""Civil times as people read them: what the clock shows, in no zone but its own."""

from datetime import datetime

from babel.dates import format_datetime

from bot.views.texts import Html, Texts


def wall_text(wall: datetime, texts: Texts) -> Html:
    """``mar 3 mar 07:00``."""
    return Html(format_datetime(wall, "EEE d MMM HH:mm", locale=texts.language))
