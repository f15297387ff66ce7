"""Decisions about a unit."""

from datetime import datetime
from typing import assert_never

from core.rules import rota_rules, swaps, uncovered_hours
from core.rules.permissions import Caller
from core.rules.situation import Situation
from core.state import handover
from core.state.shifts import unmanned
from core.state.units import Unit, evolve
from core.vocabulary import unit_commands as uc
from core.vocabulary import unit_events as u
from core.vocabulary.civil import zone_named
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.visible import one_line
from core.vocabulary.words import Role

NAME_LIMIT = 60

Answer = tuple[u.UnitEvent, ...] | Refusal


def decide_unit(situation: Situation, command: uc.UnitCommand, now: datetime) -> Answer:
    """Decide a command about a unit, with the changes of who is on duty."""
    if isinstance(command, uc.CreateUnit):
        return _create(situation, command)
    unit = situation.unit
    if unit is None:
        return Refusal(reason=Reason.UNKNOWN_UNIT)
    answer = _answer(situation, unit, command, now)
    if isinstance(answer, Refusal):
        return answer
    after = unit
    for event in answer:
        after = evolve(after, event, now)
    ended = swaps.overtaken(unit.rota, after.rota, answer, now)
    gone = isinstance(command, uc.Dismiss) and command.gone
    if unmanned(after.rota, now) and not unmanned(unit.rota, now) and not gone:
        return Refusal(reason=Reason.UNMANNED)
    look = uncovered_hours.passed if isinstance(command, uc.ChangeShifts) else uncovered_hours.changed
    return (
        *answer,
        *ended,
        *handover.changes(after.rota, now, situation.rules.handover_timeout),
        *look(after.rota, now),
    )


def _answer(situation: Situation, unit: Unit, command: uc.UnitCommand, now: datetime) -> Answer:
    people, caller = situation.people, situation.caller
    match command:
        case uc.CreateUnit():
            return _create(situation, command)
        case uc.ReviseUnit():
            return _revise(situation, unit, command)
        case uc.Enroll():
            return _enroll(situation, unit, command, now)
        case uc.Dismiss():
            return _dismiss(situation, unit, command, now)
        case uc.AskSwap():
            return swaps.ask(unit, caller, people.get(command.asked), command, now)
        case uc.AnswerSwap():
            return swaps.answer(unit, people, caller, command, now)
        case uc.EndQuestions():
            return swaps.end(unit.rota, command.person)
        case uc.TakeOver():
            return handover.take_over(unit.rota, caller.id or 0)
        case uc.ChangeShifts():
            return ()
        case _ if not leads(caller, unit):
            return Refusal(reason=Reason.NOT_YOUR_UNIT)
        case uc.LinkGroup():
            return _link(situation, unit, command)
        case uc.SetRotation():
            return rota_rules.set_rotation(unit, people, command, now)
        case uc.DropRotation():
            return rota_rules.drop_rotation(unit, command)
        case uc.StandIn():
            return rota_rules.stand_in(unit, people, command, now)
        case uc.MarkAbsent():
            return rota_rules.mark_absent(unit, people, command, now)
        case uc.Withdraw():
            return rota_rules.withdraw(unit, command)
        case _:
            assert_never(command)


def leads(caller: Caller, unit: Unit) -> bool:
    """Whether the caller may change the unit's rota and group: its supervisors, administrators, programs likewise."""
    if caller.person is None or caller.role is Role.ADMIN:
        return caller.role >= Role.SUPERVISOR
    return caller.role is Role.SUPERVISOR and caller.person.unit == unit.id


def _create(situation: Situation, command: uc.CreateUnit) -> Answer:
    name = one_line(command.name)
    refusal = _bad_name(situation, name) or _bad_zone(command.zone)
    return refusal or (u.UnitCreated(name=name, zone=command.zone),)


def _revise(situation: Situation, unit: Unit, command: uc.ReviseUnit) -> Answer:
    name = one_line(command.name) if command.name is not None else unit.name
    zone = command.zone if command.zone is not None else unit.zone
    if (name, zone) == (unit.name, unit.zone):
        return Refusal(reason=Reason.UNCHANGED)
    refusal = _bad_name(situation, name) or _bad_zone(zone)
    return refusal or (u.UnitRevised(name=name, zone=zone),)


def _bad_name(situation: Situation, name: str) -> Refusal | None:
    if not name:
        return Refusal(reason=Reason.EMPTY)
    if len(name) > NAME_LIMIT:
        return Refusal(reason=Reason.TOO_LONG, limit=NAME_LIMIT)
    if situation.namesake not in (None, situation.unit.id if situation.unit is not None else None):
        return Refusal(reason=Reason.NAME_TAKEN)
    return None


def _bad_zone(zone: str) -> Refusal | None:
    return Refusal(reason=Reason.UNKNOWN_ZONE) if zone_named(zone) is None else None


def _link(situation: Situation, unit: Unit, command: uc.LinkGroup) -> Answer:
    if command.room == unit.room:
        return Refusal(reason=Reason.UNCHANGED)
    if situation.linked is not None:
        return Refusal(reason=Reason.GROUP_TAKEN)
    return (u.GroupLinked(room=command.room, title=one_line(command.title)[:NAME_LIMIT]),)


def _enroll(situation: Situation, unit: Unit, command: uc.Enroll, now: datetime) -> Answer:
    person = situation.people.get(command.person)
    if person is None or not person.active:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    if person.unit == unit.id:
        return Refusal(reason=Reason.UNCHANGED)
    if situation.home is not None and person.id in situation.home.rota.needed(now):
        return Refusal(reason=Reason.IN_ROTA, person=person.id)
    return (u.Enrolled(person=person.id),)


def _dismiss(situation: Situation, unit: Unit, command: uc.Dismiss, now: datetime) -> Answer:
    person = situation.people.get(command.person)
    if person is None or person.unit != unit.id:
        return Refusal(reason=Reason.NOT_IN_UNIT, person=command.person)
    if command.gone:
        turns = rota_rules.take_out(unit.rota, person.id, now)
        return turns if command.stays else (*turns, u.Dismissed(person=person.id))
    if person.id in unit.rota.needed(now):
        return Refusal(reason=Reason.IN_ROTA, person=person.id)
    return (*swaps.end(unit.rota, person.id), u.Dismissed(person=person.id))
