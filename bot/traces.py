"""Steps of an update for its trace: inbox, handle, desk, outbox, send. Without names, words, places or chats."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from bot.config.tracing import Tracing
from bot.runtime.clock import Timepiece
from core.desk.committed import Committed
from core.desk.ports import Repository, UnitOfWork
from core.vocabulary.causes import because
from core.vocabulary.words import Lane
from metrics.log_lines import Fact
from metrics.spans import Spans
from storage.queues import inbox
from storage.schema.instants import from_ms
from storage.schema.tables import InboxRow, OutboxRow

T = TypeVar("T")


def spans_for(tracing: Tracing, desk: str) -> Spans | None:
    """Where traces go; None where nobody wants them, and nothing is loaded for them."""
    if not tracing.endpoint:
        return None
    from metrics.tracing import OtlpSpans  # noqa: PLC0415 - its packages are an extra

    return OtlpSpans(tracing.endpoint, share=tracing.share, desk=desk)


class Traces:
    """Notes the steps of updates and of messages as they end."""

    def __init__(self, spans: Spans, clock: Timepiece) -> None:
        self._spans = spans
        self._clock = clock

    def worked(self, row: InboxRow, begun: datetime, outcome: str) -> None:
        """A worker is done with an update, for good unless it ``failed``; it waited in the inbox until it was taken."""
        arrived, now = from_ms(row.received_at), self._clock.now()
        facts: dict[str, Fact] = {"outcome": outcome, "tries": row.attempts + 1}
        urgent = {"urgent": "yes" if row.rank == inbox.URGENT else "no"}
        self._spans.took("inbox", from_ms(row.due_at) if row.attempts else arrived, begun, urgent)
        self._spans.took("handle", begun, now, facts)
        if outcome != "failed":
            self._spans.took("update", arrived, now, facts, whole=True)

    def left(self, row: OutboxRow, begun: datetime, outcome: str) -> None:
        """A message was sent, whatever came of it; it waited in the outbox until then."""
        facts: dict[str, Fact] = {"lane": Lane(row.rank).name.lower(), "message": f"M{row.id}"}
        sending = {**facts, "method": row.method, "outcome": outcome, "tries": row.attempts + 1}
        self._spans.took("outbox", from_ms(row.due_at if row.attempts else row.created_at), begun, facts)
        self._spans.took("send", begun, self._clock.now(), sending)

    def committed(self, committed: Committed) -> None:
        """A unit of the desk's work was committed: each due time that it fired is a step of its own cause."""
        now = self._clock.now()
        for fired in committed.fired:
            with because(fired.cause):
                self._spans.took("due", now - fired.late, now)

    def units(self, units: UnitOfWork) -> UnitOfWork:
        """The desk's units of work, each of which is a step."""
        return _TracedUnits(units, self._spans, self._clock)


class _TracedUnits:
    """Units of work that note how long each took, with its commit."""

    def __init__(self, units: UnitOfWork, spans: Spans, clock: Timepiece) -> None:
        self._units = units
        self._spans = spans
        self._clock = clock

    async def write(self, unit: Callable[[Repository], Awaitable[T]]) -> T:
        """Run and commit."""
        begun = self._clock.now()
        answer = await self._units.write(unit)
        self._spans.took("desk", begun, self._clock.now())
        return answer
