"""The storage's own time: how long units of work took, and how often it refused."""

from prometheus_client import CollectorRegistry, Counter, Histogram

# Seconds. The first is a commit of a good disk; beyond 2 s people are told that their words wait.
TOOK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)
UNITS = ("read", "write")


class StorageInstruments:
    """Times units of work, and counts refusals."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._seconds = Histogram(
            "gad_storage_seconds",
            "Seconds that a unit of work took in the database, its waiting for others and its commit in it",
            ["unit"],
            buckets=TOOK,
            registry=registry,
        )
        self._refused = Counter(
            "gad_storage_refused",
            "Times that the database could not be used: full, locked, read-only, gone",
            registry=registry,
        )
        for unit in UNITS:
            self._seconds.labels(unit)

    def took(self, unit: str, seconds: float) -> None:
        """A unit was committed, or read."""
        self._seconds.labels(unit).observe(seconds)

    def refused(self) -> None:
        """The database can't be used."""
        self._refused.inc()
