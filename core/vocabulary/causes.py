"""The cause of what is being done: an update, a request, a due time. Log and outbox name it; no decision reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# How the names of due times begin: these come back, and what is brought about has such a name each time.
DUE = "timer:"


class Cause:
    """A cause by its name, and the tasks to which something happened by it."""

    __slots__ = ("name", "tasks")

    def __init__(self, name: str) -> None:
        self.name = name
        self.tasks: dict[int, None] = {}


_NONE = Cause("")
_cause: ContextVar[Cause] = ContextVar("cause", default=_NONE)


def cause_now() -> str:
    """The name of the cause of what is being done; empty without one."""
    return _cause.get().name


def changed_by_it(task: int) -> None:
    """Note that something happened to a task."""
    cause = _cause.get()
    if cause is not _NONE:
        cause.tasks[task] = None


@contextmanager
def because(name: str) -> Iterator[Cause]:
    """Do what follows by this cause, and all that it begins."""
    before = _cause.set(cause := Cause(name))
    try:
        yield cause
    finally:
        _cause.reset(before)
