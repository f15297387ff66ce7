"""The desk's work on a check-in: reads before a decision, and stores its events."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec.structs import replace

from core.desk.circulars import page_of, tell
from core.desk.ports import Composer, Record, Repository
from core.notifications.person_context import PersonContext
from core.notifications.person_notifications import check_in_notifications, stopped_by_hand
from core.rules.maydays import is_on
from core.rules.permissions import DESK, Caller
from core.rules.situation import Rules, Situation
from core.rules.timers import Timer, TimerKind
from core.state.checkins import CheckIn, evolve, next_look, way_of
from core.state.crowd import Circle, Crowd, Page
from core.state.duress import DuressWord
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import checkin_commands as cc
from core.vocabulary import checkin_events as k
from core.vocabulary import commands as c
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.maydays import TellCrew
from core.vocabulary.rounds import MarkRound, RoundWord

Raised = c.OpenEmergency | c.Escalate | c.Cancel | TellCrew | MarkRound
Raise = Callable[[Raised, Caller], Awaitable[Task | None]]


async def load_check_in_situation(
    repository: Repository, command: cc.CheckInCommand, caller: Caller, rules: Rules
) -> Situation:
    """The situation in which a command about a check-in is answered."""
    person = await repository.person(command.person)
    about = Situation(caller=caller, rules=rules, agent=person)
    if person is None:
        return about
    if isinstance(command, cc.CallMayday):
        about = replace(about, task=await _task_of(repository, person, command))  # first: it stands left of a check-in
    about = replace(about, check_in=await repository.check_in(person.account))
    match command:
        case cc.AnswerCheckIn(duress=True) | cc.GiveDuressWord():
            word = await repository.duress_word(person.id)
            return replace(about, raised=await _still_open(repository, word.alarm if word is not None else None))
        case cc.NeedHelp() | cc.AnswerCheckIn(sent_at=datetime()) if about.check_in is not None:
            return replace(about, raised=await _still_open(repository, about.check_in.alarm))
        case cc.CallMayday():
            return replace(about, raised=await repository.own_alarm(person.id))
        case cc.AskRound():
            return replace(about, raised=await repository.own_alarm(person.id))
        case cc.MissCheckIn() if about.check_in is not None and about.check_in.round is not None:
            task = await repository.task(about.check_in.round)
            return replace(about, task=task, raised=await repository.own_alarm(person.id))
        case _:  # the others are answered by the check-in alone
            return about


async def _task_of(repository: Repository, person: Person, command: cc.CallMayday) -> Task | None:
    """The task that a Mayday is called on; a call from anywhere else stands by itself."""
    wanted = command.task if command.task is not None else person.hold
    task = await repository.task(wanted) if wanted is not None else None
    return task if task is not None and is_on(task, person.id) else None


async def _still_open(repository: Repository, task_id: int | None) -> Task | None:
    task = await repository.task(task_id) if task_id is not None else None
    return task if task is not None and not task.state.closed else None


async def keep_check_in(
    repository: Repository,
    composer: Composer,
    situation: Situation,
    command: cc.CheckInCommand,
    events: tuple[k.CheckInEvent, ...],
    raise_alarm: Raise,
    now: datetime,
) -> CheckIn | None:
    """The check-in as it is now, with the emergency that it may have led to; also when only time has passed."""
    person, caller, check_in = situation.agent, situation.caller, situation.check_in
    assert person is not None  # decide answers a command about nobody with a refusal
    await repository.record(
        Record(at=now, event=event, by=caller.id, via=caller.via, person=person.id) for event in events
    )
    if isinstance(command, cc.SetDuressWord):
        await repository.keep_duress_word(person.id, DuressWord(salt=command.salt, digest=command.digest))
        return check_in
    for event in events:
        alarm = await _raise(event, situation, check_in, person, raise_alarm, now)
        before, check_in = check_in, evolve(check_in, event, person.id, now)
        await _mark(event, before, person.id, situation.raised, raise_alarm)
        if isinstance(event, k.DuressGiven):
            if alarm is not None:
                await repository.note_duress(person.id, alarm)
        elif check_in is not None and alarm is not None:
            check_in = replace(check_in, alarm=alarm)
    if events:
        await repository.save_check_in(person, check_in)
    await repository.set_timers(timers_of(check_in))
    alone = stopped_by_hand(events, person, caller.id) or any(isinstance(event, k.RoundMissed) for event in events)
    leaders = await _look_after(repository, person) if alone else Page()
    file = PersonContext(person=person, leaders=leaders, caller=caller.person, at=now, check_in=check_in)
    said = [(composer.person(one, file, now), one.rest) for one in check_in_notifications(events, file)]
    await tell(repository, said, now, person=person.id)
    return check_in


async def _look_after(repository: Repository, person: Person) -> Page:
    """The first of the supervisors of the person's unit, else of all, else of the administrators."""
    but = frozenset({person.id})
    circles = (Circle.UNIT_SUPERVISORS, Circle.SUPERVISORS, Circle.ADMINS)
    crowds = (Crowd(circle=one, unit=person.unit, but=but) for one in circles)
    return await page_of(repository, *crowds)


