"""Backups that the desk makes by itself: whether each came about. How old the newest is, `metrics.process` says."""

from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter


class BackupResult(StrEnum):
    """Result of a backup."""

    MADE = "made"
    FAILED = "failed"


class BackupInstruments:
    """Counts backups."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._results = Counter(
            "gad_backups", "Backups that were made by themselves, and tries that failed", ["result"], registry=registry
        )
        for result in BackupResult:
            self._results.labels(result)

    def ended(self, result: BackupResult) -> None:
        """A backup was made, or could not be."""
        self._results.labels(result).inc()
