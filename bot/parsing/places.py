"""Coordinates, as people paste them: with the signs of typography, in degrees and minutes, out of a map's link."""

import re
import unicodedata
from urllib.parse import unquote

from core.vocabulary.folding import without_marks
from core.vocabulary.places import Place

LONGEST = 1_000
_SIGNS = str.maketrans(
    dict.fromkeys("‐‑‒–—−﹣－", "-")
    | dict.fromkeys("º˚", "°")
    | dict.fromkeys("′’‘´`", "'")
    | dict.fromkeys("″“”", '"')
    | {"，": ",", "；": ";", "．": "."}
)
_NUMBER = r"([+-]?[0-9]{1,3}[.,][0-9]{1,15})°?"
_PAIR = re.compile(rf"\(?\s*{_NUMBER}(?:\s*[,;/]\s*|\s+){_NUMBER}\s*\)?")
_LAT, _LON = r"lat(?:itude?)?\.?\s*[:=]?\s*", r"(?:lon|lng|long)(?:gitude?|itude?)?\.?\s*[:=]?\s*"
_LAT_FIRST = re.compile(rf"{_LAT}{_NUMBER}[\s,;]*{_LON}{_NUMBER}", re.IGNORECASE)
_LON_FIRST = re.compile(rf"{_LON}{_NUMBER}[\s,;]*{_LAT}{_NUMBER}", re.IGNORECASE)
_ANGLE = (
    r"(?P<{0}>[0-9]{{1,3}}(?:[.,][0-9]{{1,15}})?)\s*°?\s*(?:(?P<{0}m>[0-9]{{1,2}}(?:[.,][0-9]{{1,15}})?)(?:\s*'\s*|\s+|$))?"
    r"(?:(?P<{0}s>[0-9]{{1,2}}(?:[.,][0-9]{{1,15}})?)(?:\s*(?:\"|'')\s*|\s+|$))?"
)
_NORTH, _EAST = r"(?P<ns>[NS])", r"(?P<ew>[EWO])"
_BEHIND = re.compile(rf"{_ANGLE.format('a')}{_NORTH}[\s,;]*{_ANGLE.format('b')}{_EAST}", re.IGNORECASE)
_BEFORE = re.compile(rf"{_NORTH}\s*{_ANGLE.format('a')}[\s,;]*{_EAST}\s*{_ANGLE.format('b')}", re.IGNORECASE)
_DECIMAL = r"(-?[0-9]{1,3}\.[0-9]{1,15})"
# The pin of a link comes before the middle of the map that it shows.
_LINKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"!3d{_DECIMAL}!4d{_DECIMAL}",
        rf"[?&]mlat={_DECIMAL}&mlon={_DECIMAL}",
        rf"[?&]whatshere\[point\]={_DECIMAL},{_DECIMAL}",
        rf"[?&](?:q|query|ll|pt|sll|daddr|destination|center|coordinate|cp)=(?:loc:)?{_DECIMAL}[,~ +]+{_DECIMAL}",
        rf"/(?:place|search|dir/)/?{_DECIMAL},[ +]*{_DECIMAL}",
        rf"@{_DECIMAL},{_DECIMAL}",
        rf"#map=[0-9.]+/{_DECIMAL}/{_DECIMAL}",
        rf"geo:{_DECIMAL},{_DECIMAL}",
    )
)
# Yandex writes the longitude first in all but its routes (https://yandex.com/dev/yandex-apps-launch/maps/).
_LON_FIRST_MAP = re.compile(r"//(?:[a-z]+\.)*yandex\.[a-z.]+/.*[?&](?:ll|pt|whatshere\[point\])=", re.IGNORECASE)


def coordinates_in(text: str) -> Place | None:
    """``-0.18065, -78.46784``, ``2°11'10" S 79°53'18" O``, ``geo:…`` or a link of a map; maybe no point on the earth.

    Both need their decimals, or their hemisphere: ``10 20`` is more likely a street.
    """
    if len(text) > LONGEST:
        return None
    plain = _digits(unicodedata.normalize("NFC", without_marks(text)).translate(_SIGNS).strip())
    if "://" in plain or plain.lower().startswith("geo:"):
        return _linked(unquote(plain))
    if pair := _PAIR.fullmatch(plain) or _LAT_FIRST.fullmatch(plain):
        return Place(lat=_number(pair[1]), lon=_number(pair[2]))
    if pair := _LON_FIRST.fullmatch(plain):
        return Place(lat=_number(pair[2]), lon=_number(pair[1]))
    found = _BEHIND.fullmatch(plain) or _BEFORE.fullmatch(plain)
    if found is None:
        return None
    south, west = found["ns"].upper() == "S", found["ew"].upper() in ("W", "O")
    lat, lon = _degrees(found, "a"), _degrees(found, "b")
    return Place(lat=-lat if south else lat, lon=-lon if west else lon)


def _linked(link: str) -> Place | None:
    for pattern in _LINKS:
        found = pattern.search(link)
        if found is not None:
            first, second = float(found[1]), float(found[2])
            return Place(lat=second, lon=first) if _LON_FIRST_MAP.search(link) else Place(lat=first, lon=second)
    return None


def _digits(text: str) -> str:
    """Digits of any script as ours."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _degrees(found: re.Match[str], side: str) -> float:
    parts = (found[side], found[f"{side}m"], found[f"{side}s"])
    degrees, minutes, seconds = (_number(part or "0") for part in parts)
    return degrees + minutes / 60 + seconds / 3600
