"""The small interface that units of work are written against, and statements that are compiled once per database."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Protocol, cast

from sqlalchemy import ClauseElement, Dialect, literal_column
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement

Row = Mapping[str, Any]


class Query:
    """A statement of SQLAlchemy Core, turned into text once for each database."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement

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

    async def rows(self, query: Query, /, **values: Any) -> list[Row]:
        """All rows."""

    async def row(self, query: Query, /, **values: Any) -> Row | None:
        """The first row, if there is one."""

    async def run(self, query: Query, /, **values: Any) -> None:
        """Execute before whatever follows. Nobody waits for it: what it raises may come with a later answer or with
        the commit."""

    async def touched(self, query: Query, /, **values: Any) -> int:
        """Execute; how many rows were touched."""

    async def run_each(self, query: Query, values: Iterable[Mapping[str, Any]], /) -> None:
        """``run`` once for each set of values."""

    async def lock(self, *names: str) -> None:
        """Only one transaction at a time is past this line for a name; it lets go at its end."""

    async def aside(self, query: Query, /, **values: Any) -> Row | None:
        """As ``row``, for what may stay when the transaction fails, and need not be waited for until it ends."""
