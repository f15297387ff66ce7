"""The store as the desk sees it: units of work over a repository."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from core.desk.ports import Repository
from storage.engine.store import Store
from storage.queues.addressed_call import Render
from storage.repositories.repository import over_repository

T = TypeVar("T")


class StoreUnitOfWork:
    """The store as the desk sees it: units over a repository."""

    def __init__(self, store: Store, render: Render) -> None:
        self._store = store
        self._render = render

    async def write(self, unit: Callable[[Repository], Awaitable[T]]) -> T:
        """Run and commit."""
        return await self._store.write(partial(over_repository, unit, self._render))
