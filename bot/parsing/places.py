"""Coordinates, as people paste them."""

import re

from core.vocabulary.places import Place

_NUMBER = r"([+-]?[0-9]{1,3}[.,][0-9]{1,15})°?"
_PAIR = re.compile(rf"\(?\s*{_NUMBER}(?:\s*[,;]\s*|\s+){_NUMBER}\s*\)?")


def coordinates_in(text: str) -> Place | None:
    """``-0.18065, -78.46784`` or ``-0,18065; -78,46784``, in degrees; not necessarily a point on the earth.

    Both need their decimals: ``10 20`` is more likely a street.
    """
    pair = _PAIR.fullmatch(text.strip())
    if pair is None:
        return None
    lat, lon = (float(number.replace(",", ".")) for number in pair.groups())
    return Place(lat=lat, lon=lon)
