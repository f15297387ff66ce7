"""Servers as children of the tests: in a folder of their own, ended with them."""

import ctypes
import os
import pwd
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

PATIENCE = 20.0
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def somebody_else() -> dict[str, Any]:
    """Arguments of ``Popen``: PostgreSQL refuses to be run by root, whom containers are fond of."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def give_away(folder: Path) -> None:
    """The folder belongs to whoever `somebody_else` is."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)


def in_reach_of_somebody_else(place: Path) -> bool:
    """Whether whoever `somebody_else` is can get at a folder: every folder above it lets everybody through."""
    return os.geteuid() != 0 or all(each.stat().st_mode & stat.S_IXOTH for each in (place, *place.parents))


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end_with_the_tests() -> None:
    """Tests that are killed leave no process behind: the kernel ends it with them (Linux, prctl(2))."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)


class Child:
    """A server that runs until `stop`; ``up`` says whether it answers already."""

    def __init__(self, command: Sequence[str], *, log: Path, up: Callable[[], bool], as_nobody: bool = False) -> None:
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                command,
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                preexec_fn=end_with_the_tests,  # noqa: PLW1509 - one system call, which takes no lock
                **(somebody_else() if as_nobody else {}),
            )
        self.pid = self._process.pid
        end = time.monotonic() + PATIENCE
        while not up():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{command[0]} does not start: {log.read_text('utf-8', 'replace')[-2000:]}")
            time.sleep(0.01)

    def stop(self, number: int) -> None:
        """End it by a signal, and wait."""
        self._process.send_signal(number)
        self._process.wait(PATIENCE)
