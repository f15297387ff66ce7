"""Commits of the desk, for those who count: each is told once, by the process whose it was."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from core.desk.ports import Record
from core.rules.timers import Timer
from core.state.task import Task
from core.vocabulary.causes import DUE


class Happened(Struct, frozen=True, kw_only=True):
    """Events of one task, oldest first, and the task as it is since."""

    task: Task
    records: tuple[Record, ...]


class Fired(Struct, frozen=True, kw_only=True):
    """A due time that fired, and how late; ``cause``: its name in the log."""

    cause: str
    urgent: bool
    late: timedelta


class Committed(Struct, frozen=True, kw_only=True):
    """One unit of work: the tasks to which something happened, and the due times that fired."""

    tasks: tuple[Happened, ...] = ()
    fired: tuple[Fired, ...] = ()


Tell = Callable[[Committed], None]


def happened(tasks: Mapping[int, Task], records: Iterable[Record]) -> tuple[Happened, ...]:
    """The records of each of these tasks, by task."""
    of: dict[int, list[Record]] = {task: [] for task in tasks}
    for record in records:
        if record.task in of:
            of[record.task].append(record)
    return tuple(Happened(task=task, records=tuple(of[task.id])) for task in tasks.values() if of[task.id])


def fired(timers: Iterable[Timer], now: datetime) -> tuple[Fired, ...]:
    """These due times, taken off the list now."""
    nothing = timedelta(0)
    return tuple(
        Fired(cause=cause_of(timer), urgent=timer.urgent, late=max(now - timer.due_at, nothing)) for timer in timers
    )


def cause_of(timer: Timer) -> str:
    """The name of a due time as a cause; it may fire again under it."""
    return f"{DUE}{timer.kind}:{timer.task or timer.person or timer.unit}"
