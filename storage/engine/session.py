"""The small interface that units of work are written against, and statements that are compiled once per database."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any, Generic, Protocol, TypeVar, cast, overload

from sqlalchemy import ClauseElement, Dialect, TextClause, literal_column
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import ReturnsRows, TypedReturnsRows

from storage.engine.locks import Lock
from storage.schema.rows import row_maker

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
# A row as the driver gives it.
Record = Sequence[Any]
# A row of any table, for those who treat all tables alike.
AnyRow = Mapping[str, Any]


class Query(Generic[R_co]):
    """A statement of SQLAlchemy Core, turned into text once for each database, and the type of its rows.

    The type is a table's class (its rows are made by `storage.schema.rows`) or a NamedTuple for some columns of one or
    more tables; `value` and `mappings` make the other two kinds. A statement without a type gives no rows.
    """

    make: Callable[[Record], R_co]

    @overload
    def __init__(self: "Query[None]", statement: ClauseElement) -> None: ...

    @overload
    def __init__(self, statement: ClauseElement, row: type[R_co] | None) -> None: ...

    def __init__(self, statement: ClauseElement, row: type[Any] | None = None) -> None:
        """Take a statement, and the class that its rows are read as.

        Raises:
            TypeError: the statement's columns are not the fields of ``row``, in their order.
        """
        self._statement = statement
        if row is not None and isinstance(statement, ReturnsRows):
            self.make = row_maker(row, tuple(statement.exported_columns.keys()))

    @staticmethod
    def value(statement: TypedReturnsRows[R] | TextClause) -> "Query[R]":
        """A statement of one column, each of whose rows is read as its value."""
        query: Query[R] = Query(statement, None)
        query.make = itemgetter(0)
        return query

    @staticmethod
    def mappings(statement: ReturnsRows) -> "Query[AnyRow]":
        """A statement on any table, whose rows are read by the names of its columns."""
        names = tuple(statement.exported_columns.keys())
        query: Query[AnyRow] = Query(statement, None)
        query.make = lambda record: dict(zip(names, record, strict=True))
        return query

    @cached_property
    def sqlite(self) -> tuple[str, dict[str, Any]]:
        """The text with ``:name`` places, and the values that the statement itself brings."""
        compiled = self._compiled(sqlite.dialect(paramstyle="named"))
        return str(compiled), _given(compiled)

    @cached_property
    def postgresql(self) -> tuple[str, list[str], dict[str, Any]]:
        """The text with ``$1`` places, the names in their order, and the statement's own values."""
        compiled = self._compiled(PGDialect(paramstyle="numeric_dollar"))  # type: ignore[no-untyped-call]  # has no types
        return str(compiled), list(compiled.positiontup or ()), _given(compiled)

    def _compiled(self, dialect: Dialect) -> SQLCompiler:
        return cast(SQLCompiler, self._statement.compile(dialect=dialect))


def _given(compiled: SQLCompiler) -> dict[str, Any]:
    return {name: bind.value for bind, name in compiled.bind_names.items() if not bind.required}


def const(value: int | str) -> ColumnElement[Any]:
    """A value written into the statement, so that the planner can match it with a partial index."""
    return literal_column(str(int(value)) if isinstance(value, int) else "'" + value.replace("'", "''") + "'")


class Session(Protocol):
    """One transaction (or one reading). Values are given by the names of the statement's places.

    ``slot`` is a number that no other transaction has at the same time, 0 where there is only one. ``notes`` are what
    its transactions leave to each other: gone when one fails, and when another connection may have had the number.
    """

    slot: int
    notes: dict[str, Any]

    async def rows(self, query: Query[R], /, **values: Any) -> list[R]:
        """All rows."""

    async def row(self, query: Query[R], /, **values: Any) -> R | None:
        """The first row, if there is one."""

    def ask(self, query: Query[R], /, **values: Any) -> Awaitable[list[R]]:
        """As ``rows``, to be awaited later: what is asked before the first answer is wanted shares a round trip.

        The answers are awaited in the order of the questions; the first one tells what went wrong.
        """

    async def run(self, query: Query[Any], /, **values: Any) -> None:
        """Execute before all that follows, without waiting for it.

        Its error may come with a later answer or with the commit.
        """

    async def touched(self, query: Query[Any], /, **values: Any) -> int:
        """Execute; how many rows were touched."""

    async def run_each(self, query: Query[Any], values: Iterable[Mapping[str, Any]], /) -> None:
        """``run`` once for each set of values."""

    async def lock(self, *locks: Lock) -> None:
        """Only one transaction at a time is past this line for a lock; it lets go at its end.

        What comes before a lock that is held already is not waited for: the unit may begin anew.
        """

    def try_lock(self, *locks: Lock) -> Awaitable[frozenset[Lock]]:
        """Take those that nobody has, without waiting; all of these that are held now.

        To be awaited later, as what was asked (``ask``).
        """

    async def aside(self, query: Query[R], /, **values: Any) -> R | None:
        """As ``row``, for what may stay when the transaction fails, and need not be waited for until it ends."""
