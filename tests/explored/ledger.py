"""A desk's ledger in memory: what its storage holds, cheap to copy, and equal where nothing that counts differs."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from core.notifications.announcement import Announcement
from core.rules.timers import Timer, TimerKind
from core.state.parts import Assignment
from core.state.person import Person
from core.state.task import Task

Due = tuple[TimerKind, int, int, int]
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
REFUSED_AT_THE_END = frozenset(
    {TimerKind.OFFER, TimerKind.CLIMB, TimerKind.PROGRESS, TimerKind.SEARCH, TimerKind.NOTIFY, TimerKind.SPARE}
)


class Ledger(Struct, kw_only=True):
    """Everything that is kept. ``told``: the climb that told a person of a task; ``cards``: accounts that have one.

    ``answers`` are those given to idempotency keys.
    """

    now: datetime
    people: dict[int, Person] = {}
    tasks: dict[int, Task] = {}
    timers: dict[Due, Timer] = {}
    told: dict[tuple[int, int], int] = {}
    cards: dict[str, frozenset[int]] = {}
    announcements: tuple[Announcement, ...] = ()
    answers: dict[str, bytes] = {}

    def copy(self) -> "Ledger":
        """The same, to be changed: what it holds never changes itself."""
        return replace(
            self,
            people=dict(self.people),
            tasks=dict(self.tasks),
            timers=dict(self.timers),
            told=dict(self.told),
            cards=dict(self.cards),
            answers=dict(self.answers),
        )

    def take(self, other: "Ledger") -> None:
        """Become the other one."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(other, name))

    @property
    def next_due(self) -> datetime | None:
        """When the next due time is."""
        return min((timer.due_at for timer in self.timers.values()), default=None)

    def due(self) -> list[Timer]:
        """Due times that have come, those of emergencies first, then the oldest."""
        come = (timer for timer in self.timers.values() if timer.due_at <= self.now)
        return sorted(come, key=lambda timer: (not timer.urgent, timer.due_at, timer.kind, timer.task, timer.person))

    def open_tasks(self) -> Iterable[Task]:
        """Tasks that are not closed, by number."""
        return (task for _, task in sorted(self.tasks.items()) if not task.state.closed)

    def key(self) -> bytes:
        """Equal for ledgers from which the same can follow: what is due counts from now, what was doesn't count."""
        told = sorted(key for key, climb in self.told.items() if self.tasks[key[0]].climb == climb)
        due = [
            (*key, (each.due_at - self.now).total_seconds()) for key, each in self.timers.items() if self._acts(each)
        ]
        return msgspec.msgpack.encode(
            (
                [_now_of_person(person) for person in self.people.values()],
                [_now_of(task) for task in self.tasks.values()],
                sorted(due),
                told,
                sorted((card, sorted(where)) for card, where in self.cards.items()),
                [replace(one, id=0, climb=int(one.climb == self._climb_of(one.task))) for one in self.announcements],
            )
        )

    def _climb_of(self, task: int) -> int:
        return self.tasks[task].climb

    def _acts(self, timer: Timer) -> bool:
        """Whether something comes of it: what is about an end that has come is refused when it fires."""
        task = self.tasks.get(timer.task)
        return timer.kind not in REFUSED_AT_THE_END or task is None or not task.state.closed


def _now_of_person(person: Person) -> Person:
    return replace(person, position=None)


def _now_of(task: Task) -> Task:
    """The task without what says only how and when it came so far."""
    now_of = replace(
        task,
        version=0,
        climb=int(task.climb > 0),
        telling=tuple(replace(one, climb=int(one.climb == task.climb)) for one in task.telling),
        notes=0,
        escalations=min(task.escalations, 1),
        opened_at=NEVER,
        sent_at=NEVER,
        acknowledged_at=NEVER if task.acknowledged_at is not None else None,
        joined_at=None,
        closed_at=NEVER if task.state.closed else None,
        assignments=tuple(replace(part, since=_nth(task, part), distance=None) for part in task.assignments),
        policy=None,
    )
    return replace(now_of, step=0, repetition=0, telling=(), climb=0) if task.state.closed else now_of


def _nth(task: Task, part: Assignment) -> datetime:
    """The place of a part among those of its task, for whoever said yes first leads."""
    return NEVER + timedelta(seconds=sum(other.since < part.since for other in task.assignments))
