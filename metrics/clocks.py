"""Clocks: how far those of the desk are ahead of others."""

from prometheus_client import CollectorRegistry, Gauge


class ClockInstruments:
    """The offset against each other clock, since it was measured first."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._offset = Gauge(
            "gad_clock_offset_seconds",
            "Seconds by which the machine's clock is ahead of the database's, and the desk's ahead of Telegram's",
            ["against"],
            registry=registry,
        )

    def measured(self, against: str, seconds: float) -> None:
        """A clock of ours was measured: the machine's against the ``database``, the desk's against ``telegram``."""
        self._offset.labels(against).set(seconds)
