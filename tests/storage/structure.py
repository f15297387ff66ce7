"""Structure of a database, on either kind, and the statements that a change of it would break."""

from collections.abc import Iterator
from typing import Any

from alembic.command import upgrade
from alembic.config import Config
from msgspec import Struct
from sqlalchemy import Connection, inspect

from storage.engine.revisions import MIGRATIONS, NEWEST, version


class Column(Struct, frozen=True, kw_only=True):
    """A column; ``given``: the database has a value for it when nobody says one."""

    type: str
    nullable: bool
    given: bool
    computed: str | None


class Shape(Struct, frozen=True, kw_only=True):
    """A table; ``unique``: the columns in which no two rows agree; the indexes by their name."""

    columns: dict[str, Column]
    key: tuple[str, ...]
    unique: frozenset[tuple[str, ...]]
    indexes: dict[str, tuple[tuple[str | None, ...], str]]


def by_revisions(connection: Connection, to: str = NEWEST) -> None:
    """Bring the database up, revision by revision."""
    version.create(connection, checkfirst=True)
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS))
    upgrade(config, to)


def structure(connection: Connection) -> dict[str, Shape]:
    """All tables."""
    found = inspect(connection)
    return {name: _shape(found, name) for name in sorted(found.get_table_names())}


def _shape(found: Any, table: str) -> Shape:
    indexes = [one for one in found.get_indexes(table) if not one.get("duplicates_constraint")]
    own = {one["name"]: (tuple(one["column_names"]), _where(one)) for one in indexes if not one["unique"]}
    unique = [one["column_names"] for one in indexes if one["unique"]]
    unique += [one["column_names"] for one in found.get_unique_constraints(table)]
    return Shape(
        columns={one["name"]: _column(one) for one in found.get_columns(table)},
        key=tuple(found.get_pk_constraint(table)["constrained_columns"]),
        unique=frozenset(map(tuple, unique)),
        indexes=own,
    )


def _column(found: Any) -> Column:
    computed = found.get("computed")
    return Column(
        type=str(found["type"]),
        nullable=found["nullable"],
        given=computed is not None or found["default"] is not None or bool(found.get("autoincrement")) is True,
        computed=computed["sqltext"] if computed else None,
    )


def _where(index: Any) -> str:
    options = index.get("dialect_options", {})
    return str(options.get("sqlite_where", options.get("postgresql_where", "")))


def breaks(before: dict[str, Shape], after: dict[str, Shape]) -> list[str]:
    """Abilities that a desk of the schema before would lose, one line each; empty when something was only added."""
    gone = [f"{table} is gone" for table in before if table not in after]
    return gone + [line for table in before if table in after for line in _broken(table, before[table], after[table])]


def _broken(table: str, old: Shape, new: Shape) -> Iterator[str]:
    for name, column in old.columns.items():
        if (now := new.columns.get(name)) is None:
            yield f"{table}.{name} is gone"
        elif (now.type, now.computed) != (column.type, column.computed) or now.nullable < column.nullable:
            yield f"{table}.{name} is not what it was"
    for name in new.columns.keys() - old.columns.keys():
        if not (new.columns[name].nullable or new.columns[name].given):
            yield f"{table}.{name} must be given, and an older desk does not know it"
    if old.key != new.key or new.unique - old.unique:
        yield f"{table} refuses rows that it took"
    for name in old.indexes.keys() - new.indexes.keys():
        yield f"the index {name} is gone"
