"""When the database can't be used, whatever was asked of it: told apart from a unit's own mistakes."""

import sqlite3

from core.desk.ports import Unavailable

# https://www.sqlite.org/rescode.html#primary_result_code_list: out of memory, locked by another program, read-only,
# an input or output error, damaged, full, gone, not a database.
_UNUSABLE = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)


class Overtaken(Exception):
    """Another transaction was quicker: what this one read is not so any more. Run again, it decides on what is so."""


class StorageError(Unavailable):
    """The storage can't be used, now or at all; the text is one line for the operator."""


def classify_error(error: Exception) -> Exception:
    """The error as it is, or a StorageError where the database is to blame and not who asked."""
    if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _UNUSABLE:
        return StorageError(f"storage: {error}")
    return error
