"""PostgreSQL as ``tests.support.databases.Direct`` offers SQLite: units run one at a time while the caller waits."""

import itertools
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import asyncpg

from bot.transport.rendering import render
from core.desk.ports import Repository
from storage.engine.postgresql import Postgresql, Work
from storage.repositories.repository import over_repository
from tests.support.servers.postgresql import Beside

T = TypeVar("T")


class Rows(list[Mapping[str, Any]]):
    """Rows that a statement found, read like a cursor of SQLite's."""

    def fetchall(self) -> "Rows":
        return self

    def fetchone(self) -> Mapping[str, Any] | None:
        return self[0] if self else None


class Raw:
    """Statements behind the store's back, with ``?`` places."""

    def __init__(self, beside: Beside, url: str) -> None:
        self._beside = beside
        self._dsn = url.replace("+asyncpg", "")
        self._connection = beside.run(asyncpg.connect(self._dsn))

    def execute(self, text: str, values: Sequence[Any] = ()) -> Rows:
        """Run it, committed at once."""
        numbers = itertools.count(1)
        text = re.sub(r"\?", lambda _: f"${next(numbers)}", text)
        found: list[Any] = self._beside.run(self._connection.fetch(text, *values))
        return Rows(found)

    def close(self) -> None:
        """Let go of the connection."""
        self._beside.run(self._connection.close())


class DirectPostgresql:
    """A database whose units run one at a time, as the caller asks for them."""

    def __init__(self, url: str) -> None:
        self._beside = Beside()
        self._database = Postgresql(url, connections=2)
        self._beside.run(self._database.start())
        self.connection = Raw(self._beside, url)

    def run(self, work: Work[T]) -> T:
        """The unit's answer, committed; its exception, rolled back."""
        return self._beside.run(self._database.write(work))

    async def write(self, unit: Callable[[Repository], Awaitable[T]]) -> T:
        """As the desk asks for it (``core.desk.ports.UnitOfWork``)."""
        answer, _ = self.run(partial(over_repository, unit, render))
        return answer

    def close(self) -> None:
        """Let go of the database."""
        self.connection.close()
        self._beside.run(self._database.stop())
        self._beside.stop()
