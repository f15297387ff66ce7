"""Civil times and stretches of time, as people read them."""

from datetime import datetime, timedelta

from babel.dates import format_datetime

from bot.ui.texts import Html, Texts


def wall_text(wall: datetime, texts: Texts) -> Html:
    """``mar 3 mar 07:00``: what a clock shows (naive), in no zone but its own."""
    return Html(format_datetime(wall, "EEE d MMM HH:mm", locale=texts.language))


def span(start: datetime, end: datetime, texts: Texts) -> Html:
    """``mar 3 mar 07:00 – 19:00``; with the second day where it is another."""
    if end - start < timedelta(days=1) and texts.day(start) == texts.day(end):
        return Html(f"{texts.weekday_and_time(start)} – {texts.time(end)}")
    return Html(f"{texts.weekday_and_time(start)} – {texts.weekday_and_time(end)}")
