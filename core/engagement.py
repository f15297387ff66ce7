"""What a task takes of its agents: nobody is sent to two places (P7)."""

from datetime import datetime

from msgspec import Struct

from core import events as e
from core.task import Assignment, Task
from core.words import AssignmentState, TaskState


def held(task: Task, part: Assignment) -> bool:
    """Whether this part keeps the agent from being offered another emergency."""
    wanted = part.state is AssignmentState.OFFERED or part.state.holds
    return task.emergency and wanted and not task.state.closed


def engaged(task: Task, part: Assignment) -> bool:
    """Whether the agent is busy with it: *en tarea*."""
    begun = task.emergency or task.state is TaskState.IN_PROGRESS
    return part.state.holds and begun and not task.state.closed


def pending(task: Task, part: Assignment) -> bool:
    """Whether it stands in the agent's list of things to do."""
    return (part.state is AssignmentState.OFFERED or part.state.holds) and not task.state.closed


class Timer(Struct, frozen=True, kw_only=True):
    """Something that is due at a moment: so far the end of one agent's time to answer an offer."""

    task: int
    agent: int
    due_at: datetime


def timers(task: Task, events: tuple[e.TaskEvent, ...]) -> tuple[Timer, ...]:
    """The due times that these events set. One that no longer matters is refused when it fires."""
    return tuple(
        Timer(task=task.id, agent=event.agent, due_at=event.until)
        for event in events
        if isinstance(event, e.Offered) and event.until is not None
    )
