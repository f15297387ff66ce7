"""Waiting of the desk's transactions for each other: measured, said once a spell, and never called an outage."""

import logging
import time
from typing import Protocol

log = logging.getLogger(__name__)

QUIET = 30.0  # seconds without it, and a spell is over
LONG = 5.0  # seconds that a unit has waited for others before the log says so
NOTICED = 0.01  # seconds until an answer, from which on a lock counts as waited for


class ContentionObserver(Protocol):
    """Listener to what transactions do to each other: for metrics."""

    def deadlock(self) -> None:
        """The database ended a circle of transactions that waited for each other."""

    def began_anew(self) -> None:
        """A transaction found something taken, and began anew."""

    def lock_waited(self, seconds: float) -> None:
        """A transaction got its locks, so long after it asked for them."""


class Contention:
    """Ledger of a database's contention."""

    def __init__(self) -> None:
        self._observer: ContentionObserver | None = None
        self._said_at: float | None = None

    def watch(self, observer: ContentionObserver) -> None:
        """Tell this one from now on."""
        self._observer = observer

    def met(self, since: float, *, deadlock: bool) -> None:
        """A unit that began at ``since`` (monotonic seconds) must run again because of others."""
        if self._observer is not None:
            self._observer.began_anew()
            if deadlock:
                self._observer.deadlock()
        now = time.monotonic()
        if now - since < LONG:
            return
        if self._said_at is None or now - self._said_at > QUIET:
            log.warning("transactions wait for each other for more than %.0f s; each runs again until it is kept", LONG)
        self._said_at = now

    def waited(self, seconds: float) -> None:
        """The answer came with a lock, so many seconds after it was asked for."""
        if seconds >= NOTICED and self._observer is not None:
            self._observer.lock_waited(seconds)
