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
_PAIR = re.compile(rf"\(?\s*{_NUMBER}(?:\s*[,;]\s*|\s+){_NUMBER}\s*\)?")
_ANGLE = (
    r"(?P<{0}>[0-9]{{1,3}}(?:[.,][0-9]{{1,15}})?)\s*°?\s*(?:(?P<{0}m>[0-9]{{1,2}}(?:[.,][0-9]{{1,15}})?)\s*'\s*)?"
    r"(?:(?P<{0}s>[0-9]{{1,2}}(?:[.,][0-9]{{1,15}})?)\s*(?:\"|'')\s*)?"
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
        rf"[?&](?:q|query|ll|sll|daddr|destination|center|coordinate|cp)=(?:loc:)?{_DECIMAL}[,~ +]+{_DECIMAL}",
        rf"/(?:place|search|dir/)/?{_DECIMAL},[ +]*{_DECIMAL}",
        rf"@{_DECIMAL},{_DECIMAL}",
        rf"#map=[0-9.]+/{_DECIMAL}/{_DECIMAL}",
        rf"geo:{_DECIMAL},{_DECIMAL}",
    )
)


def coordinates_in(text: str) -> Place | None:
    """``-0.18065, -78.46784``, ``2°11'10" S 79°53'18" O``, ``geo:…`` or a link of a map; maybe no point on the earth.

    Both need their decimals, or their hemisphere: ``10 20`` is more likely a street.
    """
    if len(text) > LONGEST:
        return None
    plain = unicodedata.normalize("NFC", without_marks(text)).translate(_SIGNS).strip()
    if "://" in plain or plain.lower().startswith("geo:"):
        return _linked(unquote(plain))
    pair = _PAIR.fullmatch(plain)
    if pair is not None:
        lat, lon = (float(number.replace(",", ".")) for number in pair.groups())
        return Place(lat=lat, lon=lon)
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
            return Place(lat=float(found[1]), lon=float(found[2]))
    return None


def _degrees(found: re.Match[str], side: str) -> float:
    parts = (found[side], found[f"{side}m"], found[f"{side}s"])
    degrees, minutes, seconds = (float((part or "0").replace(",", ".")) for part in parts)
    return degrees + minutes / 60 + seconds / 3600
