"""Statements of one transaction on a connection to PostgreSQL, and the locks that it takes, in their order."""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Iterable, Mapping
from typing import Any, Generic, TypeVar

from psycopg import errors
from psycopg.pq.abc import PGresult

from storage.engine.contention import Contention
from storage.engine.errors import Overtaken
from storage.engine.locks import Lock
from storage.engine.pipeline import Pipeline
from storage.engine.session import Query

R = TypeVar("R")
Values = Mapping[str, Any]

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) name"
_TRY_LOCK = """
    SELECT pg_try_advisory_xact_lock(hashtextextended(name, 0))
    FROM unnest($1::text[]) WITH ORDINALITY AS wanted (name, place) ORDER BY place"""


class Contended(Overtaken):
    """A lock was not to be had now: the unit begins anew, and takes what it came to in the order."""


class Asked(Generic[R]):
    """Rows that are on their way."""

    __slots__ = ("_answer", "_pipeline", "_query")

    def __init__(self, pipeline: Pipeline, query: Query[R], answer: Awaitable[PGresult]) -> None:
        self._pipeline = pipeline
        self._query = query
        self._answer = answer

    def __await__(self) -> Generator[Any, Any, list[R]]:
        answer = yield from self._answer.__await__()
        return self._pipeline.rows(answer, self._query.make)


class Locked:
    """An answer that comes once the locks are held that were asked for with it."""

    __slots__ = ("_answer", "_contention", "_since")

    def __init__(self, answer: "asyncio.Future[PGresult]", contention: Contention) -> None:
        self._answer = answer
        self._contention = contention
        self._since = asyncio.get_running_loop().time()

    def __await__(self) -> Generator[Any, Any, PGresult]:
        try:
            answer = yield from self._answer
        except errors.QueryCanceled as error:  # one lock after the other took as long as the server lets a statement
            raise Contended from error
        self._contention.waited(asyncio.get_running_loop().time() - self._since)
        return answer


class PostgresqlSession:
    """Statements on one connection, in its transaction. ``wanted`` are the locks that earlier tries came to."""

    def __init__(
        self,
        pipeline: Pipeline,
        wanted: set[Lock],
        aside: Callable[..., Awaitable[PGresult]],
        contention: Contention,
    ) -> None:
        self.slot = pipeline.slot
        self.notes = pipeline.notes if pipeline.slot else {}
        self._pipeline = pipeline
        self._wanted = wanted
        self._aside = aside
        self._contention = contention
        self._held: set[Lock] = set()
        self._last: Lock | None = None
        self._locking = False

    async def rows(self, query: Query[R], /, **values: Any) -> list[R]:
        return self._pipeline.rows(await self._answer(query, values), query.make)

    async def row(self, query: Query[R], /, **values: Any) -> R | None:
        return next(iter(await self.rows(query, **values)), None)

    def ask(self, query: Query[R], /, **values: Any) -> Asked[R]:
        return Asked(self._pipeline, query, self._answer(query, values))

    async def run(self, query: Query[Any], /, **values: Any) -> None:
        self._pipeline.put(*_filled(query, values))

    async def touched(self, query: Query[Any], /, **values: Any) -> int:
        return (await self._answer(query, values)).command_tuples or 0

    async def run_each(self, query: Query[Any], values: Iterable[Values], /) -> None:
        for one in values:
            self._pipeline.put(*_filled(query, one))

    async def lock(self, *locks: Lock) -> None:
        """Wait for those that come after all that are held; those before are tried.

        Raises:
            Contended: one that comes before is not free.
        """
        wanted = sorted({lock for lock in locks if lock not in self._held})
        if not wanted:
            return
        self._wanted.update(wanted)
        early = [lock for lock in wanted if self._last is not None and lock < self._last]
        if early and len(await self._tried(early)) < len(early):
            raise Contended
        late = wanted[len(early) :]
        if late:
            self._pipeline.put(_LOCK, ([lock.name for lock in late],))
            self._locking = True
            self._hold(late)

    def try_lock(self, *locks: Lock) -> Awaitable[frozenset[Lock]]:
        """Take those that nobody has, without waiting; all of these that are held now."""
        wanted = sorted({lock for lock in locks if lock not in self._held})
        return self._held_of(locks, self._tried(wanted) if wanted else None)

    async def aside(self, query: Query[R], /, **values: Any) -> R | None:
        return next(iter(self._pipeline.rows(await self._aside(*_filled(query, values)), query.make)), None)

    async def commit(self) -> None:
        """Keep what was done.

        Raises:
            Contended: the server's patience ended before a lock was to be had.
        """
        end = await self._ask("COMMIT", ())
        assert end.command_status == b"COMMIT", "the unit went on after a statement had failed"

    async def _held_of(self, locks: tuple[Lock, ...], tried: Awaitable[list[Lock]] | None) -> frozenset[Lock]:
        if tried is not None:
            await tried
        return frozenset(lock for lock in locks if lock in self._held)

    def _tried(self, locks: list[Lock]) -> Awaitable[list[Lock]]:
        return self._got(locks, self._ask(_TRY_LOCK, ([lock.name for lock in locks],)))

    async def _got(self, locks: list[Lock], answer: Awaitable[PGresult]) -> list[Lock]:
        free = self._pipeline.rows(await answer, tuple)
        got = [lock for lock, (is_free,) in zip(locks, free, strict=True) if is_free]
        self._hold(got)
        return got

    def _hold(self, locks: list[Lock]) -> None:
        self._held.update(locks)
        if locks and (self._last is None or locks[-1] > self._last):
            self._last = locks[-1]

    def _answer(self, query: Query[Any], values: Values) -> Awaitable[PGresult]:
        return self._ask(*_filled(query, values))

    def _ask(self, text: str, values: Iterable[Any]) -> Awaitable[PGresult]:
        asked = self._pipeline.ask(text, [*values])
        if not self._locking:
            return asked
        self._locking = False
        return Locked(asked, self._contention)


def _filled(query: Query[Any], values: Values) -> tuple[str, list[Any]]:
    text, names, given = query.postgresql
    every = {**given, **values} if given else values
    return text, [every[name] for name in names]
