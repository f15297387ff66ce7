"""Reads what a decision must look at, in the transaction that will keep its events."""

from datetime import datetime
from typing import assert_never

from core import commands as c
from core.permissions import Caller
from core.person import Person
from core.places import Place
from core.ports import Ledger
from core.situation import Candidate, Rules, Situation
from core.task import Task
from core.words import Kind


async def situate(ledger: Ledger, command: c.AnyCommand, caller: Caller, rules: Rules, now: datetime) -> Situation:
    """The situation in which ``decide`` answers this command."""
    match command:
        case c.OpenTask():
            return Situation(
                caller=caller,
                rules=rules,
                agent=await _person(ledger, command.assignee),
                twin=await _twin(ledger, caller, Kind.TASK, command.title, rules, now),
            )
        case c.OpenEmergency():
            return Situation(
                caller=caller,
                rules=rules,
                twin=await _twin(ledger, caller, Kind.EMERGENCY, command.title, rules, now),
                candidates=await _candidates(ledger, command.place, rules, now, reporter=caller.id),
            )
        case c.Enter():
            digest = command.token_digest
            return Situation(
                caller=caller,
                rules=rules,
                agent=await ledger.person_at(command.telegram_id),
                invitation=await ledger.invitation(digest) if digest is not None else None,
            )
        case c.Invite():
            return Situation(caller=caller, rules=rules)
        case (
            c.Admit() | c.Reject() | c.Promote() | c.Disable() | c.SetAvailability() | c.MarkSilenced() | c.MarkHeard()
        ):
            return Situation(caller=caller, rules=rules, agent=await ledger.person(command.person))
        case _:
            return await _about_task(ledger, command, caller, rules, now)


async def _about_task(ledger: Ledger, command: c.TaskCommand, caller: Caller, rules: Rules, now: datetime) -> Situation:
    task = await ledger.task(command.task)
    match command:
        case c.Assign():
            agent = await _person(ledger, command.agent)
            return Situation(caller=caller, rules=rules, task=task, agent=agent)
        case c.Decline() | c.ExpireOffer():
            next_ones = await _next_ones(ledger, task, rules, now)
            return Situation(caller=caller, rules=rules, task=task, candidates=next_ones)
        case (
            c.Accept()
            | c.Depart()
            | c.Arrive()
            | c.Start()
            | c.Pause()
            | c.Resume()
            | c.Complete()
            | c.Cancel()
            | c.Acknowledge()
            | c.Escalate()
            | c.AddNote()
            | c.Locate()
            | c.Revise()
        ):
            return Situation(caller=caller, rules=rules, task=task)
        case _:
            assert_never(command)


async def _person(ledger: Ledger, person_id: int | None) -> Person | None:
    return await ledger.person(person_id) if person_id is not None else None


async def _twin(ledger: Ledger, caller: Caller, kind: Kind, title: str, rules: Rules, now: datetime) -> int | None:
    """A person who sends the same twice in a hurry means it once; a program says so with its key."""
    if caller.person is None:
        return None
    words = " ".join(title.split())
    return await ledger.twin(caller.person.id, kind, words, now - rules.twin_window)


async def _next_ones(ledger: Ledger, task: Task | None, rules: Rules, now: datetime) -> tuple[Candidate, ...]:
    if task is None or not task.emergency:
        return ()
    return await _candidates(ledger, task.place, rules, now, task=task.id, reporter=task.reporter)


async def _candidates(
    ledger: Ledger, place: Place | None, rules: Rules, now: datetime, *, reporter: int | None, task: int = 0
) -> tuple[Candidate, ...]:
    return await ledger.candidates(
        place,
        seen_after=now - rules.location_max_age,
        task=task,
        reporter=reporter,
        limit=rules.offer_to,
    )
