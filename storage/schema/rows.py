"""Rows and columns under the names that the table classes declare: mypy finds a renamed one wherever it is used.

To mypy a row is an instance of its table's class. At run time it is a struct of the same columns: SQLModel's own
instances keep track of changes, and take 95 µs to make in place of a quarter (``docs/sqlmodel.md``).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from msgspec import Struct, defstruct
from msgspec.structs import asdict
from sqlalchemy import Column
from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import SQLModel

from storage.schema.tables import table

R = TypeVar("R")
T = TypeVar("T")
Model = TypeVar("Model", bound=SQLModel)


def col(attribute: T) -> Column[T]:
    """The Core column of a table class's attribute: ``col(PersonRow.role)``.

    Raises:
        TypeError: it is no attribute of a table class.
    """
    if not isinstance(attribute, InstrumentedAttribute):
        raise TypeError(f"{attribute!r} is no column of a table class")
    column: Column[T] = attribute.class_.__table__.c[attribute.key]
    return column


def row_class(model: type[Model]) -> type[Model]:
    """The class of a table's rows: called with every column by name, it makes a row to be written."""
    return cast(type[Model], _struct(model))  # the one place where the struct takes the table class's type


@cache
def _struct(model: type[SQLModel]) -> type[Any]:
    """A row holds plain values alone, so the collector of garbage need not know of it."""
    return defstruct(model.__name__, table(model).c.keys(), frozen=True, gc=False)


def row_maker(row: type[R], columns: tuple[str, ...]) -> Callable[[Sequence[Any]], R]:
    """Makes rows of a table's class, or of a NamedTuple, from values in the order of these columns.

    Raises:
        TypeError: the columns are not its fields, in their order.
    """
    made: Any = _struct(row) if issubclass(row, SQLModel) else row
    fields = made.__struct_fields__ if issubclass(made, Struct) else made._fields
    if columns != fields:
        raise TypeError(f"{row.__name__} has the fields {fields}, its statement the columns {columns}")
    return lambda record: made(*record)


def values_of(row: SQLModel) -> Mapping[str, Any]:
    """The values of a row that `row_class` made, by column, as a statement takes them."""
    return asdict(cast(Struct, row))
