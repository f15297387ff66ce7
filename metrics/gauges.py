"""Gauges for Prometheus, read when it scrapes: tasks, agents, alerts and queues."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct
from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from core.queries.emergency_waits import WaitingFor, oldest
from core.queries.queries import Board, Depth
from core.vocabulary.words import Availability, Lane, Priority, TaskState
from metrics.process import Process, of_process

CAUSES = 20  # the most frequent; the others are counted together


class Sight(Struct, frozen=True, kw_only=True):
    """The desk at one moment; ``board`` and ``waits`` are None when they could not be read."""

    board: Board | None
    waits: Mapping[WaitingFor, datetime] | None
    now: datetime
    parts: Mapping[str, bool]
    process: Process


class DeskGauges(Collector):
    """Gauges of one board. Without one they are absent, for an old number would look like a new one."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._sight: Sight | None = None
        registry.register(self)

    def look(self, sight: Sight) -> None:
        """Show this from now on."""
        self._sight = sight

    def collect(self) -> Iterator[Metric]:
        """Collect the gauges, as ``prometheus_client`` asks."""
        sight = self._sight
        read = sight is not None and sight.board is not None
        yield _gauge("gad_numbers_read", "Whether the desk's numbers could be read", float(read))
        if sight is None:
            return
        parts = GaugeMetricFamily("gad_part_well", "Whether a part of the desk is well", labels=["part"])
        for name, well in sight.parts.items():
            parts.add_metric([name], float(well))
        yield parts
        yield from of_process(sight.process, sight.now)
        if sight.waits is not None:
            wait = oldest(sight.waits, sight.now)
            waited = (sight.now - wait.since).total_seconds() if wait is not None else 0.0
            yield _gauge(
                "gad_emergency_wait_seconds", "How long the oldest emergency has waited for its next sound", waited
            )
        if sight.board is not None:
            yield from _of_work(sight.board, sight.now)
            yield from _of_queues(sight.board, sight.now)


def _of_work(board: Board, now: datetime) -> Iterator[Metric]:
    tasks = GaugeMetricFamily("gad_tasks", "Tasks that there are", labels=["state", "priority"])
    for state in TaskState:
        for priority in Priority:
            tasks.add_metric([state.value, priority.name.lower()], board.tasks.get((state, priority), 0))
    yield tasks
    agents = GaugeMetricFamily("gad_agents", "Agents that there are", labels=["availability"])
    for availability in Availability:
        agents.add_metric([availability.value], board.agents.get(availability, 0))
    yield agents
    yield _gauge("gad_alerts_unanswered", "Alerts of which nobody has taken charge", board.unanswered.waiting)
    yield _gauge(
        "gad_alerts_oldest_seconds",
        "Age of the oldest alert of which nobody has taken charge",
        _age(board.unanswered, now),
    )
    yield _gauge("gad_people_unreachable", "People of the desk who take no messages of the bot", board.unreachable)
    overdue = GaugeMetricFamily(
        "gad_timers_overdue_seconds",
        "Seconds since the first due time passed that nobody has acted on, those of emergencies and the others",
        labels=["lane"],
    )
    for lane, due in ((Lane.EMERGENCY, board.urgent_due), (Lane.ROUTINE, board.routine_due)):
        overdue.add_metric([lane.name.lower()], max(0.0, (now - due).total_seconds()) if due is not None else 0.0)
    yield overdue


def _of_queues(board: Board, now: datetime) -> Iterator[Metric]:
    yield from _of_lanes("gad_outbox", "messages that have not left", board.outbox, Lane, now)
    yield from _of_lanes(
        "gad_inbox", "updates that are not handled", board.arrivals, (Lane.EMERGENCY, Lane.ROUTINE), now
    )
    yield _gauge("gad_inbox_parked", "Updates that were set aside, for somebody to look at", board.parked_updates)
    yield _gauge("gad_outbox_parked", "Messages that were set aside, for somebody to look at", board.parked_messages)
    yield _gauge(
        "gad_storage_log_bytes",
        "Bytes that the storage has written and not folded in: they grow while somebody holds an old view open",
        board.log_bytes,
    )
    yield _of_causes(board)


def _of_lanes(
    name: str, what: str, queue: Mapping[Lane, Depth], lanes: Iterable[Lane], now: datetime
) -> Iterator[Metric]:
    waiting = GaugeMetricFamily(f"{name}_waiting", f"The number of {what}", labels=["lane"])
    oldest = GaugeMetricFamily(f"{name}_oldest_seconds", f"Age in seconds of the oldest of the {what}", labels=["lane"])
    for lane in lanes:
        depth = queue.get(lane, Depth())
        waiting.add_metric([lane.name.lower()], depth.waiting)
        oldest.add_metric([lane.name.lower()], _age(depth, now))
    yield waiting
    yield oldest


def _of_causes(board: Board) -> Metric:
    """By the kind of cause, which is what comes before its details: a label has few values."""
    counts: Counter[tuple[str, str]] = Counter()
    for parked in board.causes:
        counts[parked.kind.value, parked.cause.partition(":")[0][:60]] += parked.count
    for rare, count in counts.most_common()[CAUSES:]:
        del counts[rare]
        counts[rare[0], "other"] += count
    gauge = GaugeMetricFamily(
        "gad_parked", "Updates and messages that were set aside last, by the cause", labels=["what", "cause"]
    )
    for labels, count in counts.items():
        gauge.add_metric(labels, count)
    return gauge


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _age(depth: Depth, now: datetime) -> float:
    return max(0.0, (now - depth.oldest).total_seconds()) if depth.oldest else 0.0
