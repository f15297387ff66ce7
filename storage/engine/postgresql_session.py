"""Statements on one connection to PostgreSQL, in its transaction, and the locks that it takes."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, TypeVar

from psycopg.pq.abc import PGresult

from storage.engine.errors import Overtaken
from storage.engine.pipeline import Pipeline
from storage.engine.session import Query

R = TypeVar("R")
Values = Mapping[str, Any]

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) name"
_TRY_LOCK = """
    SELECT bool_and(pg_try_advisory_xact_lock(hashtextextended(name, 0))) AS free FROM unnest($1::text[]) name"""


class _Contended(Overtaken):
    """A lock that comes before one that is held already was not free: the unit begins anew and takes it first."""


class PostgresqlSession:
    """Statements on one connection, in its transaction. ``wanted`` are the locks that earlier tries came to."""

    def __init__(self, pipeline: Pipeline, wanted: set[str], aside: Callable[..., Awaitable[PGresult]]):
        self.slot = pipeline.slot
        self.notes = pipeline.notes if pipeline.slot else {}
        self._pipeline = pipeline
        self._wanted = wanted
        self._aside = aside
        self._held: set[str] = set()

    async def rows(self, query: Query[R], /, **values: Any) -> list[R]:
        return self._pipeline.rows(await self._answer(query, values), query.make)

    async def row(self, query: Query[R], /, **values: Any) -> R | None:
        return next(iter(await self.rows(query, **values)), None)

    async def run(self, query: Query[Any], /, **values: Any) -> None:
        self._pipeline.put(*_filled(query, values))

    async def touched(self, query: Query[Any], /, **values: Any) -> int:
        return (await self._answer(query, values)).command_tuples or 0

    async def run_each(self, query: Query[Any], values: Iterable[Values], /) -> None:
        for one in values:
            self._pipeline.put(*_filled(query, one))

    async def lock(self, *names: str) -> None:
        """Locks are waited for in the order of their names, so that no two transactions wait for each other."""
        wanted = sorted(set(names) - self._held)
        if not wanted:
            return
        self._wanted.update(wanted)
        if not self._held or wanted[0] > max(self._held):
            self._pipeline.put(_LOCK, (wanted,))
        elif self._pipeline.rows(await self._pipeline.ask(_TRY_LOCK, (wanted,)), tuple) != [(True,)]:
            raise _Contended
        self._held.update(wanted)

    async def aside(self, query: Query[R], /, **values: Any) -> R | None:
        return next(iter(self._pipeline.rows(await self._aside(*_filled(query, values)), query.make)), None)

    def _answer(self, query: Query[Any], values: Values) -> "asyncio.Future[PGresult]":
        return self._pipeline.ask(*_filled(query, values))


def _filled(query: Query[Any], values: Values) -> tuple[str, list[Any]]:
    text, names, given = query.postgresql
    every = {**given, **values} if given else values
    return text, [every[name] for name in names]
