"""The instruments that operators' tools read (Prometheus), on a registry of the desk's own: the glossary's contents.

What happens is told by whoever does it; how things stand is read when somebody looks, and nothing is written for it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from importlib.metadata import version
from typing import TypeVar

from prometheus_client import (
    CollectorRegistry,
    Gauge,
    Info,
    ProcessCollector,
    disable_created_metrics,
)

from core.desk.committed import Committed
from core.queries.queries import Queries
from metrics.backups import BackupInstruments
from metrics.clocks import ClockInstruments
from metrics.contention import ContentionSource, watch_contention
from metrics.due_times import DueTimeInstruments
from metrics.escalations import EscalationInstruments
from metrics.exposition import Exposition
from metrics.gauges import DeskGauges, Sight
from metrics.messages import MessageInstruments
from metrics.milestones import MilestoneInstruments
from metrics.offers import OfferInstruments
from metrics.process import Process
from metrics.reloads import ReloadInstruments
from metrics.side_requests import RequestInstruments
from metrics.spans import Spans
from metrics.storage_time import StorageInstruments
from metrics.telegram_calls import CallInstruments
from metrics.updates import UpdateInstruments

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=2)


async def _nothing_known() -> Process:
    return Process()


async def _no_parts() -> Mapping[str, bool]:
    return {}


class Instruments:
    """One part for each kind of thing that may happen; `page` is what a scrape gets, ``process`` how that stands.

    Tasks, alerts and queues are counted as if there were no silent alarm: graphs hang on walls.
    """

    def __init__(
        self,
        *,
        queries: Queries,
        process: Callable[[], Awaitable[Process]] = _nothing_known,
        waits: ContentionSource | None = None,
        spans: Spans | None = None,
    ) -> None:
        self._library = queries
        self._process = process
        self.spans = spans
        # When a series began nobody asks, and it would be a series of its own.
        disable_created_metrics()  # type: ignore[no-untyped-call]  # has no types
        registry = CollectorRegistry()
        self._exposition = Exposition(registry)
        self.updates = UpdateInstruments(registry)
        self.messages = MessageInstruments(registry)
        self.calls = CallInstruments(registry)
        self.milestones = MilestoneInstruments(registry)
        self._offers = OfferInstruments(registry)
        self._escalations = EscalationInstruments(registry)
        self._due_times = DueTimeInstruments(registry)
        self.storage = StorageInstruments(registry)
        self.backups = BackupInstruments(registry)
        self.reloads = ReloadInstruments(registry)
        self.clocks = ClockInstruments(registry)
        self.requests = RequestInstruments(registry)
        self._standing = DeskGauges(registry)
        self._unread: set[str] = set()
        watch_contention(waits, registry)
        ProcessCollector(registry=registry)
        loop_tasks = Gauge("gad_loop_tasks", "Tasks of the event loop that have not ended", registry=registry)
        loop_tasks.set_function(lambda: len(asyncio.all_tasks()))
        Info("gad_build", "The release that runs", registry=registry).info({"version": version("grupo-gad")})

    def committed(self, committed: Committed) -> None:
        """A unit of the desk's work was committed; drills and silent alarms are in no number."""
        for happened in committed.tasks:
            if not happened.task.drill and not happened.task.silent:
                self._offers.happened(happened)
                self._escalations.happened(happened)
        for fired in committed.fired:
            self._due_times.fired(fired)

    async def page(self, now: datetime, parts: Callable[[], Awaitable[Mapping[str, bool]]] = _no_parts) -> bytes:
        """All of it in Prometheus' text format, with how things stand now and whether each part is well.

        Comes without the numbers of the library, and says so, when that doesn't answer within 2 s.
        """
        board, waits, process, well = await asyncio.gather(
            self._read("numbers", partial(self._library.board, silent=False)),
            self._read("waits", partial(self._library.emergency_waits, silent=False)),
            self._read("process", self._process),
            parts(),
        )
        self._standing.look(Sight(board=board, waits=waits, now=now, parts=well, process=process or Process()))
        return self._exposition.text()

    async def _read(self, what: str, question: Callable[[], Awaitable[Answer]]) -> Answer | None:
        """None when it can't be read; the log has one line for the beginning of that, and one for its end."""
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                answer = await question()
        except Exception:
            if what not in self._unread:
                self._unread.add(what)
                log.warning("metrics without the desk's %s", what, exc_info=True)
            return None
        if what in self._unread:
            self._unread.discard(what)
            log.warning("metrics with the desk's %s again", what)
        return answer
