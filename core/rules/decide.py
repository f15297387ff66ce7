"""The heart of the desk: ``(situation, command, now) → events, or a refusal``. Pure; every command is written out."""

from datetime import datetime
from typing import assert_never, overload

from core.rules import (
    disposition,
    drills,
    follow_ups,
    kinds,
    lifecycle,
    maydays,
    offers,
    permissions,
    reopening,
    rounds,
    seats,
    shares,
    vacancies,
)
from core.rules.access import decide_access
from core.rules.checkin_rules import decide_check_in
from core.rules.reporting import open_emergency, open_task, take_out
from core.rules.situation import Situation
from core.rules.unit_rules import decide_unit
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary import rounds as ro
from core.vocabulary import seats as st
from core.vocabulary import shares as s
from core.vocabulary.checkin_commands import CheckInCommand
from core.vocabulary.checkin_events import CheckInEvent
from core.vocabulary.dispositions import Dispose
from core.vocabulary.kinds import Classify
from core.vocabulary.maydays import TellCrew
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.unit_commands import UnitCommand
from core.vocabulary.unit_events import UnitEvent

TaskDecision = tuple[e.TaskEvent, ...] | Refusal
PersonDecision = tuple[e.PersonEvent, ...] | Refusal
UnitDecision = tuple[UnitEvent, ...] | Refusal
CheckInDecision = tuple[CheckInEvent, ...] | Refusal


@overload
def decide(situation: Situation, command: c.AboutTask, now: datetime) -> TaskDecision: ...
@overload
def decide(situation: Situation, command: c.PersonCommand, now: datetime) -> PersonDecision: ...
@overload
def decide(situation: Situation, command: UnitCommand, now: datetime) -> UnitDecision: ...
@overload
def decide(situation: Situation, command: CheckInCommand, now: datetime) -> CheckInDecision: ...


def decide(
    situation: Situation, command: c.AnyCommand, now: datetime
) -> TaskDecision | PersonDecision | UnitDecision | CheckInDecision:
    """Decide a command in this situation at this moment (aware, UTC)."""
    if refusal := permissions.refuse(situation.caller, command, situation.task):
        return refusal
    if isinstance(command, UnitCommand):
        return decide_unit(situation, command, now)
    if isinstance(command, CheckInCommand):
        return decide_check_in(situation, command, now)
    if isinstance(command, c.PersonCommand):
        return decide_access(situation, command, now)
    match command:
        case c.OpenTask():
            return open_task(situation, command, now)
        case c.OpenEmergency():
            return open_emergency(situation, command, now)
        case s.TakeOut():
            return take_out(situation, command, now)
        case _:  # all that is left is about one task: decide_task's own match is complete
            if situation.task is None:
                return Refusal(reason=Reason.UNKNOWN_TASK, task=command.task)
            if command.exact and command.seen != situation.task.version:
                return Refusal(reason=Reason.STALE, task=command.task)
            return decide_task(situation, situation.task, command, now)


def decide_task(
    situation: Situation, task: Task, command: c.TaskCommand, now: datetime
) -> tuple[e.TaskEvent, ...] | Refusal:
    """Decide a command about a task that exists."""
    if task.drill and not task.state.closed and (refusal := drills.refuse(situation.caller, task, command)):
        return refusal
    match command:
        case c.Assign():
            return offers.assign(situation, task, command, now)
        case c.Accept():
            return offers.accept(situation, task, command, now)
        case c.Decline():
            return offers.decline(situation, task, command, now)
        case c.ExpireOffer():
            return offers.expire(situation, task, command, now)
        case c.Vacate():
            return vacancies.vacate(situation, task, command, now)
        case c.TellAgain():
            return follow_ups.tell_again(situation, task, command)
        case c.EscalateDue():
            return follow_ups.escalate_due(situation, task, command, now)
        case c.CheckProgress():
            return follow_ups.check_progress(situation, task, command, now)
        case n.NotifyMore():
            return follow_ups.notify_more(situation, task, command)
        case c.Search():
            return follow_ups.search(situation, task, command, now)
        case c.Depart() | c.Arrive() | c.Start() | c.Pause() | c.Resume() | c.Complete():
            return lifecycle.own_step(situation, task, command, now)
        case c.Cancel():
            return lifecycle.cancel(situation, task, command, now)
        case c.Undo():
            return reopening.undo(situation, task, command, now)
        case c.Reopen():
            return reopening.reopen(situation, task, command, now)
        case Dispose():
            return disposition.dispose(situation, task, command)
        case Classify():
            return kinds.classify(situation, task, command, now)
        case c.Acknowledge():
            return lifecycle.acknowledge(situation, task, command, now)
        case c.Escalate():
            return lifecycle.escalate(situation, task, command, now)
        case c.AddNote():
            return lifecycle.add_note(situation, task, command, now)
        case c.Locate():
            return lifecycle.locate(situation, task, command, now)
        case c.Revise():
            return lifecycle.revise(situation, task, command, now)
        case st.Reinforce():
            return seats.reinforce(situation, task, command, now)
        case st.Relieve():
            return seats.relieve(situation, task, command, now)
        case s.MarkTakenOut():
            return shares.mark_taken_out(task, command)
        case s.YieldAgent():
            return shares.yield_agent(task, command)
        case s.Quieten():
            return shares.quieten(task, command, now)
        case s.Count():
            return shares.count(task, command)
        case ro.CallRound():
            return rounds.call(task)
        case ro.MarkRound():
            return rounds.mark(task, command)
        case TellCrew():
            return maydays.tell_crew(situation, task, command)
        case _:
            assert_never(command)
