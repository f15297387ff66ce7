"""Reloads of the configuration: what came of each, and whether the file that is there now was taken."""

from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, Gauge


class ReloadResult(StrEnum):
    """Result of a reload."""

    TAKEN = "taken"
    REFUSED = "refused"


class ReloadInstruments:
    """Counts reloads, and shows the last result: a desk that was just opened has taken its file."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._results = Counter(
            "gad_reloads",
            "Reloads of the configuration: taken, or refused for a mistake",
            ["result"],
            registry=registry,
        )
        for result in ReloadResult:
            self._results.labels(result)
        self._good = Gauge(
            "gad_reload_last_good",
            "Whether the last reading of the configuration was taken; 0: the desk goes on with an older one",
            registry=registry,
        )
        self._waiting = Gauge(
            "gad_reload_waiting_keys",
            "Keys of the configuration that have changed and want a restart",
            registry=registry,
        )
        self._good.set(1)

    def ended(self, result: ReloadResult, waiting: int) -> None:
        """A reload ended; so many keys wait for a restart."""
        self._results.labels(result).inc()
        self._good.set(result is ReloadResult.TAKEN)
        self._waiting.set(waiting)
