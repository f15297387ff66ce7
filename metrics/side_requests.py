"""Requests to the side server: how many, what was answered, how long that took."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from metrics.messages import DELAYS

UNMATCHED = "unmatched"
# Those that alarms ask for are there before the first: a counter that is born at 1 has increased by nothing.
EXPECTED = ("200", "500", "503")


class RequestInstruments:
    """Counts answers by addresses as they were declared, never as somebody made one up."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = Counter(
            "gad_http_requests",
            "Requests to the side server by method, address as it was declared, and code of the answer",
            ["method", "route", "code"],
            registry=registry,
        )
        self._seconds = Histogram(
            "gad_http_request_seconds",
            "Seconds from a request to the side server to its answer",
            ["method", "route"],
            buckets=DELAYS,
            registry=registry,
        )
        for code in ("404", "405"):
            self._requests.labels(UNMATCHED, UNMATCHED, code)

    def declared(self, method: str, route: str) -> None:
        """Such requests may come from now on."""
        for code in EXPECTED:
            self._requests.labels(method, route, code)
        self._seconds.labels(method, route)

    def answered(self, *, method: str, route: str, code: int, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(method, route, str(code)).inc()
        self._seconds.labels(method, route).observe(seconds)
