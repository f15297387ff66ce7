"""Files and folders that nobody but the desk's user may read, whatever the umask.

SQLite gives the files that it makes beside a database the permissions of that database
(https://www.sqlite.org/wal.html), so it is enough that the database begins as a private file.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

FILE, FOLDER = 0o600, 0o700
# Suffixes of what SQLite, the file lock and a restore put beside a database.
_BESIDE = ("", "-wal", "-shm", "-journal", "-desk", ".before-*")


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing; one that is there stays as it is."""
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=FOLDER, exist_ok=True)


def make_file(file: Path) -> None:
    """Make an empty file where none is yet."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, FILE))


def open_new(file: Path) -> BinaryIO:
    """Open a file to write it anew; the caller removes what an attempt before left."""
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "wb")


def tighten(database: Path | None, key: Path, backups: Path | None) -> list[Path]:
    """Take the rights of others from all that a desk keeps; return the paths whose rights can't be changed.

    A folder that is not the desk's alone (the working directory, a home, /tmp) keeps its rights, and only the desk's
    own files in it are changed.
    """
    own = [key]
    if database is not None:
        own += [file for suffix in _BESIDE for file in database.parent.glob(f"{_literal(database.name)}{suffix}")]
    folders = [*(file.parent for file in (database, key) if file is not None), *([backups] if backups else [])]
    if backups is not None:
        own += backups.glob("*gad-*.zip*")
    inside = [path for folder in dict.fromkeys(folders) if _is_the_desks_alone(folder) for path in _all_in(folder)]
    return [path for path in dict.fromkeys([*inside, *own]) if not _tightened(path)]


def _literal(name: str) -> str:
    """The name as a pattern that it alone fits."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _is_the_desks_alone(folder: Path) -> bool:
    try:
        state = folder.stat()
    except OSError:
        return False
    here = Path.cwd()
    shared = {here, *here.parents, Path(os.path.expanduser("~"))}
    return state.st_uid == _user() and not state.st_mode & stat.S_ISVTX and folder.resolve() not in shared


def _all_in(folder: Path) -> Iterator[Path]:
    """The folder and all below it: when it is closed, nobody else reaches what is in it anyway."""
    yield folder
    for place, folders, files in os.walk(folder):
        yield from (Path(place, name) for name in (*folders, *files))


def _tightened(path: Path) -> bool:
    try:
        state = path.lstat()
        if stat.S_ISLNK(state.st_mode) or not state.st_mode & 0o077:
            return True
        path.chmod(stat.S_IMODE(state.st_mode) & ~0o077)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _user() -> int:
    return os.geteuid() if hasattr(os, "geteuid") else -1  # rights are another thing on Windows


def names(paths: Iterable[Path]) -> str:
    """The first few paths, for a line of the log."""
    listed = [str(path) for path in paths]
    return ", ".join(listed[:3]) + (f" and {len(listed) - 3} more" if len(listed) > 3 else "")
