"""Watching of every unit of a test run: what it calls of its session, and what its connection waits for."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from storage.engine import postgresql_session, sqlite
from storage.engine.locks import Lock, LockKind
from storage.engine.pipeline import Pipeline
from storage.engine.postgresql_session import PostgresqlSession
from storage.engine.session import Query
from storage.engine.sqlite import SqliteSession
from tests.support import databases
from tests.support.lock_order import Order, Unit

T = TypeVar("T")
Session = SqliteSession | PostgresqlSession

KINDS = {Lock(kind).name: kind for kind in LockKind}
_orders = [Order()]


@contextmanager
def watching(order: Order) -> Iterator[None]:
    """Note what happens meanwhile in a graph of its own."""
    _orders.append(order)
    try:
        yield
    finally:
        _orders.remove(order)


def violations() -> list[str]:
    """Take what was found since the last time."""
    found, _orders[-1].violations = _orders[-1].violations, []
    return found


def _unit(session: Session) -> Unit:
    unit: Unit | None = getattr(session, "unit", None)
    if unit is None:
        unit = Unit(_orders[-1])
        setattr(session, "unit", unit)  # noqa: B010 - the session knows nothing of it
    return unit


def install() -> None:
    """Watch from now on, to the end of the run."""
    drive = sqlite.drive

    def driven(work: sqlite.Work[T], session: Any) -> T:
        setattr(session, "unit", Unit(_orders[-1]))  # noqa: B010 - one session may run several units
        return drive(work, session)

    for module in (sqlite, databases):
        setattr(module, "drive", driven)  # noqa: B010 - a name that the second has from the first
    for kind in (SqliteSession, PostgresqlSession):
        for name in ("rows", "row", "run", "touched"):
            setattr(kind, name, _with_values(getattr(kind, name)))
        setattr(kind, "run_each", _with_each(kind.run_each))  # noqa: B010
        setattr(kind, "ask", _asking(kind.ask))  # noqa: B010
    setattr(SqliteSession, "lock", _locking(SqliteSession.lock))  # noqa: B010
    setattr(SqliteSession, "try_lock", _trying(SqliteSession.try_lock))  # noqa: B010
    setattr(PostgresqlSession, "_tried", _tried(PostgresqlSession._tried))  # noqa: B010
    setattr(PostgresqlSession, "lock", _on_the_wire(PostgresqlSession.lock))  # noqa: B010
    setattr(Pipeline, "put", _put(Pipeline.put))  # noqa: B010


def _with_values(act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def watched(self: Session, query: Query[Any], /, **values: Any) -> Any:
        _unit(self).changes(query.postgresql[0], values)
        return await act(self, query, **values)

    return watched


def _asking(act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    def watched(self: Session, query: Query[Any], /, **values: Any) -> Awaitable[Any]:
        _unit(self).changes(query.postgresql[0], values)
        return act(self, query, **values)

    return watched


def _with_each(act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def watched(self: Session, query: Query[Any], values: Any, /) -> Any:
        each = [*values]
        for one in each:
            _unit(self).changes(query.postgresql[0], one)
        return await act(self, query, each)

    return watched


def _locking(act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """As PostgreSQL's session does it: what comes before the last of those that are held is tried."""

    async def watched(self: SqliteSession, *wanted: Lock) -> None:
        unit = _unit(self)
        last = max(unit.locks, default=None)
        for lock in sorted(set(wanted) - unit.locks):
            (unit.got if last is not None and lock < last else unit.wait_for)(lock)
        await act(self, *wanted)

    return watched


def _trying(act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def watched(self: SqliteSession, *wanted: Lock) -> Any:
        got = await act(self, *wanted)
        for lock in got:
            _unit(self).got(lock)
        return got

    return watched


def _tried(act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def watched(self: PostgresqlSession, wanted: list[Lock]) -> Any:
        got = await act(self, wanted)
        for lock in got:
            _unit(self).got(lock)
        return got

    return watched


def _on_the_wire(act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Tell the connection whose locks it is about to ask for."""

    async def watched(self: PostgresqlSession, *wanted: Lock) -> None:
        setattr(self._pipeline, "unit", _unit(self))  # noqa: B010
        await act(self, *wanted)

    return watched


def _put(act: Callable[..., None]) -> Callable[..., None]:
    """Note what is really waited for, whatever the session made of it."""

    def watched(self: Pipeline, text: str, values: Any = ()) -> None:
        if text == postgresql_session._LOCK:
            unit: Unit = getattr(self, "unit")  # noqa: B009
            for name in values[0]:
                kind, _, key = name.partition(":")
                unit.wait_for(Lock(KINDS[kind], key))
        act(self, text, values)

    return watched
