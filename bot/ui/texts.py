"""The message catalogue: every word that people see, and how times, distances and names are written.

Catalogues are Fluent files (https://projectfluent.org), ``locale/<language>/*.ftl``. Values are escaped for HTML, so
that names and titles show as they were typed.
"""

import re
from datetime import datetime, timedelta
from functools import cache
from html import escape, unescape
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

from bot.ui.command_names import LOCALES, names_in

_TAG = re.compile(r"<[^>]*>")


class Html(str):
    """Text that is HTML already and goes in as it is."""

    __slots__ = ()


class Texts:
    """The catalogue of one language, with times in one zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language
        self._zone = zone
        self._locale = Locale.parse(language)
        self._bundle = _bundle(language)

    def __call__(self, key: str, **values: str | int) -> Html:
        """The message ``key`` with its values; KeyError for a key that the catalogue lacks, ValueError for a value."""
        if not values:
            return _plain(self.language, key)
        return _filled(self._bundle, key, {name: _escaped(value) for name, value in values.items()})

    def __contains__(self, key: str) -> bool:
        return self._bundle.has_message(key)

    def command(self, command: str) -> str:
        """The name of a command in this language, by its id.

        Raises:
            KeyError: the catalogue has no name for it.
        """
        return names_in(self.language)[command]

    @property
    def zone(self) -> str:
        """The zone in which times are written: a name of the IANA database."""
        return self._zone.key

    def within(self, zone: ZoneInfo) -> "Texts":
        """The same catalogue, with times in another zone."""
        return Texts(self.language, zone)

    def time(self, moment: datetime) -> str:
        """``10:42``."""
        return f"{moment.astimezone(self._zone):%H:%M}"

    def day_and_time(self, moment: datetime) -> str:
        """``24 nov 10:42``."""
        return format_datetime(moment, "d MMM HH:mm", tzinfo=self._zone, locale=self._locale)

    def day(self, moment: datetime) -> str:
        """``24 nov``."""
        return format_datetime(moment, "d MMM", tzinfo=self._zone, locale=self._locale)

    def weekday_and_time(self, moment: datetime) -> str:
        """``mar 24 nov 10:42``."""
        return format_datetime(moment, "EEE d MMM HH:mm", tzinfo=self._zone, locale=self._locale)

    def exact_time(self, moment: datetime) -> str:
        """``mar 24 nov 10:42 UTC-5``: which of two that a clock shows alike."""
        minutes = (moment.astimezone(self._zone).utcoffset() or timedelta()) // timedelta(minutes=1)
        hours, rest = divmod(abs(minutes), 60)
        offset = f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
        return f"{self.weekday_and_time(moment)} {offset}"

    def lasting(self, duration: timedelta) -> str:
        """``14 min``."""
        return format_timedelta(duration, threshold=1.0, format="short", locale=self._locale)

    def distance(self, metres: float) -> str:
        """``350 m``, ``1,2 km``, ``48 km``: two figures are all that a person on the way needs."""
        if metres < 1_000:
            return f"{round(metres, -1):.0f} m"
        pattern = "0.0" if metres < 10_000 else "#,##0"
        return f"{format_decimal(metres / 1_000, format=pattern, locale=self._locale)} km"


def plain(text: Html) -> str:
    """The words without their marks, for where Telegram takes none."""
    return unescape(_TAG.sub("", text))


def _filled(bundle: FluentBundle, key: str, values: dict[str, str | int]) -> Html:
    message = bundle.get_message(key)
    if message.value is None:
        raise KeyError(key)
    text, errors = bundle.format_pattern(message.value, values)
    if errors:
        raise ValueError(f"{key}: {errors[0]}")
    return Html(text)


@cache
def _plain(language: str, key: str) -> Html:
    """A message that takes no values is always the same."""
    return _filled(_bundle(language), key, {})


def _escaped(value: str | int) -> str | int:
    return value if isinstance(value, Html | int) else escape(value, quote=False)


@cache
def _bundle(language: str) -> FluentBundle:
    """All files of a language; FileNotFoundError where there is no such catalogue."""
    files = sorted((LOCALES / language).glob("*.ftl"))
    if not files:
        raise FileNotFoundError(LOCALES / language)
    bundle = FluentBundle([language], use_isolating=False)
    for file in files:
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle
