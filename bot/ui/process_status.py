"""State of the running desk: what ``/estado`` shows beside the numbers of the work."""

from datetime import timedelta
from typing import Literal

from msgspec import Struct

Health = Literal["ok", "down", "off"]


class ProcessStatus(Struct, frozen=True, kw_only=True):
    """The version, for how long it has been running, and how each part is: it answers, it doesn't, or it isn't used."""

    version: str
    uptime: timedelta
    storage: Health
    telegram: Health
    redis: Health
