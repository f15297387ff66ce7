"""Telegram's time, by the header Date of its answers (https://www.rfc-editor.org/rfc/rfc9110#name-date)."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

_FORM = "%a, %d %b %Y %H:%M:%S GMT"  # the one that a server must send
_LONGEST = 40  # characters


class ServerDates:
    """Tells whoever measures what time Telegram had in an answer.

    ``wanted`` is theirs: while it is not set, a call does nothing for it. They hear when the call was made, and the
    date in seconds since the epoch, which was cut to a whole one; both only with Telegram's own verdict.
    """

    def __init__(self) -> None:
        self.wanted = False
        self._now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._heard: Callable[[datetime, float], None] = lambda asked, date: None

    def measure_by(self, now: Callable[[], datetime], heard: Callable[[datetime, float], None]) -> None:
        """Measure by this clock from here on."""
        self.wanted, self._now, self._heard = True, now, heard

    def asked(self) -> datetime | None:
        """When a call that is made now was made; None while nobody wants to know."""
        return self._now() if self.wanted else None

    def answered(self, asked: datetime, headers: Sequence[str]) -> None:
        """Take the headers of Telegram's answer: of two dates one is not its own."""
        date = date_in(headers[0]) if len(headers) == 1 else None
        if date is not None:
            self._heard(asked, date)


def date_in(header: str) -> float | None:
    """Seconds since the epoch; None for what is no date as servers write it."""
    if len(header) > _LONGEST:
        return None
    try:
        return datetime.strptime(header, _FORM).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None
