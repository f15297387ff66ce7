"""Reads what a decision must look at, in the transaction that will keep its events."""

from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from core.desk.candidates import candidates_near, for_more, hold_offer, nearer_ones, next_ones, once_open, others_first
from core.desk.checkin_desk import load_check_in_situation
from core.desk.last_act import last_act
from core.desk.load_access import load_access_situation
from core.desk.ports import Repository
from core.desk.share_desk import with_report, with_share
from core.desk.unit_desk import load_unit_situation
from core.rules.escalation import broadcasts, has_climbed_to
from core.rules.kinds import more_seats, named, of_emergency, seats_of
from core.rules.offers import at_once
from core.rules.permissions import Caller, caller_of, is_hidden, on_behalf
from core.rules.situation import Receipt, Rules, Situation
from core.state.directory import PAGE, Directory
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import notifying as n
from core.vocabulary import seats as st
from core.vocabulary import shares as s
from core.vocabulary.alarms import Alarm
from core.vocabulary.card_names import task_card
from core.vocabulary.checkin_commands import CheckInCommand
from core.vocabulary.dispositions import Dispose
from core.vocabulary.kinds import Classify
from core.vocabulary.maydays import TellCrew
from core.vocabulary.rounds import OnRound
from core.vocabulary.unit_commands import UnitCommand
from core.vocabulary.words import Kind


async def load_situation(
    repository: Repository, command: c.AnyCommand, caller: Caller, rules: Rules, group: int | None, now: datetime
) -> Situation:
    """The situation in which ``decide`` answers this command; ``group`` is the supervisors' room."""
    if isinstance(command, UnitCommand):
        return await load_unit_situation(repository, command, caller, rules)
    if isinstance(command, CheckInCommand):
        return await load_check_in_situation(repository, command, caller, rules)
    if isinstance(command, c.PersonCommand):
        return await load_access_situation(repository, command, caller, rules, now)
    match command:
        case c.OpenTask():
            return Situation(
                caller=caller,
                rules=rules,
                directory=await directory_of(repository, group, (command.assignee,)),
                agent=await _person(repository, command.assignee),
                duplicate_of=await _twin(repository, caller, Kind.TASK, command.title, rules, now),
            )
        case c.OpenEmergency(alarm=Alarm(person=person)):
            agent = await repository.person(person)
            await hold_offer(repository, agent)
            return Situation(
                caller=caller,
                rules=rules,
                agent=agent,
                directory=Directory(group=group),
                candidates=await candidates_near(
                    repository,
                    command.place,
                    rules,
                    now,
                    reporter=person,
                    limit=at_once(rules, seats_of(rules, command)),
                ),
            )
        case c.OpenEmergency():
            about = Situation(caller=caller, rules=rules, directory=Directory(group=group))
            if command.outside is None:
                await hold_offer(repository, caller.person)
                about = await with_share(repository, about, command, now)
            if about.task is not None:
                return about
            kind, most = of_emergency(rules, command), at_once(rules, seats_of(rules, command))
            wants = kind.work.capabilities if kind is not None else ()
            found = await candidates_near(
                repository, command.place, rules, now, reporter=caller.id, limit=most, wants=wants
            )
            return replace(about, candidates=found)
        case s.TakeOut():
            about = Situation(caller=caller, rules=rules, directory=Directory(group=group))
            about, place, whose = await with_report(repository, about, command)
            most = at_once(rules, rules.needs)
            found = await candidates_near(repository, place, rules, now, reporter=whose, limit=most)
            return replace(about, candidates=found)
        case _:  # all that is left is about one task: the type of _about_task's command says so
            return await _about_task(repository, command, caller, rules, group, now)


