"""The store as the desk sees it: units of work over a repository."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from core.desk.committed import Tell
from core.desk.ports import Repository
from storage.engine.store import Store
from storage.queues.addressed_call import Render
from storage.repositories.repository import over_repository

T = TypeVar("T")


class StoreUnitOfWork:
    """The store as the desk sees it: units over a repository. ``tell`` hears of each commit, never of a try."""

    def __init__(self, store: Store, render: Render, tell: Tell = lambda committed: None) -> None:
        self._store = store
        self._render = render
        self._tell = tell

    async def write(self, unit: Callable[[Repository], Awaitable[T]]) -> T:
        """Run and commit."""
        answer, committed = await self._store.write(partial(over_repository, unit, self._render))
        self._tell(committed)
        return answer
