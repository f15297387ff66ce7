"""Strangers at the doors: how often an address has sent a wrong secret, a wrong token or what is no HTTP.

Anybody can send any number of them, so each address gets one line of the log a minute, and all of them together a few.
The count never shuts anybody out: who has the right secret may share an address with who guesses, behind a proxy or a
gateway, and an emergency must come through (P13). A token of 32 random characters isn't found by trying.
"""

import logging
from collections import OrderedDict
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network

from msgspec import Struct

from core.desk.ports import Clock

log = logging.getLogger(__name__)

WINDOW = timedelta(minutes=1)
# Wrong ones of an address in a window; for more than that it hears 429.
ALLOWED = 20
LATER = {"Retry-After": f"{WINDOW.total_seconds():.0f}"}
# Lines in a window for all addresses together, and addresses that are remembered.
LINES, REMEMBERED = 20, 1024
# A household or a rented machine has a whole network of these, and an address for each try.
IPV6_PREFIX = 64


class Wrong(StrEnum):
    """Kinds of wrong things that come in, as the log says them."""

    TOKEN = "a wrong token of the API"  # noqa: S105 - words, not a token
    SECRET = "a wrong webhook secret"  # noqa: S105
    HTTP = "what is no HTTP"


class _Count(Struct):
    since: datetime
    number: int = 0
    unsaid: int = 0
    said: datetime | None = None


class Strangers:
    """Counts per address, of the addresses that came last."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._counts: OrderedDict[tuple[str, Wrong], _Count] = OrderedDict()
        self._lines_since = clock.now()
        self._lines = 0

    def came(self, address: str | None, what: Wrong) -> bool:
        """Count one; whether the address has sent more than it may in this window."""
        now, name = self._clock.now(), _name(address)
        count = self._counts.pop((name, what), None)
        if count is None:
            count = _Count(since=now)
        elif not timedelta(0) <= now - count.since < WINDOW:
            count.since, count.number = now, 0
        self._counts[name, what] = count
        if len(self._counts) > REMEMBERED:
            self._counts.popitem(last=False)
        count.number += 1
        count.unsaid += 1
        self._say(name, what, count, now)
        return count.number > ALLOWED

    def _say(self, name: str, what: Wrong, count: _Count, now: datetime) -> None:
        if count.said is not None and timedelta(0) <= now - count.said < WINDOW:
            return
        if not timedelta(0) <= now - self._lines_since < WINDOW:
            self._lines_since, self._lines = now, 0
        if self._lines >= LINES:
            return
        self._lines += 1
        times = f", {count.unsaid} times since it was last said" if count.said is not None else ""
        level = logging.INFO if what is Wrong.HTTP else logging.WARNING
        log.log(level, "%s sends %s%s", name, what, times)
        count.said, count.unsaid = now, 0


def _name(address: str | None) -> str:
    """The address, or the network that belongs to one household."""
    try:
        number = ip_address((address or "").partition("%")[0])
    except ValueError:
        return "somebody"
    if number.version == 4:
        return str(number)
    return str(number.ipv4_mapped or ip_network((number, IPV6_PREFIX), strict=False))
