"""Shifts by hand: on duty from when one says so until one says so."""

from datetime import datetime

from core.rules.situation import Situation
from core.state.handover import answerable
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Availability, Role

Answer = tuple[e.PersonEvent, ...] | Refusal


def clock(situation: Situation, command: c.StartShift | c.EndShift, now: datetime) -> Answer:
    """Begin or end; an agent is available with it, and off duty after it unless the rota still counts on them."""
    person = situation.agent
    if person is None or not person.active:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    planned = situation.home is not None and person.id in answerable(situation.home.rota, now)
    if isinstance(command, c.StartShift):
        if person.shift_since is not None:
            return Refusal(reason=Reason.ALREADY)
        return (e.ShiftStarted(at=now), *_available(person))
    if person.shift_since is None:
        return Refusal(reason=Reason.PLANNED if planned else Reason.NOT_ON_DUTY)
    held = still_held(person)
    if held is not None:
        return held
    return (e.ShiftEnded(), *(() if planned else _off_duty(person)))


def still_held(person: Person) -> Refusal | None:
    """Why somebody can't leave now: the task that they work on, or the offer that waits for their answer."""
    if person.availability is Availability.ON_TASK:
        return Refusal(reason=Reason.HOLDING, task=person.hold, person=person.id)
    if person.hold is not None:
        return Refusal(reason=Reason.OFFER_WAITS, task=person.hold, person=person.id)
    return None


def _available(person: Person) -> tuple[e.PersonEvent, ...]:
    away = person.availability in (Availability.OFF_DUTY, Availability.UNAVAILABLE)
    return (e.AvailabilitySet(availability=Availability.AVAILABLE),) if away and person.role is Role.AGENT else ()


def _off_duty(person: Person) -> tuple[e.PersonEvent, ...]:
    there = person.availability is Availability.AVAILABLE
    return (e.AvailabilitySet(availability=Availability.OFF_DUTY),) if there and person.role is Role.AGENT else ()
