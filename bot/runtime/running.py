"""Finds the desks that run here: each holds a lock on a file for as long as it lives, and the system says whose it is.

A number in a file would outlive its process, and mean another one in another container; a lock does neither.
"""

import fcntl
import os
import secrets
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from storage.engine.private_files import make_folder

# struct flock of fcntl(2) on 64-bit Linux: kind, from where, start, length, process; with its padding.
_FLOCK = "hhqqi4x"
LAST = 2**40


class Running:
    """The sign of this process in ``folder``: a lock on a byte of its own."""

    def __init__(self, folder: Path) -> None:
        self._file = sign_in(folder)
        self._held: int | None = None

    def show(self) -> bool:
        """Hold it until `hide`, or until this process dies; False where the folder can't be written."""
        try:
            make_folder(self._file.parent)
            self._held = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.lockf(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, secrets.randbelow(LAST))
        except OSError:
            self.hide()
            return False
        return True

    def hide(self) -> None:
        """Let go of it."""
        if self._held is not None:
            os.close(self._held)
            self._held = None


def sign_in(folder: Path) -> Path:
    """The file on which the desks that keep their key in this folder hold their locks."""
    return folder / "gad-running"


def desks_in(folder: Path) -> list[int]:
    """Numbers of the processes that show themselves there, as this process sees them.

    Raises:
        OSError: the file is there and can't be read.
    """
    try:
        held = os.open(sign_in(folder), os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return []
    with closing(os.fdopen(held, "rb+")):
        return sorted(pid for pid in _holders(held, 0, LAST) if pid > 0)


def _holders(file: int, first: int, last: int) -> Iterator[int]:
    """The processes that hold a byte between these; the system names one of them at a time."""
    if first > last:
        return
    question = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, first, last - first + 1, 0)
    kind, _, start, length, pid = struct.unpack(_FLOCK, fcntl.fcntl(file, fcntl.F_GETLK, question))
    if kind == fcntl.F_UNLCK:
        return
    yield pid
    yield from _holders(file, first, start - 1)
    yield from _holders(file, start + length, last)
