"""Numbers that a desk gave after its backup was made: after a restore none of them is given again (P7).

The backup's rows stay as they are: how many numbers are to be passed over stands in the head of the file, and the desk
that opens it next acts on it (`storage.engine.restored`).
"""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from storage.engine.restored import PERSON, jump, sign

_NAMES = ("task", "unit")


def numbers_lost(fresh: Path, target: Path, age: timedelta) -> int:
    """How many numbers the database at ``target`` has given that the one at ``fresh``, so much older, knows not of.

    It is known when the old one went on from this backup; else there are as many as a desk can have given.
    """
    try:
        with closing(_reading(fresh)) as backup, closing(_reading(target)) as old:
            if _goes_on(backup, old):
                return max(0, *(there - here for there, here in zip(_last(old), _last(backup), strict=True)))
    except sqlite3.Error:  # it is not there, or damaged: that may be why a backup is put in its place
        pass
    return jump(age.total_seconds())


def mark_restored(fresh: Path, lost: int) -> None:
    """Tell whoever opens it that it is a backup, and how many numbers are lost."""
    with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        connection.execute(sign(lost))


def _reading(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None, timeout=1)


def _goes_on(backup: sqlite3.Connection, old: sqlite3.Connection) -> bool:
    """Whether the end of each chain of the backup's record is in the old one's."""
    ends = backup.execute("SELECT chain, hash FROM chain").fetchall()
    known = "SELECT 1 FROM event WHERE chain = ? AND hash = ?"
    return bool(ends) and all(old.execute(known, end).fetchone() is not None for end in ends)


def _last(database: sqlite3.Connection) -> list[int]:
    """The last number of each kind, with those that an earlier restore passed over."""
    counted = dict(database.execute("SELECT name, value FROM counter").fetchall())
    (person,) = database.execute("SELECT coalesce(max(id), 0) FROM person").fetchone()
    (restored,) = database.execute("PRAGMA user_version").fetchone()
    waiting = max(0, restored - 1)
    return [*(counted.get(name, 0) + waiting for name in _NAMES), max(person, counted.get(PERSON, 1) - 1) + waiting]