async def _raise(
    event: k.CheckInEvent,
    situation: Situation,
    check_in: CheckIn | None,
    person: Person,
    raise_alarm: Raise,
    now: datetime,
) -> int | None:
    """Open the emergency that the event calls for: its number.

    A word that is said again lets its alarm climb; an answer that was in time takes its alarm back.
    """
    task: int | None = None
    match event:
        case k.CheckInAnswered(in_time=int(task)):
            await raise_alarm(c.Cancel(task=task, in_time=True), DESK)
            return None
        case k.CheckInMissed(why=trigger):
            caller, task = DESK, check_in.round if check_in is not None else None
        case k.HelpWanted():
            trigger, caller = Trigger.HELP, situation.caller
            task = check_in.round if check_in is not None else None
        case k.DuressGiven():
            if situation.raised is not None:
                await raise_alarm(c.Escalate(task=situation.raised.id), DESK)
                return None
            trigger, caller = Trigger.DURESS, DESK
        case k.MaydayCalled():
            if situation.raised is not None:
                await raise_alarm(c.Escalate(task=situation.raised.id), DESK)
                return situation.raised.id
            trigger, caller, task = Trigger.MAYDAY, situation.caller, _shown(situation.task)
        case _:  # no other event is a reason for alarm
            return None
    track = way_of(check_in, person.position)
    alarm = Alarm(trigger=trigger, person=person.id, track=track, task=task)
    place = track[-1].place if track else None
    opened = await raise_alarm(c.OpenEmergency(title="", sent_at=now, place=place, alarm=alarm), caller)
    if opened is not None and isinstance(event, k.MaydayCalled) and event.task is not None:
        await raise_alarm(TellCrew(task=event.task, alarm=opened.id), caller)
    return opened.id if opened is not None else None


async def _mark(
    event: k.CheckInEvent, before: CheckIn | None, person: int, raised: Task | None, raise_alarm: Raise
) -> None:
    """Tell the round that they were asked in what became of it."""
    task = event.task if isinstance(event, k.RoundLeft) else before.round if before is not None else None
    word = _word_of(event, raised)
    if task is not None and word is not None:
        await raise_alarm(MarkRound(task=task, agent=person, word=word), DESK)


def _word_of(event: k.CheckInEvent, raised: Task | None) -> RoundWord | None:
    """The word of an event in a round; an alarm that is ``raised`` in their name goes before."""
    match event:
        case k.RoundLeft() if raised is not None:
            return RoundWord.DANGER
        case k.CheckInAnswered() | k.CheckInStarted():
            return RoundWord.WELL
        case k.RoundMissed():
            return RoundWord.MISSED
        case k.CheckInMissed() | k.HelpWanted() | k.MaydayCalled():
            return RoundWord.DANGER
        case k.CheckInStopped() | k.RoundLeft():
            return RoundWord.ENDED
        case _:  # no other event answers what was asked
            return None


def _shown(task: Task | None) -> int | None:
    """The task that the alarm names; a silent alarm is never named where others read."""
    return task.id if task is not None and not task.silent else None


def timers_of(check_in: CheckIn | None) -> tuple[Timer, ...]:
    """When the desk looks at it again. A timer that comes too early finds nothing to do and is set anew."""
    due_at = next_look(check_in) if check_in is not None else None
    if check_in is None or due_at is None:
        return ()
    asked = check_in.asked is not None
    kind = TimerKind.GRACE if asked else TimerKind.CHECK_IN
    return (Timer(kind=kind, person=check_in.person, due_at=due_at, urgent=asked),)
