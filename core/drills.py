"""Drills: emergencies that are practice. The chain is the real one; nobody moves, and nobody real waits for it."""

from core import commands as c
from core.permissions import Caller
from core.refusals import Reason, Refusal
from core.task import Task
from core.words import Role


def refuse(caller: Caller, task: Task, command: c.TaskCommand) -> Refusal | None:
    """Why this is not done in a drill: it asks nobody to move, and administrators end it."""
    match command:
        case c.Depart() | c.Arrive() | c.Start() | c.Pause() | c.Resume() | c.Cancel():
            return Refusal(reason=Reason.DRILL, task=task.id)
        case c.Complete() if caller.role < Role.ADMIN:
            return Refusal(reason=Reason.ABOVE_ROLE, role=Role.ADMIN)
        case _:
            return None
