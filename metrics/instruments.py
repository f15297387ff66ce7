"""The instruments that operators' tools read (Prometheus), on a registry of the desk's own.

What happens is told by whoever does it; how things stand is read from the library when somebody looks.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from importlib.metadata import version
from typing import TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector, generate_latest

from core.queries.queries import Queries
from core.vocabulary.words import Lane
from metrics.contention import ContentionSource, watch_contention
from metrics.gauges import DeskGauges, Sight

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=2)
# Seconds. The first ones are finer than what a person notices: that is where a change for the worse begins.
DELAYS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Instruments:
    """One method for each thing that may happen; `page` is what a scrape gets. ``lags`` are those of the loops.

    Tasks, alerts and queues are counted as if there were no silent alarm: graphs hang on walls.
    """

    def __init__(
        self,
        *,
        queries: Queries,
        lags: Callable[[], Mapping[str, timedelta]] = dict,
        waits: ContentionSource | None = None,
    ) -> None:
        self._library = queries
        self._lags = lags
        self._registry = CollectorRegistry()
        self._received = Counter("gad_updates_received", "Updates that are on disk", registry=self._registry)
        self._handled = Counter("gad_updates_handled", "Updates whose turn is over", registry=self._registry)
        self._parked = Counter("gad_updates_parked", "Updates that failed each time", registry=self._registry)
        self._first_call = Histogram(
            "gad_first_call_seconds",
            "From an update's arrival to the first message that it causes",
            buckets=DELAYS,
            registry=self._registry,
        )
        self._messages = Counter(
            "gad_messages",
            "Tries to send a message by outcome: taken, needless, not_sent, broken, unknown, or Telegram's error code",
            ["lane", "outcome"],
            registry=self._registry,
        )
        self._requests = Counter(
            "gad_http_requests", "Requests to the side server", ["method", "route", "code"], registry=self._registry
        )
        self._request_seconds = Histogram(
            "gad_http_request_seconds", "How long they took", ["route"], buckets=DELAYS, registry=self._registry
        )
        self._clock = Gauge(
            "gad_clock_offset_seconds", "How far a clock of ours is ahead", ["against"], registry=self._registry
        )
        self._standing = DeskGauges(self._registry)
        watch_contention(waits, self._registry)
        ProcessCollector(registry=self._registry)
        loop_tasks = Gauge("gad_loop_tasks", "Tasks of the event loop that have not ended", registry=self._registry)
        loop_tasks.set_function(lambda: len(asyncio.all_tasks()))
        Info("gad_build", "What runs", registry=self._registry).info({"version": version("grupo-gad")})

    def clock_measured(self, against: str, seconds: float) -> None:
        """A clock of ours was measured: the machine's against the ``database``, the desk's against ``telegram``."""
        self._clock.labels(against).set(seconds)

    def updates_received(self, count: int) -> None:
        """So many new updates were committed to the inbox."""
        self._received.inc(count)

    def update_handled(self) -> None:
        """An update's turn was committed."""
        self._handled.inc()

    def update_parked(self) -> None:
        """An update failed for the last time and was set aside."""
        self._parked.inc()

    def first_call(self, seconds: float) -> None:
        """The first message that an update caused leaves now, so long after the update came."""
        self._first_call.observe(seconds)

    def message_left(self, lane: Lane, outcome: str) -> None:
        """A message was tried; ``outcome`` is as in the counter's description."""
        self._messages.labels(lane.name.lower(), outcome).inc()

    def request_answered(self, *, method: str, route: str, code: int, seconds: float) -> None:
        """The side server answered; ``route`` is an address as it was declared, never one that somebody made up."""
        self._requests.labels(method, route, str(code)).inc()
        self._request_seconds.labels(route).observe(seconds)

    async def page(self, now: datetime, parts: Mapping[str, bool]) -> bytes:
        """All of it in Prometheus' text format, with how things stand now and whether each part is well.

        Comes without the numbers of the library, and says so, when that doesn't answer within 2 s.
        """
        board, waits = (
            await self._read(partial(self._library.board, silent=False)),
            await self._read(self._library.emergency_waits),
        )
        self._standing.look(Sight(board=board, waits=waits, now=now, parts=parts, lags=self._lags()))
        return generate_latest(self._registry)

    async def _read(self, question: Callable[[], Awaitable[Answer]]) -> Answer | None:
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                return await question()
        except Exception:
            log.warning("metrics without the desk's numbers", exc_info=True)
            return None
