"""Exit codes: whoever starts the desk again can tell a mistake in the configuration from a database that is away.

They are those of sysexits.h (https://man.openbsd.org/sysexits.3), and a shell's own for a signal.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """Codes with which `gad` ends."""

    DONE = 0
    FAILED = 1  # the command could not do it, or found what it looked for to be wrong
    USAGE = 64
    UNAVAILABLE = 69
    SOFTWARE = 70
    OS = 71
    CONFIG = 78
    INTERRUPTED = 130
    TERMINATED = 143
