"""Time zones, as people name them."""

from functools import cache
from zoneinfo import available_timezones

from bot.parsing.civil import plain


def zone_in(text: str) -> str | None:
    """The name in the IANA database of ``America/Guayaquil``, ``guayaquil`` or ``new york``.

    None for anything else, and for a city that is in several zones.
    """
    words = plain(text).replace(" ", "_")
    return _by_name().get(words) or _by_city().get(words)


@cache
def _by_name() -> dict[str, str]:
    return {name.lower(): name for name in sorted(available_timezones())}


@cache
def _by_city() -> dict[str, str]:
    """Cities that stand in one region alone."""
    cities: dict[str, list[str]] = {}
    for name in _by_name().values():
        region, _, city = name.rpartition("/")
        if region not in ("", "Etc"):
            cities.setdefault(city.lower(), []).append(name)
    return {city: names[0] for city, names in cities.items() if len(names) == 1}
