"""Updates on their way in."""

from prometheus_client import CollectorRegistry, Counter


class UpdateInstruments:
    """One method for each thing that may happen to an update."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._received = Counter("gad_updates_received", "Updates of Telegram's that are on disk", registry=registry)
        self._handled = Counter("gad_updates_handled", "Updates of Telegram's whose turn is over", registry=registry)
        self._failed = Counter(
            "gad_updates_failed", "Tries to handle an update of Telegram's that ended in an error", registry=registry
        )
        self._parked = Counter(
            "gad_updates_parked", "Updates of Telegram's that failed each time and were set aside", registry=registry
        )

    def received(self, count: int) -> None:
        """So many new updates were committed to the inbox."""
        self._received.inc(count)

    def handled(self) -> None:
        """An update's turn was committed."""
        self._handled.inc()

    def failed(self) -> None:
        """A try to handle an update ended in an error."""
        self._failed.inc()

    def parked(self) -> None:
        """An update failed for the last time and was set aside."""
        self._parked.inc()
