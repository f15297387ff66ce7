"""Lengths of turns and hours of the week, in words."""

from datetime import date, timedelta

from babel.dates import format_date

from bot.ui import user_text
from bot.ui.texts import Html, Texts
from core.vocabulary.rotas import DAY_MINUTES, Window

HOURS_LIMIT = 120
_MONDAY = date(2024, 1, 1)
_DAY, _WEEK, _HOUR = timedelta(days=1), timedelta(days=7), timedelta(hours=1)


def length_text(length: timedelta, months: int, texts: Texts) -> Html:
    """``cada día``, ``cada semana``, ``cada 12 h``; ``cada mes`` where there are months."""
    if months:
        return texts("every-month") if months == 1 else texts("every-months", number=months)
    if length == _DAY:
        return texts("every-day")
    if length == _WEEK:
        return texts("every-week")
    if length % _DAY == timedelta():
        return texts("every-days", number=length // _DAY)
    if length % _HOUR == timedelta():
        return texts("every-hours", number=length // _HOUR)
    return texts("every-minutes", number=length // timedelta(minutes=1))


def windows_text(windows: tuple[Window, ...], every: int, texts: Texts) -> str:
    """``lun–vie 08:00–18:00``, cut where it is long; *siempre* without any; ``un día de cada 3`` before."""
    which = texts("hours-one-day-of", number=every) if every > 1 else None
    if not windows:
        return which or texts("hours-always")
    hours = "; ".join(
        f"{_days(window.days, texts)} {_clock(window.opens)}–{_clock(window.closes or DAY_MINUTES)}"
        for window in windows
    )
    return user_text.fitted(f"{which}, {hours}" if which is not None else hours, HOURS_LIMIT)


def _days(days: tuple[int, ...], texts: Texts) -> str:
    """Days that follow one another as one: ``lun–vie``."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join("–".join(dict.fromkeys(_name(day, texts) for day in (run[0], run[-1]))) for run in runs)


def _name(day: int, texts: Texts) -> str:
    return str(format_date(_MONDAY + timedelta(days=day), "EEE", locale=texts.language))


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
