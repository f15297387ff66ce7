"""The desk's repository over a ledger in memory, as far as the explored acts ask for it.

Who is free, named, told or searched for is what ``storage.repositories`` says in SQL; a test holds both equal.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import TypeVar, cast

from core.desk.ports import OutgoingMessage, Repository
from core.rules.timers import FOLLOWING, Timer
from tests.explored.ledger import Ledger
from tests.explored.memory_tasks import TasksInMemory

T = TypeVar("T")


class MemoryUnitOfWork:
    """Units of work over a ledger: one that fails leaves it as it was. ``said``: what was posted since it was empty."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.said: list[OutgoingMessage] = []

    async def write(self, unit: Callable[[Repository], Awaitable[T]]) -> T:
        """Run and commit."""
        tried = self.ledger.copy()
        said: list[OutgoingMessage] = []
        # A question that no explored act asks has no method: it fails aloud.
        answer = await unit(cast(Repository, MemoryRepository(tried, said)))
        self.ledger.take(tried)
        self.said += said
        return answer


class MemoryRepository(TasksInMemory):
    """``core.desk.ports.Repository`` over a ledger: keys and due times beside the rest."""

    def __init__(self, ledger: Ledger, said: list[OutgoingMessage]) -> None:
        super().__init__(ledger, said)
        self.at_once: list[Timer] = []

    async def recall(self, key: str) -> bytes | None:
        return self._ledger.answers.get(key)

    async def remember(self, key: str, answer: bytes, now: datetime) -> None:
        self._ledger.answers[key] = answer

    async def set_timers(self, timers: Iterable[Timer]) -> None:
        for timer in timers:
            self._ledger.timers[timer.kind, timer.task, timer.person, timer.unit] = timer

    async def following(self, person_id: int) -> tuple[Timer, ...]:
        found = (timer for timer in self._ledger.timers.values() if timer.kind in FOLLOWING)
        return tuple(sorted((one for one in found if one.person == person_id), key=lambda timer: timer.due_at))

    async def take(self, timer: Timer) -> bool:
        key = (timer.kind, timer.task, timer.person, timer.unit)
        if self._ledger.timers.get(key) != timer:
            return False
        del self._ledger.timers[key]
        return True

    async def take_due(self, now: datetime, limit: int) -> tuple[Timer, ...]:
        taken = tuple(self._ledger.due()[:limit])
        for timer in taken:
            await self.take(timer)
        return taken
