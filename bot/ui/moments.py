"""Civil times and stretches of time, as people read them."""

from datetime import datetime, timedelta

from babel.dates import format_datetime

from bot.ui.texts import Html, Texts

TODAY = timedelta(hours=20)


def the_time(moment: datetime, texts: Texts) -> Html:
    """``las 10:42``, ``la 01:05``: a time of the clock with its article, where the language has one."""
    clock = texts.time(moment)
    return texts("clock-hour", hour=int(clock[:2]), at=clock)


def the_moment(moment: datetime, now: datetime, texts: Texts) -> Html:
    """As ``the_time``, or ``el 24 nov 10:42`` when that was many hours ago."""
    if now - moment < TODAY:
        return the_time(moment, texts)
    return texts("clock-day", at=texts.day_and_time(moment))


def wall_text(wall: datetime, texts: Texts) -> Html:
    """``mar 3 mar 07:00``: what a clock shows (naive), in no zone but its own."""
    return Html(format_datetime(wall, "EEE d MMM HH:mm", locale=texts.language))


def span(start: datetime, end: datetime, texts: Texts) -> Html:
    """``mar 3 mar 07:00 – 19:00``; with the second day where it is another."""
    if end - start < timedelta(days=1) and texts.day(start) == texts.day(end):
        return Html(f"{texts.weekday_and_time(start)} – {texts.time(end)}")
    return Html(f"{texts.weekday_and_time(start)} – {texts.weekday_and_time(end)}")
