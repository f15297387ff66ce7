"""SIGTERM and SIGHUP from the first line on, before the desk has a loop that could close it.

The first process of a container hears no signal for which it has no handler (pid_namespaces(7)), so a stop in the time
that the imports take would be lost, and the desk be killed at the end of the runtime's patience.
"""

import os
import signal
from types import FrameType


def end_by_signal(number: int, frame: FrameType | None) -> None:
    """End as without a handler; the first process, which that doesn't end, with the code that a shell would give."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(128 + number)


def take() -> None:
    """Let SIGTERM end this process until somebody else takes it."""
    signal.signal(signal.SIGTERM, end_by_signal)


def hold_reloads() -> None:
    """Let a SIGHUP wait that comes before the desk can read its configuration again; by itself it would end this."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})


def take_reloads() -> None:
    """Let those that waited come, and all later ones."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})
