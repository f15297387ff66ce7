"""The storage's bad hours: when they began, how long they last, and who must know."""

import logging
from datetime import datetime, timedelta

from bot.runtime.clock import Timepiece
from metrics.blackout import black_out
from storage.engine.errors import StorageError

log = logging.getLogger(__name__)

# Refused work is tried again after a second, or after the patience of a driver: none for longer, and it is over.
QUIET = timedelta(seconds=30)
RECENT = timedelta(seconds=3)


class Outage:
    """Hears of every refusal of the storage, and logs the outage once.

    ``since`` is the first refusal, None while all is well; ``last`` the newest, ``commits`` how many there were. One
    commit is no sign that it is over: a full disk still takes small writes.
    """

    def __init__(self, clock: Timepiece) -> None:
        self._clock = clock
        self._why = ""
        self.commits = 0
        self.since: datetime | None = None
        self.last: datetime | None = None

    def refused(self, error: StorageError) -> None:
        """Something could not be kept, or not be read."""
        self._end_if_quiet()
        self.last, self._why = self._clock.now(), black_out(str(error))
        if self.since is None:
            self.since = self.last
            log.error("%s; nothing is lost, and all of it is tried until it works", error)

    def kept(self) -> None:
        """Something was."""
        self.commits += 1
        self._end_if_quiet()

    def _end_if_quiet(self) -> None:
        if self.since is not None and self.last is not None and self._clock.now() - self.last > QUIET:
            log.warning("the storage works again: it refused for %.0f s", (self.last - self.since).total_seconds())
            self.since = None

    @property
    def lasts(self) -> timedelta:
        """The length of the outage so far; zero while all is well."""
        return self._clock.now() - self.since if self.since is not None else timedelta(0)

    @property
    def trouble(self) -> str | None:
        """The reason of its refusal just now, if it refused."""
        recent = self.last is not None and self._clock.now() - self.last < RECENT
        return self._why if recent else None
