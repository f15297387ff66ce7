"""From when until when, as people read it."""

from datetime import datetime, timedelta

from bot.views.texts import Html, Texts


def span(start: datetime, end: datetime, texts: Texts) -> Html:
    """``mar 3 mar 07:00 – 19:00``; with the second day where it is another."""
    if end - start < timedelta(days=1) and texts.day(start) == texts.day(end):
        return Html(f"{texts.weekday_and_time(start)} – {texts.time(end)}")
    return Html(f"{texts.weekday_and_time(start)} – {texts.weekday_and_time(end)}")
