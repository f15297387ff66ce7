"""Tells how soon after its report each milestone was reached: once, by the process that committed it.

Looked up beside the work, so that nothing on the way of an update or a message waits for it. What a process that is
killed has not looked up yet is not told: a moment's worth, as with every number that only it knows.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from msgspec import Struct

from bot.runtime.clock import Timepiece
from bot.runtime.pulse import Pulse
from core.desk.committed import Committed
from core.state.milestones import Milestone, Reached, milestones_of
from core.vocabulary.card_names import task_of_card
from storage.engine.session import Session
from storage.engine.store import Store
from storage.queues import alarm_lists
from storage.repositories import milestones
from storage.repositories.milestones import Firsts
from storage.schema.tables import OutboxRow

BATCH = 50  # tasks that are looked up in one read
# Until it is asked again whether an alert that may have been the first was kept; twice as long each time.
IN_HAND, LONGEST = timedelta(seconds=1), timedelta(minutes=1)
REMEMBERED = 10_000  # tasks of which somebody is told already, those that came last
MOST = 10_000  # tasks to look up, while the storage can't be asked


class _Pending(Struct):
    """Milestones of one task that this process committed, and rows of alerts that it had taken.

    ``asks_at`` is when it is looked up, None for at once; ``pause`` how long it waits the next time.
    """

    events: dict[Milestone, datetime]
    alerts: set[int]
    asks_at: datetime | None = None
    pause: timedelta = IN_HAND


class Milestones:
    """Hears of commits and of alerts that were taken; ``tell`` is called with each milestone that was the first.

    An alert of a task that was opened longer than ``kept`` ago tells nothing: the first ones may be forgotten.
    """

    def __init__(
        self, store: Store, clock: Timepiece, tell: Callable[[Reached], None], kept: Callable[[], timedelta]
    ) -> None:
        self._store = store
        self._clock = clock
        self._tell = tell
        self._kept = kept
        self._pending: dict[int, _Pending] = {}
        self._lists: list[OutboxRow] = []
        self._told: dict[int, None] = {}
        self.bell = asyncio.Event()
        self.idle = True

    def committed(self, committed: Committed) -> None:
        """Take the milestones among what was committed."""
        for happened in committed.tasks:
            for record in happened.records:
                for milestone in milestones_of(record.event):
                    self._of(happened.task.id).events.setdefault(milestone, record.at)

    def alert_taken(self, row: OutboxRow) -> None:
        """Take an alert, or a list of them, that Telegram took and this process has kept as taken."""
        task = task_of_card(row.card) if row.ring and row.card is not None else None
        if task is not None and task not in self._told:
            self._of(task).alerts.add(row.id)
        elif alarm_lists.is_list(row):
            self._lists.append(row)
            self.bell.set()

    async def run(self, pulse: Pulse) -> None:
        """Look up what came, until cancelled."""
        while True:
            pulse.begins()
            self.idle = False
            try:
                await self._open_lists(pulse)
                await self._look(self._due())
            finally:
                self.idle = True
            next_look = self._next_look()
            pulse.rests(next_look)
            await self._clock.wait(self.bell, next_look)

    def _of(self, task: int) -> _Pending:
        self.bell.set()
        while len(self._pending) >= MOST and task not in self._pending:
            del self._pending[next(iter(self._pending))]
        pending = self._pending.setdefault(task, _Pending({}, set()))
        pending.asks_at = None
        return pending

    def _due(self) -> dict[int, _Pending]:
        """Take out the next ones; what comes while they are read is looked up after them."""
        now = self._clock.now()
        due = (task for task, pending in self._pending.items() if pending.asks_at is None or pending.asks_at <= now)
        return {task: self._pending.pop(task) for task in tuple(islice(due, BATCH))}

    def _next_look(self) -> datetime | None:
        now = self._clock.now()
        return min((pending.asks_at or now for pending in self._pending.values()), default=None)

    async def _open_lists(self, pulse: Pulse) -> None:
        while self._lists:
            # While a crowd is told more of them come: each is a round that must end.
            pulse.begins()
            row = self._lists[0]
            for member in await self._store.read(partial(alarm_lists.members, row=row)):
                task = task_of_card(member.card or "")
                if task is not None and task not in self._told:
                    self._of(task).alerts.add(member.id)
            self._lists.remove(row)

    async def _look(self, due: dict[int, _Pending]) -> None:
        """Read what became of these tasks, all of them in one go."""
        if not due:
            return
        try:
            found = await self._store.read(partial(_firsts_of, tasks=tuple(due)))
        except BaseException:
            for task, pending in due.items():
                self._put_back(task, pending)
            raise
        for task, firsts in found.items():
            self._judge(task, due[task], firsts)

    def _judge(self, task: int, pending: _Pending, firsts: Firsts | None) -> None:
        if firsts is None:
            self._remember(task)
            return
        for milestone, at in pending.events.items():
            if firsts.reached.get(milestone) == at:
                self._say(milestone, firsts, at)
        if pending.alerts and firsts.unsure:
            asks_at, pause = self._clock.now() + pending.pause, min(2 * pending.pause, LONGEST)
            self._put_back(task, _Pending({}, pending.alerts, asks_at, pause))
        elif pending.alerts and firsts.alert is not None:
            self._remember(task)
            if firsts.alert in pending.alerts and firsts.opened_at > self._clock.now() - self._kept():
                self._say(Milestone.TOLD, firsts, firsts.reached[Milestone.TOLD])

    def _put_back(self, task: int, pending: _Pending) -> None:
        """Keep it for later; what came meanwhile is looked up at once."""
        known = self._pending.setdefault(task, pending)
        if known is not pending:
            known.events = pending.events | known.events
            known.alerts |= pending.alerts

    def _say(self, milestone: Milestone, firsts: Firsts, at: datetime) -> None:
        after = max(at - firsts.reported_at, timedelta(0))
        self._tell(Reached(milestone=milestone, kind=firsts.kind, priority=firsts.priority, after=after))

    def _remember(self, task: int) -> None:
        self._told[task] = None
        if len(self._told) > REMEMBERED:
            del self._told[next(iter(self._told))]


async def _firsts_of(session: Session, tasks: tuple[int, ...]) -> dict[int, Firsts | None]:
    return {task: await milestones.firsts(session, task) for task in tasks}
