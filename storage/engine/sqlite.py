"""SQLite: one thread that writes and one that reads, each taking what waits.

A unit is ``async def`` code over a ``Session``; here every statement is done when the call returns, so the thread
drives the unit to its end without it ever suspending. The writer commits all that waited together: one fsync for many,
and each is answered only after the commit. When one fails, all of them run again with a savepoint each.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterable, Mapping
from contextvars import copy_context
from typing import Any, Generic, TypeVar, cast

from storage.engine.errors import StorageError, classify_error
from storage.engine.locks import Lock
from storage.engine.session import Query, Session

R = TypeVar("R")
T = TypeVar("T")
Work = Callable[[Session], Awaitable[T]]

BATCH = 128
# A reader that is left open lets the log grow; once they are gone it is cut to this many bytes.
LOG_KEPT = 16 * 1024 * 1024


class Known(Generic[R]):
    """Rows that are there before anybody waits for them."""

    __slots__ = ("_rows",)

    def __init__(self, rows: list[R]) -> None:
        self._rows = rows

    def __await__(self) -> Generator[None, None, list[R]]:
        yield from ()
        return self._rows


class SqliteSession:
    """Statements on one connection, in its own thread: one transaction at a time, so nobody else is to be kept out.

    A new one for each transaction, and after an error: another program may have been at the file meanwhile.
    """

    slot = 0

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.notes: dict[str, Any] = {}
        self._execute = connection.execute
        self._executemany = connection.executemany

    async def rows(self, query: Query[R], /, **values: Any) -> list[R]:
        text, given = query.sqlite
        return [*map(query.make, self._execute(text, given | values if given else values))]

    async def row(self, query: Query[R], /, **values: Any) -> R | None:
        text, given = query.sqlite
        record = self._execute(text, given | values if given else values).fetchone()
        return query.make(record) if record is not None else None

    def ask(self, query: Query[R], /, **values: Any) -> Known[R]:
        text, given = query.sqlite
        return Known([*map(query.make, self._execute(text, given | values if given else values))])

    async def run(self, query: Query[Any], /, **values: Any) -> None:
        text, given = query.sqlite
        self._execute(text, given | values if given else values)

    async def touched(self, query: Query[Any], /, **values: Any) -> int:
        text, given = query.sqlite
        return self._execute(text, given | values if given else values).rowcount

    async def run_each(self, query: Query[Any], values: Iterable[Mapping[str, Any]], /) -> None:
        text, given = query.sqlite
        if every := [{**given, **one} for one in values]:
            self._executemany(text, every)

    async def lock(self, *locks: Lock) -> None:
        """There is nobody to wait for."""

    async def try_lock(self, *locks: Lock) -> frozenset[Lock]:
        return frozenset(locks)

    async def aside(self, query: Query[R], /, **values: Any) -> R | None:
        return await self.row(query, **values)


class Job(Generic[T]):
    """A unit that waits for its turn, and where its answer goes."""

    __slots__ = ("answer", "context", "error", "future", "work")

    def __init__(self, work: Work[T], future: asyncio.Future[T]) -> None:
        self.work = work
        self.context = copy_context()  # of whoever asks: the thread has one of its own
        self.future = future
        self.answer: T | None = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        """Hand the answer over; in the loop's thread."""
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(cast(T, self.answer))


def drive(work: Work[T], session: Session) -> T:
    """Run a unit that never suspends.

    Raises:
        RuntimeError: it waits for something else than this session.
    """
    coroutine = cast(Coroutine[Any, Any, T], work(session))
    try:
        coroutine.send(None)
    except StopIteration as done:
        return cast(T, done.value)
    coroutine.close()
    raise RuntimeError("a unit of work may wait for its session alone")


