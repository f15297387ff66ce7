"""The desk's work on a task: keeps its events with what follows from them, and tells whoever must hear at once."""

from collections.abc import Iterator
from datetime import datetime

from core.desk.ports import Composer, Record, Repository
from core.desk.share_desk import before_of
from core.desk.task_context import task_context
from core.notifications.turns import in_turn
from core.rules import timers
from core.rules.situation import Situation
from core.rules.timers import Timer, TimerKind
from core.state import task as tasks
from core.state.task import Task
from core.vocabulary import events as e
from core.vocabulary import notifying as n


async def keep_task(
    repository: Repository,
    composer: Composer,
    situation: Situation,
    events: tuple[e.TaskEvent, ...],
    reason: str,
    now: datetime,
) -> Task:
    """The task as it is now, kept and recorded; others than those near it hear of it by announcement."""
    before = task = before_of(situation, events)
    told: list[tuple[int, tuple[int, ...]]] = []
    for event in events:
        if isinstance(event, e.Opened):
            task = tasks.opened(await repository.next_task_id(), event, now)
        elif task is not None:
            task = tasks.evolve(task, event, now)
            told += _told(event, task)
    assert task is not None  # decide never answers with nothing
    caller = situation.caller
    await repository.record(
        Record(at=now, event=event, by=caller.id, via=caller.via, reason=reason, task=task.id) for event in events
    )
    file, rest = await task_context(repository, task, situation, events, now)
    # After all that is read: it locks the agents, and others wait for them.
    await repository.save_task(before, task)
    await repository.set_timers(timers.task_timers(before, task, events, situation.rules, now))
    for climb, people in told:
        await repository.note_told(task.id, climb, people, now)
    found = [composer.task(one, file, now) for one in in_turn(events, file, said=_said_before(events, task))]
    await repository.post([message for message in found if message is not None], now)
    if rest is not None:
        await repository.announce(rest)
        await repository.set_timers([Timer(kind=TimerKind.SHOW, task=task.id, due_at=now, urgent=task.urgent)])
    return task


def _said_before(events: tuple[e.TaskEvent, ...], task: Task) -> int:
    """How many the last climb told before this page: whoever is on it has their turn after them."""
    pages = [event for event in events if isinstance(event, n.Notified)]
    fresh = sum(len(page.people) for page in pages if page.climb == task.climb)
    return task.notified - fresh if pages else 0


def _told(event: e.TaskEvent, task: Task) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The climb that has told these people, and who they are."""
    match event:
        case e.Escalated():
            yield task.climb, event.notified
        case n.Notified():
            yield event.climb, event.people
        case e.Reached(told=True):
            yield task.climb, (event.person,)
        case _:  # no other event is a climb
            pass