async def _about_task(
    repository: Repository, command: c.TaskCommand, caller: Caller, rules: Rules, group: int | None, now: datetime
) -> Situation:
    task = await repository.task(command.task)
    if task is not None and is_hidden(caller, task):
        task = None
    asked = tuple(part.agent for part in task.assignments) if task is not None else ()
    about = Situation(caller=caller, rules=rules, task=task, directory=await directory_of(repository, group, asked))
    match command:
        case c.Assign():
            own = await repository.own_emergency(command.agent)  # first: it locks them
            return replace(about, agent=await _person(repository, command.agent), own_emergency=own)
        case c.TellAgain():
            person = await repository.person(command.person)
            on_duty = person is not None and await repository.is_on_duty(person, now)
            return replace(await _told(repository, about, command.person), agent=person, on_duty=on_duty)
        case c.Vacate():
            person = await repository.person(command.person)
            about = replace(await _told(repository, about, command.person), agent=person)
            if command.moved:
                return replace(about, told_still=await _told_still(repository, about, now))
            return replace(about, candidates=await next_ones(repository, task, rules, now))
        case c.EscalateDue(silenced=True):
            return await _told(repository, about, command.unheard)
        case c.EscalateDue():
            begun = task is not None and broadcasts(task)
            return replace(about, round_waits=begun and await repository.round_waits(task_card(command.task), now))
        case c.Undo():
            act = await last_act(repository, command.task, caller)
            charged = await _person(repository, task.acknowledged_by) if task is not None else None
            return replace(about, act=act, agent=charged, candidates=await once_open(repository, task, rules, now))
        case c.Reopen():
            return replace(about, candidates=await once_open(repository, task, rules, now))
        case c.ExpireOffer():
            about = replace(about, asked=await _receipt(repository, task, command.agent))
            return replace(about, candidates=await others_first(repository, task, rules, now))
        case c.Decline() | st.Relieve():
            return replace(about, candidates=await next_ones(repository, task, rules, now))
        case st.Reinforce():
            more = tuple(one for one in rules.capabilities if one == command.wants)
            seats = command.seats or (task.seats + 1 if task is not None else 1)
            return replace(about, candidates=await for_more(repository, task, seats, rules, now, more))
        case Classify():
            kind = named(rules, command.work)
            number = more_seats(task, kind) if task is not None else None
            wants = kind.work.capabilities if kind is not None else ()
            found = await for_more(repository, task, number, rules, now, wants) if number is not None else ()
            return replace(about, candidates=found)
        case c.Search():
            again = not command.fresh
            return replace(about, candidates=await next_ones(repository, task, rules, now, again=again))
        case c.Locate():
            return replace(about, candidates=await nearer_ones(repository, task, command, rules, now))
        case (
            c.Accept()
            | c.Depart()
            | c.Arrive()
            | c.Start()
            | c.Pause()
            | c.Resume()
            | c.Complete()
            | c.Cancel()
            | Dispose()
            | c.Acknowledge()
            | c.Escalate()
            | c.AddNote()
            | c.Revise()
            | c.CheckProgress()
            | n.NotifyMore()
            | s.OnShare()
            | TellCrew()
            | OnRound()
        ):
            return about
        case _:
            assert_never(command)


async def directory_of(repository: Repository, group: int | None, asked: tuple[int | None, ...]) -> Directory:
    """The agents who were ``asked``; whom else a decision needs it asks for itself."""
    agents = await repository.people(agent for agent in asked if agent is not None)
    return Directory(assignees=tuple(agents.values()), group=group)


async def _told(repository: Repository, about: Situation, person: int | None) -> Situation:
    """Whether this person is among those whom the last step told, and whether another of them can hear."""
    task = about.task
    if task is None or not task.notified:
        return about
    told = person is not None and await repository.was_told(task, person)
    heard = await repository.told(task, after=0, most=2)
    return replace(about, told=told, others_hear=any(one.id != person for one in heard))


async def _told_still(repository: Repository, about: Situation, now: datetime) -> bool:
    """Whether somebody who was told of an alert is still among those whom its steps name, and can hear it."""
    task, after = about.task, 0
    if task is None or not about.told:
        return False
    while page := await repository.told(task, after=after, most=PAGE):
        for person in page:
            if has_climbed_to(task, person, on_duty=await repository.is_on_duty(person, now)):
                return True
        after = page[-1].id
    return False


async def _receipt(repository: Repository, task: Task | None, agent: int) -> Receipt:
    person, part = await repository.person(agent), task.part_of(agent) if task is not None else None
    if task is None or person is None or part is None:
        return Receipt.TAKEN
    return await repository.receipt(task_card(task.id), person.destination, part.since)


async def _person(repository: Repository, person_id: int | None) -> Person | None:
    return await repository.person(person_id) if person_id is not None else None


async def _twin(
    repository: Repository, caller: Caller, kind: Kind, title: str, rules: Rules, now: datetime
) -> int | None:
    """A person who sends the same twice in a hurry means it once; a program says so with its key."""
    if caller.person is None:
        return None
    words = " ".join(title.split())
    return await repository.duplicate_of(caller.person.id, kind, words, now - rules.duplicate_window)


async def fresh_caller(repository: Repository, caller: Caller) -> Caller:
    """The caller as they are now: a role that was taken away meanwhile counts (P9), and an account that was."""
    if caller.person is None:
        return caller
    person = await repository.person(caller.person.id)
    if person is not None and person.account != caller.person.account:
        # A command from the former account is of the person who has that one now, and is out.
        person = await repository.person_at(caller.person.account)
    if person is None:
        return caller
    if caller.noted_by is not None:
        return on_behalf(person, await repository.person(caller.noted_by.id) or caller.noted_by)
    return replace(caller_of(person), via=caller.via, program=caller.program)
