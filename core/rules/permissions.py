"""Permissions (P9): three roles, and one's own tasks."""

from typing import assert_never

from msgspec import Struct

from core.state.person import Person
from core.state.task import Task
from core.vocabulary import access_commands as ac
from core.vocabulary import checkin_commands as cc
from core.vocabulary import commands as c
from core.vocabulary import seats as st
from core.vocabulary import shares as s
from core.vocabulary import unit_commands as uc
from core.vocabulary.capabilities import Equip
from core.vocabulary.desk_commands import DeskCommand
from core.vocabulary.dispositions import Dispose
from core.vocabulary.kinds import Classify
from core.vocabulary.maydays import TellCrew
from core.vocabulary.outside import OutsideCaller
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.rounds import CallRound
from core.vocabulary.words import Membership, Role


class Program(Struct, frozen=True, kw_only=True):
    """A program, by the name of its token; silent alarms are there for those alone that ``sees_silent``."""

    name: str
    sees_silent: bool = False


class Caller(Struct, frozen=True, kw_only=True):
    """The caller: a person, a program with a token, both where it speaks for somebody, or the desk itself.

    ``via`` is the way in which it came, as the record says it. ``noted_by`` is the supervisor who writes down what the
    person said by radio or telephone.
    """

    person: Person | None = None
    role: Role = Role.ADMIN
    via: str = "desk"
    program: Program | None = None
    noted_by: Person | None = None

    @property
    def id(self) -> int | None:
        """The person's id; None for programs and the desk."""
        return self.person.id if self.person else None

    @property
    def token(self) -> str:
        """The name of the program's token; empty where none asks."""
        return self.program.name if self.program is not None else ""

    @property
    def reports_as(self) -> str | None:
        """The name under which a program's own reports are counted; None for people and the desk."""
        return self.via if self.person is None and self.program is not None else None


DESK = Caller()
API = "api:"
RADIO = "radio:"

# Commands that a supervisor may note on somebody's behalf: steps of their own, and that they are well.
SAID = (c.Accept, c.Decline, c.Depart, c.Arrive, c.Start, c.Pause, c.Resume, c.Complete, c.Undo, cc.AnswerCheckIn)

# Commands that end an emergency, or say that somebody is at it: its alert stops climbing.
ANSWERING = (c.Acknowledge, c.Complete, c.Cancel, c.Start, c.Resume)


def via_program(program: Program) -> str:
    """The way in which a program comes, as the record says it."""
    return f"{API}{program.name}"


def program_via(via: str) -> str:
    """The name of the program that came in this way; empty where none did."""
    return via.removeprefix(API) if via.startswith(API) else ""


def caller_of(person: Person) -> Caller:
    """The caller that a person who writes to the desk is."""
    return Caller(person=person, role=person.role, via="chat")


def on_behalf(person: Person, noted_by: Person) -> Caller:
    """The caller that a person is whose words by radio or telephone a supervisor notes; the lower role counts."""
    return Caller(person=person, role=min(person.role, noted_by.role), via=f"{RADIO}{noted_by.id}", noted_by=noted_by)


def noter_in(via: str) -> int | None:
    """The id of whoever noted it on somebody's behalf; None where the person came themselves."""
    return int(via.removeprefix(RADIO)) if via.startswith(RADIO) else None


def needed_role(command: c.AnyCommand) -> Role | None:
    """The least role for a command that is not about one's own task; None where anybody may ask."""
    if isinstance(command, DeskCommand):
        return Role.ADMIN
    match command:
        case c.Enter() | ac.FreezeByWord():
            return None
        case c.OpenEmergency(drill=True):
            return Role.ADMIN
        case c.OpenEmergency(outside=OutsideCaller()):
            return Role.SUPERVISOR
        case c.OpenTask() | c.OpenEmergency() | c.SetAvailability() | c.StartShift() | c.EndShift():
            return Role.AGENT
        case c.Accept() | c.Decline() | c.Depart() | c.Arrive() | c.AddNote() | c.Locate():
            return Role.AGENT
        case c.Start() | c.Pause() | c.Resume() | c.Complete() | Dispose() | c.Undo() | st.Reinforce() | Classify():
            return Role.AGENT
        case TellCrew():
            return Role.AGENT
        case c.Assign() | c.Cancel() | c.Reopen() | c.Acknowledge() | c.Escalate() | c.Revise() | st.Relieve():
            return Role.SUPERVISOR
        case s.TakeOut() | s.MarkTakenOut() | CallRound():
            return Role.SUPERVISOR
        case (
            c.Invite()
            | ac.Revoke()
            | ac.ConfirmRise()
            | ac.RefuseRise()
            | c.Admit()
            | c.Reject()
            | c.Promote()
            | c.Disable()
            | c.Relink()
        ):
            return Role.ADMIN
        case ac.SetLostWord():
            return Role.AGENT
        case ac.Freeze():
            return Role.SUPERVISOR
        case ac.Thaw() | Equip():
            return Role.ADMIN
        case uc.TakeOver() | uc.AskSwap() | uc.AnswerSwap():
            return Role.AGENT
        case ac.Forget():
            return Role.AGENT
        case cc.StartCheckIn() | cc.AnswerCheckIn() | cc.NeedHelp() | cc.StopCheckIn() | cc.CallMayday():
            return Role.AGENT
        case cc.GiveDuressWord() | cc.SetDuressWord():
            return Role.AGENT
        case uc.LinkGroup() | uc.SetRotation() | uc.DropRotation() | uc.StandIn() | uc.MarkAbsent() | uc.Withdraw():
            return Role.SUPERVISOR
        case uc.CreateUnit() | uc.ReviseUnit() | uc.Enroll() | uc.Dismiss():
            return Role.ADMIN
        case _:
            assert_never(command)


