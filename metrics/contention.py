"""Instruments of the storage's own contention: transactions of the desk that wait for each other, never an outage."""

from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Histogram

# Seconds. Below the first nobody waits; beyond the last the server ends the waiting, and the unit begins anew.
WAITS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0)


class ContentionInstruments:
    """One method for each thing that a transaction may meet in another."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._deadlocks = Counter(
            "gad_storage_deadlocks",
            "Circles of transactions of the desk that waited for each other, which the database ended: none",
            registry=registry,
        )
        self._restarts = Counter(
            "gad_storage_restarts", "Transactions of the desk that found a lock taken and began anew", registry=registry
        )
        self._waits = Counter(
            "gad_storage_lock_waits",
            "Locks of other transactions that a transaction of the desk waited for",
            registry=registry,
        )
        self._seconds = Histogram(
            "gad_storage_lock_wait_seconds",
            "Seconds for which a transaction waited for locks of others",
            buckets=WAITS,
            registry=registry,
        )

    def deadlock(self) -> None:
        """The database ended a circle of transactions."""
        self._deadlocks.inc()

    def began_anew(self) -> None:
        """A transaction found something taken, and began anew."""
        self._restarts.inc()

    def lock_waited(self, seconds: float) -> None:
        """A transaction got its locks, so long after it asked for them."""
        self._waits.inc()
        self._seconds.observe(seconds)


class ContentionSource(Protocol):
    """Source of what is told, as ``storage.engine.contention.Contention`` does."""

    def watch(self, observer: ContentionInstruments) -> None:
        """Tell it from now on."""


def watch_contention(source: ContentionSource | None, registry: CollectorRegistry) -> None:
    """Put the instruments on a registry, and let the source tell them."""
    instruments = ContentionInstruments(registry)
    if source is not None:
        source.watch(instruments)