class ConnectionThread:
    """A thread with one connection that works off units in batches.

    ``prove`` is asked before each commit whether it would be kept; it raises StorageError where it would not.
    """

    def __init__(
        self, connect: Callable[[], sqlite3.Connection], *, writes: bool, prove: Callable[[], None] = lambda: None
    ) -> None:
        self._connect = connect
        self._writes = writes
        self._prove = prove
        self._jobs: queue.SimpleQueue[list[Job[Any]] | None] = queue.SimpleQueue()
        self._gathered: list[Job[Any]] = []
        self._loop = asyncio.get_running_loop()
        self._opened: asyncio.Future[None] = self._loop.create_future()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="writer" if writes else "reader", daemon=True)

    async def start(self) -> None:
        """Open the connection; sqlite3.Error when that fails."""
        self._thread.start()
        await self._opened

    async def run(self, work: Work[T]) -> T:
        """The unit's answer, after the commit of what it wrote; its exception, after its own rollback.

        Raises:
            StorageError: the database can't be used now; nothing of the unit was kept.
            RuntimeError: it comes after the stop.
        """
        if self._closed:
            raise RuntimeError("the storage is closed")
        future: asyncio.Future[T] = self._loop.create_future()
        if not self._gathered:
            # A thread that is woken for each job fights with the loop for the interpreter while it asks for the next.
            self._loop.call_soon(self._hand_over)
        self._gathered.append(Job(work, future))
        return await future

    async def stop(self) -> None:
        """Finish what waits, close the connection, end the thread."""
        self._closed = True
        self._hand_over()
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        try:
            connection = self._connect()
        except sqlite3.Error as error:
            self._loop.call_soon_threadsafe(self._opened.set_exception, error)
            return
        self._loop.call_soon_threadsafe(self._opened.set_result, None)
        running = True
        while running:
            jobs, running = self._take()
            if jobs:
                self._run_batch(connection, jobs)
                self._loop.call_soon_threadsafe(_settle_all, jobs)
        connection.close()

    def _hand_over(self) -> None:
        """Give the thread what this turn of the loop asked for, all at once."""
        gathered, self._gathered = self._gathered, []
        for start in range(0, len(gathered), BATCH):
            self._jobs.put(gathered[start : start + BATCH])

    def _take(self) -> tuple[list[Job[Any]], bool]:
        """Wait for jobs, then take with them what else has come; False when it is time to stop."""
        jobs: list[Job[Any]] = []
        while (more := self._jobs.get()) is not None:
            jobs += more
            if len(jobs) >= BATCH or self._jobs.empty():
                return jobs, True
        return jobs, False

    def _run_batch(self, connection: sqlite3.Connection, jobs: list[Job[Any]]) -> None:
        try:
            if not (self._writes and self._run_all(connection, jobs)):
                self._begin(connection)
                for job in jobs:
                    self._run_one(connection, job)
            self._prove()
            connection.execute("COMMIT")
        except (sqlite3.Error, StorageError) as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            for job in jobs:
                job.error = job.error or classify_error(error)

    def _begin(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("BEGIN IMMEDIATE" if self._writes else "BEGIN")

    def _run_all(self, connection: sqlite3.Connection, jobs: list[Job[Any]]) -> bool:
        """Hardly a unit ever fails, so none gets a savepoint at first; False when one failed: all must run again."""
        self._begin(connection)
        session = SqliteSession(connection)
        for job in jobs:
            try:
                job.answer = job.context.run(drive, job.work, session)
            except Exception:  # noqa: BLE001 - it is run again, and what it raises then is told to whoever asked for it
                return False
        return True

    def _run_one(self, connection: sqlite3.Connection, job: Job[Any]) -> None:
        if self._writes:
            connection.execute("SAVEPOINT unit")
        try:
            job.answer = job.context.run(drive, job.work, SqliteSession(connection))
        except Exception as error:
            if isinstance(error, sqlite3.Error) and not connection.in_transaction:
                raise  # a full disk takes everything back: https://www.sqlite.org/lang_transaction.html
            job.error = classify_error(error)  # whatever a unit raises belongs to whoever asked for it
            if self._writes:
                connection.execute("ROLLBACK TO unit")
        if self._writes:
            connection.execute("RELEASE unit")


def _settle_all(jobs: list[Job[Any]]) -> None:
    for job in jobs:
        job.settle()


def connect(path: str, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection as the desk needs it: WAL, every commit on the disk (``synchronous=FULL``), 5 s of patience."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=512, check_same_thread=False)
    # Deleted rows are overwritten (`secure_delete`): an erased place or text is not left in a free page of the file.
    # 16 MB of pages each for the one who writes and the one who reads: memory stays where it is however large the file.
    for pragma in (
        "busy_timeout=5000",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "cache_size=-16384",
        f"journal_size_limit={LOG_KEPT}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if read_only:
        connection.execute("PRAGMA query_only=ON")
    return connection
