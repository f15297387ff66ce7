"""Commitments of agents to a task: nobody is sent to two places (P7). A drill takes nothing of anybody."""

from core.state.task import Assignment, Task
from core.vocabulary.words import AssignmentState, TaskState


def held(task: Task, part: Assignment) -> bool:
    """Whether this part keeps the agent from being offered another emergency."""
    wanted = part.state is AssignmentState.OFFERED or part.state.holds
    return task.urgent and wanted and not task.state.closed


def engaged(task: Task, part: Assignment) -> bool:
    """Whether the agent is busy with it: *en tarea*."""
    begun = task.emergency or task.state is TaskState.IN_PROGRESS
    return part.state.holds and begun and not task.state.closed and not task.drill


def pending(task: Task, part: Assignment) -> bool:
    """Whether it stands in the agent's list of things to do."""
    return (part.state is AssignmentState.OFFERED or part.state.holds) and not task.state.closed


def newly_pending(before: Task | None, after: Task, agent: int) -> bool:
    """Whether the agent gets work that they did not have."""
    was, part = before.part_of(agent) if before else None, after.part_of(agent)
    return part is not None and pending(after, part) and not (before and was and pending(before, was))


def has_reserves(task: Task) -> bool:
    """Whether who says yes late is kept in reserve: where an emergency has several seats, agents are looked for."""
    return task.emergency and task.seats > 1
