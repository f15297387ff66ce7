"""Rules of a check-in: its events, or why not."""

from datetime import datetime, timedelta
from typing import assert_never

from core.rules import maydays
from core.rules.situation import Rules, Situation
from core.state.checkins import LONGEST, SHORTEST, CheckIn, wanted
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import checkin_commands as cc
from core.vocabulary import checkin_events as k
from core.vocabulary.alarms import UNANSWERED, Trigger
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import TaskState

Answer = tuple[k.CheckInEvent, ...] | Refusal

A_SECOND = timedelta(seconds=1)


def decide_check_in(situation: Situation, command: cc.CheckInCommand, now: datetime) -> Answer:
    """``situation.agent`` is the person, ``raised`` the open emergency that their check-in or their word led to."""
    person, check_in = situation.agent, situation.check_in
    if person is None:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    match command:
        case cc.StartCheckIn():
            return _start(situation.rules, person, check_in, command)
        case cc.SetDuressWord():
            return (k.DuressWordSet(),)
        case cc.GiveDuressWord():
            return (k.DuressGiven(),)
        case cc.CallMayday():
            return maydays.call(situation)
        case cc.AskRound():
            return _ask_round(situation, person, command)
        case _ if check_in is None:
            return Refusal(reason=Reason.NO_CHECK_IN)
        case cc.RemindCheckIn() | cc.MissCheckIn() if not person.active:
            return (k.CheckInStopped(),)
        case cc.AnswerCheckIn() | cc.NeedHelp() | cc.StopCheckIn() | cc.RemindCheckIn() | cc.MissCheckIn():
            return _go_on(situation, check_in, command, now)
        case _:
            assert_never(command)


def _start(rules: Rules, person: Person, check_in: CheckIn | None, command: cc.StartCheckIn) -> Answer:
    if not SHORTEST <= command.every <= LONGEST:
        return Refusal(reason=Reason.BAD_INTERVAL)
    if command.task is not None and check_in is not None:
        joined = command.task in check_in.tasks
        return Refusal(reason=Reason.ALREADY) if joined else (k.CheckInJoined(task=command.task),)
    return (
        k.CheckInStarted(
            every=command.every,
            grace=rules.checkin_grace,
            still_after=rules.still_after,
            task=command.task,
            seen=person.position,
        ),
    )


def _go_on(
    situation: Situation,
    check_in: CheckIn,
    command: cc.AnswerCheckIn | cc.NeedHelp | cc.StopCheckIn | cc.RemindCheckIn | cc.MissCheckIn,
    now: datetime,
) -> Answer:
    match command:
        case cc.AnswerCheckIn():
            if command.duress:
                return (k.CheckInAnswered(), k.DuressGiven())
            return (k.CheckInAnswered(in_time=_answered_before(situation.raised, command)),)
        case cc.NeedHelp():
            raised = situation.raised
            return Refusal(reason=Reason.DUPLICATE, task=raised.id) if raised is not None else (k.HelpWanted(),)
        case cc.StopCheckIn():
            return _stop(check_in, command)
        case cc.RemindCheckIn():
            why = wanted(check_in, now)
            return (k.CheckInReminded(why=why),) if why is not None else ()
        case cc.MissCheckIn():
            if check_in.asked is None or check_in.asked_at is None or now < check_in.asked_at + check_in.grace:
                return ()
            if check_in.asked is Trigger.ROUND and check_in.round is not None:
                return _miss_round(situation, check_in, check_in.round)
            return (k.CheckInMissed(why=check_in.asked),)
        case _:
            assert_never(command)


def _ask_round(situation: Situation, person: Person, command: cc.AskRound) -> Answer:
    """Ask them, but for somebody with an open alarm in their name, who is looked for already."""
    if not person.active or situation.raised is not None:
        return (k.RoundLeft(task=command.task),)
    rules = situation.rules
    asked = k.RoundAsked(
        task=command.task, grace=rules.checkin_grace, still_after=rules.still_after, seen=person.position
    )
    return (asked,)


def _miss_round(situation: Situation, check_in: CheckIn, task: int) -> Answer:
    """Once: they are reminded, and their supervisors hear of it; twice: an emergency, unless there is one."""
    there = situation.task is not None and check_in.person in maydays.on_scene(situation.task)
    if not there or situation.raised is not None:
        return (k.RoundLeft(task=task),)
    return (k.CheckInMissed(why=Trigger.ROUND),) if check_in.misses else (k.RoundMissed(task=task),)


def _answered_before(raised: Task | None, command: cc.AnswerCheckIn) -> int | None:
    """The open alarm for want of an answer that was sent before it: by a second, which messages leave open."""
    if raised is None or raised.alarm is None or raised.alarm.trigger not in UNANSWERED or command.sent_at is None:
        return None
    return raised.id if command.sent_at + A_SECOND <= raised.opened_at else None


def _stop(check_in: CheckIn, command: cc.StopCheckIn) -> Answer:
    if command.task is None:
        return (k.CheckInStopped(),)
    if command.task not in check_in.tasks:
        return Refusal(reason=Reason.NO_CHECK_IN)
    others = check_in.by_hand or check_in.tasks != (command.task,)
    return (k.CheckInLeft(task=command.task),) if others else (k.CheckInStopped(),)


def following(before: Task | None, task: Task, rules: Rules) -> tuple[cc.CheckInCommand, ...]:
    """Carry a change of a task to the check-ins of its agents: begun, a check-in begins; over, it ends."""
    if task.drill or task.type not in rules.checkin_types:
        return ()
    was, works = at_it(before) if before is not None else (), at_it(task)
    if was == works:
        return ()
    ends = (cc.StopCheckIn(person=one, task=task.id) for one in was if one not in works)
    every = rules.checkin_every
    begins = (cc.StartCheckIn(person=one, every=every, task=task.id) for one in works if one not in was)
    return (*ends, *begins)


def at_it(task: Task) -> tuple[int, ...]:
    """The agents who have begun the work."""
    begun = task.state in (TaskState.IN_PROGRESS, TaskState.PAUSED)
    return tuple(part.agent for part in task.crew) if begun else ()