def refuse(caller: Caller, command: c.AnyCommand, task: Task | None) -> Refusal | None:
    """The refusal of this caller; None: the role is enough, or the task is their own."""
    needed = needed_role(command)
    if needed is None:
        return None
    if caller.person and not caller.person.active:
        frozen = caller.person.membership is Membership.FROZEN
        return Refusal(reason=Reason.FROZEN if frozen else Reason.DISABLED)
    if refusal := _refuse_program(caller, command, task) or _refuse_noter(caller, command, task):
        return refusal
    if caller.role < needed and not _own(caller, command, task):
        return Refusal(reason=Reason.ABOVE_ROLE, role=needed)
    if task is not None and not may_see(caller, task):
        return unseen(caller, task.id)
    for_oneself = c.SetAvailability | c.StartShift | c.EndShift
    if isinstance(command, for_oneself) and caller.role < Role.SUPERVISOR and command.person != caller.id:
        return Refusal(reason=Reason.ABOVE_ROLE, role=Role.SUPERVISOR)
    if isinstance(command, cc.CheckInCommand) and caller.person is not None and command.person != caller.id:
        return Refusal(reason=Reason.ABOVE_ROLE, role=Role.ADMIN)
    return None


def may_see(caller: Caller, task: Task) -> bool:
    """Whether the caller may see a task.

    Agents see what they reported and what they were asked to do; supervisors see all but an alarm that is silent for
    their own sake.
    """
    if task.hides_from(caller.id) or is_hidden(caller, task):
        return False
    return caller.role >= Role.SUPERVISOR or task.reporter == caller.id or task.part_of(caller.id) is not None


def is_hidden(caller: Caller, task: Task) -> bool:
    """Whether it is a silent alarm, and the caller a program for which there are none."""
    return task.silent and caller.program is not None and not caller.program.sees_silent


def unseen(caller: Caller, task: int) -> Refusal:
    """The refusal of what is not theirs to see: as of any such task, so that an alarm is not told apart by it."""
    return Refusal(reason=Reason.NOT_YOURS if caller.role < Role.SUPERVISOR else Reason.UNKNOWN_TASK, task=task)


def _refuse_program(caller: Caller, command: c.AnyCommand, task: Task | None) -> Refusal | None:
    """Refuse a program that answers, ends or takes an emergency from its agent, unless it names somebody to ring.

    Nor does it say alone how one ended, or that fewer should go: the search would end by nobody's word.
    """
    if caller.program is None:
        return None
    if caller.person is not None and not caller.person.reachable:
        return Refusal(reason=Reason.UNREACHABLE, person=caller.id)
    if caller.person is not None or task is None or not task.emergency:
        return None
    fewer = isinstance(command, st.Reinforce) and command.seats is not None and command.seats < task.seats
    if fewer or isinstance(command, (*ANSWERING, st.Relieve, Dispose)):
        return Refusal(reason=Reason.NEEDS_PERSON, task=task.id)
    return None


def _refuse_noter(caller: Caller, command: c.AnyCommand, task: Task | None) -> Refusal | None:
    """Refuse whoever notes for another what is not theirs to note: a supervisor notes what somebody can say."""
    noter = caller.noted_by
    if noter is None:
        return None
    if not noter.active or noter.role < Role.SUPERVISOR or not isinstance(command, SAID):
        return Refusal(reason=Reason.ABOVE_ROLE, role=Role.SUPERVISOR)
    if task is not None and task.hides_from(noter.id):
        return Refusal(reason=Reason.UNKNOWN_TASK, task=task.id)
    return None


def _own(caller: Caller, command: c.AnyCommand, task: Task | None) -> bool:
    """An agent may withdraw what they reported themselves, reopen it, and escalate it."""
    match command:
        case c.Cancel() | c.Reopen() | c.Escalate() | c.Revise():
            return task is not None and task.reporter == caller.id
        case _:  # only these four are the reporter's own; a new command needs the role until somebody adds it here
            return False
