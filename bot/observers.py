"""Observers of the running desk: its instruments and its milestones, and the parts that tell them."""

from functools import partial
from typing import Protocol

from msgspec.structs import replace

from bot.conversation.worker import WorkObserver
from bot.jobs.milestones import Milestones
from bot.process_numbers import Numbered, process_numbers
from bot.traces import Traces, spans_for
from bot.transport.request import AiohttpRequest
from bot.transport.sender import DeliveryObserver
from core.desk.committed import Committed
from core.desk.ports import UnitOfWork
from core.vocabulary.causes import changed_by_it
from metrics.instruments import Instruments
from storage.engine.store import Store
from storage.repositories.queries import SqlQueries


class Observed(Numbered, Protocol):
    """The parts that tell what they do, and whom to ask how things stand: the desk that is being built."""

    store: Store
    queries: SqlQueries
    request: AiohttpRequest


class Observers:
    """Hears of calls, of the storage's time, of commits, of messages and of updates."""

    def __init__(self, desk: Observed) -> None:
        waits, spans = desk.store.contention, spans_for(desk.config.tracing, desk.config.telegram.bot)
        self._spans, self._traces = spans, Traces(spans, desk.clock) if spans is not None else None
        self.instruments = Instruments(
            queries=desk.queries, process=partial(process_numbers, desk), waits=waits, spans=spans
        )
        reached = self.instruments.milestones.reached
        self.milestones = Milestones(desk.store, desk.clock, reached, lambda: desk.config.privacy.messages)
        desk.store.timer = self.instruments.storage
        desk.request.called = self.instruments.calls.called

    def committed(self, committed: Committed) -> None:
        """A unit of the desk's work was committed."""
        for happened in committed.tasks:
            changed_by_it(happened.task.id)
        self.instruments.committed(committed)
        self.milestones.committed(committed)
        if self._traces is not None:
            self._traces.committed(committed)

    def watched(self, units: UnitOfWork) -> UnitOfWork:
        """The desk's units of work, traced where traces are wanted."""
        return units if self._traces is None else self._traces.units(units)

    async def stop(self) -> None:
        """Let what was noted leave."""
        if self._spans is not None:
            await self._spans.stop()

    @property
    def delivery(self) -> DeliveryObserver:
        """The observer of messages on their way out."""
        messages = self.instruments.messages
        watch = DeliveryObserver(
            left=messages.left,
            waited=messages.first_call,
            held_back=messages.held_back,
            taken=self.milestones.alert_taken,
        )
        return replace(watch, called=self._traces.left) if self._traces is not None else watch

    @property
    def work(self) -> WorkObserver:
        """The observer of updates that are handled."""
        updates = self.instruments.updates
        watch = WorkObserver(handled=updates.handled, failed=updates.failed, parked=updates.parked)
        return replace(watch, worked=self._traces.worked) if self._traces is not None else watch
