"""How late due times fire: escalations, offers, check-ins, reminders (P8)."""

from prometheus_client import CollectorRegistry, Histogram

from core.desk.committed import Fired
from core.vocabulary.words import Lane

# Seconds. A second is the promise.
LATE = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


class DueTimeInstruments:
    """The lag of due times when they fired."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._lag = Histogram(
            "gad_timer_lag_seconds",
            "How late a due time fired, those of emergencies and the others (routine); one that was held back until"
            " what had been sent before it was read counts from when it was due",
            ["lane"],
            buckets=LATE,
            registry=registry,
        )
        for urgent in (True, False):
            self._lag.labels(_lane(urgent))

    def fired(self, fired: Fired) -> None:
        """A due time fired."""
        self._lag.labels(_lane(fired.urgent)).observe(fired.late.total_seconds())


def _lane(urgent: bool) -> str:
    return (Lane.EMERGENCY if urgent else Lane.ROUTINE).name.lower()
