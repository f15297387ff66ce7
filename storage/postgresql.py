"""PostgreSQL: a pool of connections, a transaction for each unit; one that others got in the way of runs again.

At READ COMMITTED each statement sees what was committed before it, so a unit that takes the lock of what it is about
(`Session.lock`, or a row ``FOR UPDATE``) reads the truth after it and decides on that, as on SQLite.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

import asyncpg

from storage.revisions import NEWEST
from storage.session import Query, Row, Session
from storage.trouble import Overtaken, StorageError

T = TypeVar("T")
Unit = Callable[[Session], Awaitable[T]]
Values = Mapping[str, Any]

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]
    Pool = asyncpg.Pool[asyncpg.Record]
else:  # generic in its type stubs alone
    Connection, Pool = asyncpg.Connection, asyncpg.Pool

TRIES = 12
PATIENCE = 10.0  # seconds, for a connection and for each statement
# What another transaction caused, and what another try has a good chance against.
_IN_THE_WAY = (
    Overtaken,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.UniqueViolationError,
)
# The server is gone, going, full, out of memory or a standby, or the connection to it was cut.
_TROUBLE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.PostgresIOError,
    asyncpg.InternalClientError,
)
_TAKE_SLOT = "SELECT n FROM generate_series(1, 1000) n WHERE pg_try_advisory_lock(1709, n) LIMIT 1"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) name"
_TRY_LOCK = "SELECT bool_and(pg_try_advisory_xact_lock(hashtextextended(name, 0))) FROM unnest($1::text[]) name"


class _Contended(Overtaken):
    """A lock that comes before one that is held already was not free: the unit begins anew and takes it first."""


class PostgresqlSession:
    """Statements on one connection, in its transaction. ``wanted`` are the locks that earlier tries came to."""

    def __init__(self, connection: Connection, slot: int, wanted: set[str], aside: Callable[..., Awaitable[Any]]):
        self.slot = slot
        self._connection = connection
        self._wanted = wanted
        self._aside = aside
        self._held: set[str] = set()

    async def rows(self, query: Query, /, **values: Any) -> list[Row]:
        text, arguments = _filled(query, values)
        return cast(list[Row], await self._connection.fetch(text, *arguments))

    async def row(self, query: Query, /, **values: Any) -> Row | None:
        text, arguments = _filled(query, values)
        return cast(Row | None, await self._connection.fetchrow(text, *arguments))

    async def run(self, query: Query, /, **values: Any) -> None:
        text, arguments = _filled(query, values)
        await self._connection.execute(text, *arguments)

    async def touched(self, query: Query, /, **values: Any) -> int:
        text, arguments = _filled(query, values)
        status = await self._connection.execute(text, *arguments)
        return int(status.rpartition(" ")[2]) if status[-1:].isdigit() else 0

    async def run_each(self, query: Query, values: Iterable[Values], /) -> None:
        text, names, given = query.postgresql
        rows = [[{**given, **one}[name] for name in names] for one in values]
        if len(rows) == 1:  # a round trip less
            await self._connection.execute(text, *rows[0])
        elif rows:
            await self._connection.executemany(text, rows)

    async def lock(self, *names: str) -> None:
        """Locks are waited for in the order of their names, so that no two transactions wait for each other."""
        wanted = sorted(set(names) - self._held)
        if not wanted:
            return
        self._wanted.update(wanted)
        if not self._held or wanted[0] > max(self._held):
            await self._connection.execute(_LOCK, wanted)
        elif not await self._connection.fetchval(_TRY_LOCK, wanted):
            raise _Contended
        self._held.update(wanted)

    async def aside(self, query: Query, /, **values: Any) -> Row | None:
        text, arguments = _filled(query, values)
        return cast(Row | None, await self._aside(text, *arguments))


def _filled(query: Query, values: Values) -> tuple[str, list[Any]]:
    text, names, given = query.postgresql
    every = {**given, **values} if given else values
    return text, [every[name] for name in names]


class Postgresql:
    """A database of PostgreSQL's; ``url`` as SQLAlchemy writes it (``postgresql+asyncpg://…``)."""

    shared = True

    def __init__(self, url: str, *, connections: int = 16) -> None:
        self._dsn = url.replace("postgresql+asyncpg://", "postgresql://", 1)
        self._connections = connections
        self._pool: Pool | None = None
        self._numbers: Pool | None = None

    async def start(self) -> None:
        """Open the pools; StorageError when the server can't be used."""
        try:
            self._pool = await self._open(self._connections, init=_take_slot)
            # One connection commits by itself what must not wait for a unit's commit. It need not wait for the disk:
            # the unit's own commit comes after it in the log, and so never is there without it.
            self._numbers = await self._open(1, server_settings={"synchronous_commit": "off"})
        except (*_TROUBLE, TimeoutError) as error:
            raise _told(error) from error

    async def stop(self) -> None:
        """Finish what is under way and close."""
        for pool in (self._pool, self._numbers):
            if pool is not None:
                await pool.close()

    async def write(self, unit: Unit[T]) -> T:
        """The unit's answer, after the commit. It may run several times before: it changes nothing but the database.

        Raises:
            StorageError: the database can't be used now. When the connection was cut during the commit nobody knows
                whether the unit was kept, so whoever asks again asks in a way that it is done once.
            RuntimeError: it comes after the stop.
        """
        wanted: set[str] = set()
        for attempt in range(TRIES):
            try:
                return await self._once(unit, wanted=wanted, readonly=False)
            except _IN_THE_WAY:
                if attempt == TRIES - 1:
                    raise
            await asyncio.sleep(random.random() * 0.001 * 2 ** min(attempt, 6))
        raise AssertionError("the last try returns or raises")

    async def read(self, unit: Unit[T]) -> T:
        """The unit's answer, on one consistent view."""
        return await self._once(unit, wanted=set(), readonly=True)

    async def _once(self, unit: Unit[T], *, wanted: set[str], readonly: bool) -> T:
        if self._pool is None or self._pool.is_closing():
            raise RuntimeError("the storage is closed")
        isolation: Literal["repeatable_read", "read_committed"] = "repeatable_read" if readonly else "read_committed"
        try:
            async with (
                self._pool.acquire(timeout=PATIENCE) as proxy,
                proxy.transaction(isolation=isolation, readonly=readonly),
            ):
                connection = cast(Connection, proxy)
                session = PostgresqlSession(connection, getattr(connection, "slot", 0), wanted, self._commit_aside)
                if wanted:
                    await session.lock(*wanted)
                return await unit(session)
        except (*_TROUBLE, TimeoutError) as error:
            raise _told(error) from error
        except asyncpg.InterfaceError as error:
            if isinstance(error, ValueError):  # a value that does not fit its column
                raise
            raise _told(error) from error  # the connection was cut under it

    async def _commit_aside(self, text: str, *arguments: Any) -> Any:
        assert self._numbers is not None
        async with self._numbers.acquire(timeout=PATIENCE) as connection:
            return await connection.fetchrow(text, *arguments)

    async def _open(self, most: int, **options: Any) -> Pool:
        settings = {"application_name": f"gad {NEWEST}", "idle_in_transaction_session_timeout": "30s"}
        return await asyncpg.create_pool(
            self._dsn,
            min_size=1,
            max_size=most,
            connection_class=_Slotted,
            reset=_nothing_to_reset,
            timeout=PATIENCE,
            command_timeout=PATIENCE,
            statement_cache_size=1024,
            server_settings=settings | options.pop("server_settings", {}),
            **options,
        )


class _Slotted(Connection):
    """A connection with a number that no other has, whatever the process."""

    slot = 0


async def _take_slot(connection: Connection) -> None:
    cast(_Slotted, connection).slot = await connection.fetchval(_TAKE_SLOT) or 0


async def _nothing_to_reset(_: object) -> None:
    """A unit leaves nothing behind but its transaction; the usual reset would give the connection's slot away."""


def _told(error: BaseException) -> StorageError:
    return StorageError(f"storage: PostgreSQL can't be used ({type(error).__name__}: {error})")
