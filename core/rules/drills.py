"""Drills: emergencies that are practice. The chain is the real one; nobody moves, and nothing real waits for it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from msgspec import Struct

from core.rules.permissions import Caller
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import seats as st
from core.vocabulary import shares as s
from core.vocabulary.desk_commands import DeskTaskCommand
from core.vocabulary.dispositions import Dispose
from core.vocabulary.kinds import Classify
from core.vocabulary.maydays import TellCrew
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.rounds import CallRound
from core.vocabulary.words import Role


class SentAlert(Struct, frozen=True, kw_only=True):
    """A message that asked to be heard.

    ``at`` it was wanted; ``taken_at`` the channel took it (None: not); ``blocked``: the person takes no more messages.
    """

    account: int
    at: datetime
    taken_at: datetime | None = None
    blocked: bool = False


class Result(StrEnum):
    """The result of notifying somebody."""

    PRESSED = "pressed"
    SILENT = "silent"
    BLOCKED = "blocked"
    UNSENT = "unsent"


class Part(Struct, frozen=True, kw_only=True):
    """One person's part in a drill.

    ``answer`` is the button that they pressed, ``after`` how long that took; of the silent, how long they had until
    somebody answered or the drill was over. ``taken`` is how long the channel needed to take it.
    """

    person: int
    result: Result
    answer: str = ""
    after: timedelta | None = None
    taken: timedelta | None = None


def refuse(caller: Caller, task: Task, command: c.TaskCommand) -> Refusal | None:
    """Refuse what is not done in a drill: it asks nobody to move, and administrators end it."""
    if isinstance(command, DeskTaskCommand):
        return None
    match command:
        case c.Depart() | c.Arrive() | c.Start() | c.Pause() | c.Resume() | c.Cancel() | st.Reinforce() | st.Relieve():
            return Refusal(reason=Reason.DRILL, task=task.id)
        case TellCrew() | CallRound():
            return Refusal(reason=Reason.DRILL, task=task.id)
        case c.Complete():
            return Refusal(reason=Reason.ABOVE_ROLE, role=Role.ADMIN) if caller.role < Role.ADMIN else None
        case c.Assign() | c.Accept() | c.Decline() | c.Undo() | c.Reopen() | c.Acknowledge() | c.Escalate():
            return None
        case c.AddNote() | c.Locate() | c.Revise() | Classify() | Dispose() | s.MarkTakenOut():
            return None
        case _:
            assert_never(command)
