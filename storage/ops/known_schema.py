"""The database as the desk makes it, to find in a backup what it does not make: a trigger would act by itself."""

import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from storage.engine.revisions import NEWEST, Schema, version
from storage.ops.migrate import apply
from storage.ops.moved import SIGN
from storage.schema.metadata import METADATA

# SQLite's own tables, where it needs them.
_OWN = {
    "sqlite_sequence": "CREATE TABLE sqlite_sequence(name,seq)",
    "sqlite_stat1": "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "sqlite_stat4": "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
# The sign on a database that was moved away names an address, and reads nothing.
_THE_SIGN = re.compile(rf"CREATE VIEW {SIGN} AS SELECT CAST\('(?:[^']|'')*' AS text\) AS \"to\"")


class Part(NamedTuple):
    """A table, an index, a trigger or a view, and the statement that makes it."""

    kind: str
    sql: str


def strangers(connection: sqlite3.Connection, schema: Schema) -> list[str]:
    """In what the database differs from the one that the desk makes, one line each.

    A newer desk may have added tables and columns that this one doesn't know, but nothing that acts by itself.
    """
    found, known = _parts(connection), _known(schema.revision if schema.known else NEWEST)
    return [*_missing(found, known), *_added(found, known, newer=not schema.known)]


def _missing(found: dict[str, Part], known: dict[str, Part]) -> Iterator[str]:
    for name in sorted(known.keys() - found.keys() - _OWN.keys()):
        yield f"the {known[name].kind} {name} is missing"


def _added(found: dict[str, Part], known: dict[str, Part], *, newer: bool) -> Iterator[str]:
    for name, part in sorted(found.items()):
        own = Part("table", _OWN[name]) if name in _OWN else known.get(name)
        if part == own or _is_sign(name, part) or (newer and part.kind in ("table", "index")):
            continue
        yield f"the {part.kind} {name} is " + ("not the desk's" if own is None else "not as the desk makes it")


def _is_sign(name: str, part: Part) -> bool:
    return name == SIGN and part.kind == "view" and _THE_SIGN.fullmatch(part.sql) is not None


def _parts(connection: sqlite3.Connection) -> dict[str, Part]:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    # An index that UNIQUE brings along has a name made of its table's, and no statement.
    return {
        name: Part(kind, " ".join((sql or "").split()))
        for kind, name, table, sql in rows
        if not (kind == "index" and sql is None and name.startswith(f"sqlite_autoindex_{table}_"))
    }


@cache
def _known(revision: str) -> dict[str, Part]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        if revision == NEWEST:
            METADATA.create_all(connection)
            version.create(connection)
        else:
            apply(connection, to=revision)
        made = connection.connection.driver_connection
        assert isinstance(made, sqlite3.Connection)
        parts = _parts(made)
    engine.dispose()
    return parts
