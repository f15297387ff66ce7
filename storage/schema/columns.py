"""Column types of all tables (``storage.schema.tables`` and its neighbours)."""

from typing import Any

from sqlalchemy import BigInteger, Column, Computed, Index, Integer, Text
from sqlalchemy import text as sql
from sqlmodel import Field


def big(**extra: Any) -> Any:
    """A whole number of 64 bits."""
    return Field(sa_type=BigInteger, **extra)


def text(**extra: Any) -> Any:
    """Text of any length."""
    return Field(sa_type=Text, **extra)


def derived(condition: str) -> Any:
    """1 where the condition on the row's other columns holds, else 0; the database keeps it so."""
    computed = Computed(f"CASE WHEN {condition} THEN 1 ELSE 0 END", persisted=True)
    return Field(default=None, sa_column=Column(Integer, computed))


def only(name: str, *columns: str, where: str) -> Index:
    """An index of the rows for which ``where`` holds."""
    return Index(name, *columns, sqlite_where=sql(where), postgresql_where=sql(where))


def key() -> Any:
    """A number that the database gives; SQLite does so for INTEGER alone."""
    return Field(default=None, primary_key=True, sa_type=ROW_ID)


ROW_ID = BigInteger().with_variant(Integer, "sqlite")
# Text that is ordered by code point everywhere, so that what has one beginning stands together.
NAME = Text().with_variant(Text(collation="C"), "postgresql")
# A table that is its own index: one tree to write instead of two.
BY_KEY = {"sqlite_with_rowid": False}
