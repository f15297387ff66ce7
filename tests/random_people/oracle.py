"""Promises that hold at the end of any night, whoever did whatever, each with the traces that break it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator

from bot.ui.texts import Texts
from core.rules.timers import TimerKind, at_work, searching
from core.state.commitments import held
from core.state.task import Task, answered
from core.vocabulary.words import Availability, Membership, Priority, Role, TaskState
from tests.random_people.cards import old_cards
from tests.random_people.danger import asked_in_danger
from tests.random_people.traces import Traces
from tests.random_people.world import World

# With these the desk says that it failed somebody: the sender, or the administrators.
APOLOGIES = ("update-failed", "parked-update", "parked-message", "stand-by")
BLOCKED = "403"
AGAIN = (TimerKind.CLIMB, TimerKind.PROGRESS, TimerKind.OFFER)


def judge(traces: Traces, world: World, texts: Texts, excused: Collection[str] = ()) -> list[str]:
    """Everything that is wrong, in sentences that begin with the promise. ``excused``: apologies that are due."""
    found = [
        *_each("P1 an update was set aside", traces.set_aside),
        *_each("P1 an update is not handled", traces.unhandled),
        *_each("P3 a message was not sent", traces.unsent),
        *_each("P3 a message was set aside", (one for one in traces.refused if f": {BLOCKED}" not in one)),
        *_each("the desk apologises", _apologies(traces, texts, excused)),
    ]
    for promise, broken in PROMISES.items():
        found += _each(promise, broken(traces))
    found += _each("a card is not the truth", old_cards(traces, world, texts))
    return found


def _each(promise: str, broken: Iterator[str] | list[str]) -> Iterator[str]:
    return (f"{promise}: {one}" for one in broken)


def _apologies(traces: Traces, texts: Texts, excused: Collection[str]) -> Iterator[str]:
    keys = [key for key in APOLOGIES if key not in excused]
    beginnings = {str(texts(key, tries=3, name="", chat="", why="")).splitlines()[0][:20] for key in keys}
    for chat, said in traces.said:
        if said[:20] in beginnings:
            yield f"to {chat}: {said[:120]!r}"


def _silent(traces: Traces) -> Iterator[str]:
    """Open emergencies that nobody is at and that nothing will ever bring up again."""
    for task in _open_emergencies(traces):
        due = {timer.kind for timer in traces.timers[task.id]}
        if not at_work(task) and not task.quiet and not due.intersection(AGAIN):
            yield f"{task.code} has no next step, only {sorted(due)}; answered: {answered(task)}"
        if searching(task) and TimerKind.SEARCH not in due:
            yield f"{task.code} has no agent, and nobody is looked for"


def _overdue(traces: Traces) -> Iterator[str]:
    for number, due in traces.timers.items():
        for timer in due:
            if timer.due_at < traces.now:
                yield f"{timer.kind} of task {number} was due at {timer.due_at:%H:%M:%S}"


def _held_twice(traces: Traces) -> Iterator[str]:
    holding: Counter[int] = Counter()
    for task in traces.tasks.values():
        holding.update(part.agent for part in task.assignments if held(task, part))
        if task.urgent and len(task.crew) > task.seats:
            yield f"{task.code} has more in it than seats"
    for agent, times in holding.items():
        if times > 1:
            yield f"agent {agent} is held by {times} emergencies"
    for person in traces.people.values():
        if (person.hold is not None) != (holding[person.id] > 0):
            yield f"agent {person.id} is kept for {person.hold}, and {holding[person.id]} emergencies say so"


def _put_out(traces: Traces) -> Iterator[str]:
    """Open work that stayed with somebody who was shut out."""
    out = {person.id for person in traces.people.values() if person.membership is Membership.DISABLED}
    for task in traces.tasks.values():
        if task.state.closed:
            continue
        for part in task.assignments:
            if part.agent in out and (part.state.holds or part in task.offers):
                yield f"{task.code} is still with {part.agent}, who is shut out"


def _numbers(traces: Traces) -> Iterator[str]:
    """Gauges against what they count."""
    tasks, gauges = list(traces.tasks.values()), traces.gauges
    true: dict[tuple[str, frozenset[tuple[str, str]]], float] = {
        ("gad_alerts_unanswered", frozenset()): sum(_unanswered(task) for task in tasks),
        ("gad_inbox_parked", frozenset()): len(traces.set_aside),
    }
    for state in TaskState:
        for priority in Priority:
            labels = frozenset({("state", state.value), ("priority", priority.name.lower())})
            true["gad_tasks", labels] = sum(t.state is state and t.priority is priority for t in tasks if not t.drill)
    agents = [person for person in traces.people.values() if person.active and person.role is Role.AGENT]
    for availability in Availability:
        labels = frozenset({("availability", availability.value)})
        true["gad_agents", labels] = sum(person.availability is availability for person in agents)
    waiting = sum(number for (name, _), number in gauges.items() if name == "gad_inbox_waiting")  # by lane
    if waiting != len(traces.unhandled):
        yield f"gad_inbox_waiting is {waiting}, and it is {len(traces.unhandled)}"
    for (name, labels), number in true.items():
        if (said := gauges.get((name, labels))) != number:
            yield f"{name}{dict(labels)} is {said}, and it is {number}"


def _unanswered(task: Task) -> bool:
    return task.alert and not task.drill and not task.state.closed and not answered(task)


def _record(traces: Traces) -> Iterator[str]:
    if traces.audit.flaw is not None:
        yield f"{traces.audit}"


def _open_emergencies(traces: Traces) -> Iterator[Task]:
    return (task for task in traces.tasks.values() if task.emergency and not task.state.closed)


PROMISES: dict[str, Callable[[Traces], Iterator[str]]] = {
    "P4 an emergency ends in silence": _silent,
    "P7 somebody is held twice": _held_twice,
    "P8 a due time did not act": _overdue,
    "P10 the record is bent": _record,
    "P14 somebody shut out holds something": _put_out,
    "a number is wrong": _numbers,
    "somebody in danger is asked": asked_in_danger,
}
