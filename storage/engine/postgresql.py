"""PostgreSQL: a pool of connections, a transaction for each unit; one that others got in the way of runs again.

At READ COMMITTED each statement sees what was committed before it, so a unit that takes the lock of what it is about
(`Session.lock`, or a row ``FOR UPDATE``) reads the truth after it and decides on that, as on SQLite.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from operator import itemgetter
from typing import Any, TypeVar

import psycopg
from psycopg import errors
from psycopg.pq.abc import PGresult
from sqlalchemy.engine import make_url

from core.desk.ports import HeldUp
from storage.engine.ahead import SOON, ConnectionLimit, give_back, goes_ahead
from storage.engine.contention import Contention
from storage.engine.errors import Overtaken, StorageError
from storage.engine.locks import UNNUMBERED, Lock
from storage.engine.own_session import ADVICE, prove_own_session
from storage.engine.pipeline import PATIENCE, Pipeline
from storage.engine.postgresql_session import Contended, PostgresqlSession
from storage.engine.reasons import reason
from storage.engine.revisions import NEWEST
from storage.engine.same_server import SameServer
from storage.engine.session import Session

T = TypeVar("T")
Work = Callable[[Session], Awaitable[T]]

TRIES = 12
# The waiting of our own transactions for each other: a unit runs again for as long as it takes.
_CONTENTION = (Contended, errors.DeadlockDetected, errors.SerializationFailure, errors.LockNotAvailable)
# Errors that another transaction caused; another try has a good chance, and many that fail are a fault.
_IN_THE_WAY = (*_CONTENTION, Overtaken, errors.UniqueViolation)
# Less than the patience with a statement: waiting for a lock is no sign of a server that is gone.
LOCK_PATIENCE = 3  # seconds
# The server is gone, going, full, out of memory or a standby, or the connection to it was cut.
_UNUSABLE = (
    OSError,
    TimeoutError,
    psycopg.OperationalError,
    errors.ReadOnlySqlTransaction,
    errors.DuplicatePreparedStatement,
    errors.InvalidSqlStatementName,
)
_TAKE_SLOT = "SELECT n FROM generate_series(1, 1000) n WHERE pg_try_advisory_lock(1709, n) LIMIT 1"
# Programs that write to our tables, or lock them. Whoever only reads, as pg_dump does, is in nobody's way.
_STRANGER = """
    SELECT EXISTS (
        SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) JOIN pg_class ON pg_class.oid = relation
        WHERE pg_locks.granted AND datname = current_database() AND application_name NOT LIKE 'gad %'
        AND relnamespace = current_schema()::regnamespace AND mode <> 'AccessShareLock'
    )"""
_SOON = f"SET LOCAL lock_timeout = '{SOON}s'"
_BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Postgresql:
    """A database of PostgreSQL's; ``url`` as SQLAlchemy writes it (``postgresql+asyncpg://…``)."""

    shared = True
    log_bytes = 0  # the server looks after its own

    def __init__(self, url: str, *, connections: int = 16) -> None:
        self._address = _address(url)
        self._limit = ConnectionLimit(connections)
        self._at_rest: list[Pipeline] = []
        self._numbers: Pipeline | None = None
        self._renewing = asyncio.Lock()
        self._same = SameServer()
        self._open = False
        self._ill: BaseException | None = None
        self.contention = Contention()

    async def start(self) -> None:
        """Open the first connections.

        Raises:
            StorageError: the server can't be used.
        """
        try:
            self._at_rest.append(await _with_slot(await self._connect()))
            await prove_own_session(self._at_rest[0], await self._counting())
        except (*_UNUSABLE, psycopg.ProgrammingError) as error:
            raise _told(error) from error
        self._open = True

    async def stop(self) -> None:
        """Finish what is under way and close."""
        if self._open:
            self._open = False
            await self._limit.close()
        for pipeline in (*self._at_rest, self._numbers):
            if pipeline is not None:
                pipeline.close()

    async def write(self, work: Work[T]) -> T:
        """The unit's answer, after the commit. It may run several times before: it changes nothing but the database.

        Raises:
            StorageError: the database can't be used now. When the connection was cut during the commit nobody knows
                whether the unit was kept, so whoever asks again asks in a way that it is done once.
            HeldUp: it goes ahead, and others hold what it needs.
            RuntimeError: it comes after the stop.
        """
        wanted: set[Lock] = set()
        since, tries, overtaken = time.monotonic(), 0, 0
        while True:
            try:
                return await self._classified(self._write_once(work, wanted))
            except _CONTENTION as error:
                self.contention.met(since, deadlock=isinstance(error, errors.DeadlockDetected))
                if goes_ahead() and time.monotonic() - since > SOON:
                    raise HeldUp from error
                if time.monotonic() - since > PATIENCE and await self._classified(self._held_by_a_stranger()):
                    raise StorageError("storage: another program holds locks on PostgreSQL's tables") from error
            except _IN_THE_WAY:
                overtaken += 1
                if overtaken == TRIES:
                    raise
                wanted.clear()  # it decides anew, and may come to others
            await asyncio.sleep(random.random() * 0.001 * 2 ** min(tries, 6))
            tries += 1

    async def read(self, work: Work[T]) -> T:
        """The unit's answer, on one consistent view."""
        return await self._classified(self._read_once(work))

    async def _write_once(self, work: Work[T], wanted: set[Lock]) -> T:
        async with self._connection() as pipeline:
            pipeline.put("BEGIN")
            if goes_ahead():
                pipeline.put(_SOON)
            session = self._session(pipeline, wanted)
            await session.lock(*wanted, *(() if pipeline.slot else (UNNUMBERED,)))
            answer = await work(session)
            await session.commit()
            return answer

    async def _held_by_a_stranger(self) -> bool:
        numbers = await self._counting()
        return bool(numbers.rows(await numbers.ask(_STRANGER), itemgetter(0))[0])

    async def _read_once(self, work: Work[T]) -> T:
        async with self._connection() as pipeline:
            pipeline.put(_BEGIN_READING)
            answer = await work(self._session(pipeline, set()))
            pipeline.ask("COMMIT")  # nothing hangs on how it ends
            return answer

    def _session(self, pipeline: Pipeline, wanted: set[Lock]) -> PostgresqlSession:
        return PostgresqlSession(pipeline, wanted, self._commit_aside, self.contention)

    async def _classified(self, awaited: Awaitable[T]) -> T:
        """StorageError where the server is to blame."""
        try:
            answer = await awaited
        except _IN_THE_WAY:
            raise
        except _UNUSABLE as error:
            self._ill = error
            raise _told(error) from error
        self._ill = None
        return answer

    async def _turn(self) -> tuple[asyncio.Semaphore, ...]:
        """Wait until a connection is free, for as long as the server is well: those who have them are ours.

        Raises:
            StorageError: the server can't be used, and so none gets free.
        """
        while True:
            with suppress(TimeoutError):
                return await self._limit.take(PATIENCE)
            if self._ill is not None:
                raise _told(self._ill) from self._ill

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Pipeline]:
        """The one that was used last of those at rest, or a new one; what was begun on it is taken back on an error."""
        if not self._open:
            raise RuntimeError("the storage is closed")
        taken = await self._turn()
        try:
            self._at_rest = [pipeline for pipeline in self._at_rest if not pipeline.broken]
            pipeline = self._at_rest.pop() if self._at_rest else await self._proved()
            try:
                yield pipeline
            except asyncio.CancelledError:  # an answer may still be on its way
                pipeline.close()
                raise
            except BaseException:
                await _roll_back(pipeline)
                if pipeline.broken:
                    self._let_go_of_those_at_rest()
                raise
            finally:
                self._at_rest.append(pipeline)
        finally:
            give_back(taken)

    async def _proved(self) -> Pipeline:
        """A new connection, to the database that is known."""
        pipeline = await _with_slot(await self._connect())
        try:
            if not await self._same.prove(pipeline):
                self._let_go_of_those_at_rest()
        except BaseException:
            pipeline.close()
            raise
        return pipeline

    async def follow(self, meet: Work[int], told: Callable[[int], None]) -> None:
        """Run ``meet`` on another database that takes the place of this one, before all else; its answer is told."""

        async def begin(pipeline: Pipeline) -> None:
            if self._numbers is not None:  # it may lead to the one before
                self._numbers.close()
            pipeline.put("BEGIN")
            answer = await meet(self._session(pipeline, set()))
            await pipeline.ask("COMMIT")
            told(answer)

        async with self._connection() as pipeline:
            await self._same.know(pipeline, begin)

    async def prove(self) -> None:
        """Look whether it still is the same database.

        Raises:
            StorageError: the database can't be used now.
        """
        await self._classified(self._prove())

    async def _prove(self) -> None:
        async with self._connection() as pipeline:
            await self._same.prove(pipeline)

    def _let_go_of_those_at_rest(self) -> None:
        """If one connection died, idle ones probably did too; each would cost a full time-out to find out."""
        for pipeline in self._at_rest:
            pipeline.close()

    async def _commit_aside(self, text: str, values: list[Any]) -> PGresult:
        return await (await self._counting()).ask(text, values)

    async def _counting(self) -> Pipeline:
        """One connection commits by itself what must not wait for a unit's commit.

        It need not wait for the disk: the unit's own commit comes after it in the log.
        """
        async with self._renewing:
            if self._numbers is None or self._numbers.broken:
                self._numbers = await self._connect(synchronous_commit="off")
            return self._numbers

    async def _connect(self, **settings: str) -> Pipeline:
        settings |= {"idle_in_transaction_session_timeout": "30s", "statement_timeout": f"{PATIENCE}s"}
        settings |= {"lock_timeout": f"{LOCK_PATIENCE}s"}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        return await Pipeline.open(self._address, application_name=f"gad {NEWEST}", options=options)


def _address(url: str) -> str:
    """As libpq writes it."""
    parsed = make_url(url)
    query = {"sslmode" if name == "ssl" else name: value for name, value in parsed.query.items()}
    return parsed.set(drivername="postgresql", query=query).render_as_string(hide_password=False)


async def _with_slot(pipeline: Pipeline) -> Pipeline:
    """A connection with a number that no other has, whatever the process."""
    try:
        slots = pipeline.rows(await pipeline.ask(_TAKE_SLOT), itemgetter(0))
    except BaseException:  # nobody else knows of it
        pipeline.close()
        raise
    pipeline.slot = slots[0] if slots else 0
    return pipeline


async def _roll_back(pipeline: Pipeline) -> None:
    pipeline.forget()
    pipeline.notes.clear()
    if not (pipeline.broken or pipeline.idle):
        with suppress(*_UNUSABLE):
            await pipeline.ask("ROLLBACK")


def _told(error: BaseException) -> StorageError:
    if isinstance(error, errors.DuplicatePreparedStatement | errors.InvalidSqlStatementName):
        return StorageError(ADVICE)
    why = " ".join(str(error).split()) or reason(error)
    return StorageError(f"storage: PostgreSQL can't be used ({why})")
