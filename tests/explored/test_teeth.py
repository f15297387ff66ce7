"""The search finds planted faults, each by its own promise and by few acts; without one, it finds nothing."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from core.desk import desk as desks
from core.rules import escalation, own_danger, timers
from core.rules.timers import Timer, TimerKind
from core.state import task as tasks
from core.state.task import Task
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import EscalationPolicy
from tests.explored import memory_people, memory_tasks
from tests.explored.memory import MemoryRepository
from tests.explored.search import Result, search

Plant = Callable[[pytest.MonkeyPatch], None]


def without(kind: TimerKind) -> Plant:
    """Due times of this kind are forgotten."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        real = timers.task_timers

        def some(*given: object) -> tuple[Timer, ...]:
            return tuple(timer for timer in real(*given) if timer.kind is not kind)  # type: ignore[arg-type]

        patch.setattr(timers, "task_timers", some)

    return plant


def ignoring(*events: type[e.Event]) -> Plant:
    """These events change nothing."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        real = tasks.evolve
        patch.setattr(
            tasks, "evolve", lambda task, event, at: task if isinstance(event, events) else real(task, event, at)
        )

    return plant


def an_end_that_holds(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        memory_tasks, "held", lambda task, part: task.urgent and (part.state.holds or part.state == "offered")
    )


def no_hold(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(memory_tasks, "held", lambda task, part: False)


def a_key_forgotten(patch: pytest.MonkeyPatch) -> None:
    async def forget(self: MemoryRepository, key: str, answer: bytes, now: datetime) -> None:
        """Nothing."""

    patch.setattr(MemoryRepository, "remember", forget)


async def nothing_freed(*given: object) -> None:
    """Ask nobody when somebody is free again."""


def nobody_freed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(desks, "note_freed", nothing_freed)


def no_broadcast(patch: pytest.MonkeyPatch) -> None:
    def at_most_once(policy: EscalationPolicy, step: int, repetition: int, now: datetime) -> None:
        """The ladder has one step."""

    patch.setattr(escalation, "_next_at", at_most_once)
    patch.setattr(escalation, "next_escalation", lambda task, now: None)
    patch.setattr(timers, "next_escalation", lambda task, now: None)


def danger_is_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(memory_people, "is_their_own", lambda task, person: False)
    patch.setattr(own_danger, "offers_left", lambda person: ())
    patch.setattr(desks, "offers_left", lambda person: ())


def a_seat_counted_twice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Task, "missing", property(lambda task: 1))


def a_seat_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(timers, "searching", lambda task: task.owner is None and not task.offers)
    patch.setattr(desks, "note_freed", nothing_freed)


FAULTS: dict[str, tuple[Plant, str]] = {
    "an emergency that is over keeps its agent": (an_end_that_holds, "P7"),
    "nobody is held by whoever asks for them": (no_hold, "P7"),
    "an offer is not withdrawn when another says yes": (ignoring(e.Released), "P7"),
    "a seat is counted as missing that somebody has": (a_seat_counted_twice, "P7"),
    "a seat that was given back is forgotten": (a_seat_forgotten, "P4"),
    "a key is forgotten": (a_key_forgotten, "P2"),
    "the ladder's next step is not due": (without(TimerKind.CLIMB), "P4"),
    "nobody watches a yes": (without(TimerKind.PROGRESS), "P4"),
    "nobody looks for an agent again": (without(TimerKind.SEARCH), "P4"),
    "an offer never ends": (without(TimerKind.OFFER), "P8"),
    "nobody asks whoever is free again": (nobody_freed, "P4"),
    "the ladder ends": (no_broadcast, "P4"),
    "whoever calls for help is asked to go elsewhere": (danger_is_nothing, "P7"),
}


def found(result: Result) -> Iterator[str]:
    return (one for each in result.broken for one in each.broken)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, promise = FAULTS[fault]
    plant(monkeypatch)

    result = search(4, 2, seconds=30)

    assert any(words.startswith(promise) for words in found(result)), fault


def test_without_one_every_promise_is_kept_by_whatever_three_acts() -> None:
    result = search(3, 2)

    assert not [*found(result)]
    assert sum(result.ledgers) > 400
