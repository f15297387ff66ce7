"""The desk's file under its own name, as it was opened (P1).

SQLite goes on writing to a file that somebody moved, deleted or replaced: every commit is well, and at the end of the
process all of it is gone. So nothing is committed to a file that the next process would not find.
"""

import os
from pathlib import Path

from storage.engine.errors import StorageError

# Of both a commit may be in either (https://www.sqlite.org/wal.html).
_FILES = ("", "-wal")


class OwnFile:
    """Remembers which file each name led to at first."""

    def __init__(self, path: Path) -> None:
        self._names = [f"{path}{end}" for end in _FILES]
        self._known: dict[str, tuple[int, int]] = {}

    def prove(self) -> None:
        """Look whether each name still leads there.

        Raises:
            StorageError: the file was moved, deleted or replaced.
        """
        for name in self._names:
            found = _identity(name)
            if found is None or self._known.setdefault(name, found) != found:
                raise StorageError(f"storage: {name} was moved, deleted or replaced under the desk; put it back")


def _identity(name: str) -> tuple[int, int] | None:
    try:
        found = os.stat(name)
    except OSError:
        return None
    return found.st_dev, found.st_ino
