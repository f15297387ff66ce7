"""Membership: letting people in, their role, and whether they can be sent somewhere."""

from datetime import datetime
from typing import assert_never

from core.rules import manual_shift
from core.rules.invitations import still_opens
from core.rules.situation import Situation
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import reach_events as r
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Membership, Role

NAME_LIMIT = 100

Answer = tuple[e.PersonEvent, ...] | Refusal


def decide_person(situation: Situation, command: c.AboutMember, now: datetime) -> Answer:
    """Decide a command about a person, ``situation.agent``."""
    match command:
        case c.Enter():
            return enter(situation, command, now)
        case c.MarkSilenced() | c.MarkHeard():
            return _reach(situation.agent, command)
        case c.Rename():
            return _rename(situation.agent, command)
        case c.SetAvailability():
            return _set_availability(situation.agent, command)
        case c.StartShift() | c.EndShift():
            return manual_shift.clock(situation, command, now)
        case c.Admit() | c.Reject() | c.Promote() | c.Disable():
            return _administer(situation, situation.agent, command)
        case _:
            assert_never(command)


def enter(situation: Situation, command: c.Enter, now: datetime) -> Answer:
    """Ask to be let in; an invitation opens the door at once, and a name in the configuration that of a desk unled."""
    person = situation.agent
    if _leads_at_first(situation, command):
        return (*_introduce(person, command), e.Admitted(role=Role.ADMIN))
    if person is not None and person.active and command.token_digest is None:
        return Refusal(reason=Reason.ALREADY, person=person.id)
    if command.token_digest is not None:
        invitation = situation.invitation
        if invitation is None or not still_opens(invitation, situation.maker, now):
            # A link pressed twice, or somebody else's, changes nothing for a person who is in.
            inside = person is not None and person.active
            return Refusal(
                reason=Reason.ALREADY if inside else Reason.INVITATION_OVER, person=person.id if person else None
            )
        if person is not None and person.active and person.role >= invitation.role:
            return Refusal(reason=Reason.ALREADY, person=person.id)
        if not invitation.confirmed:
            return Refusal(reason=Reason.INVITATION_WAITS)
        if person is not None and person.membership is not Membership.PENDING and not person.active:
            return _shut(person)
        return (*_introduce(person, command), e.Admitted(role=invitation.role))
    if person is None:
        return _introduce(person, command)
    return Refusal(reason=Reason.PENDING) if person.membership is Membership.PENDING else _shut(person)


def _shut(person: Person) -> Refusal:
    return Refusal(reason=Reason.FROZEN if person.membership is Membership.FROZEN else Reason.DISABLED)


def _leads_at_first(situation: Situation, command: c.Enter) -> bool:
    """Whether the configuration makes them an administrator: only where nobody is one, and never who was put out."""
    person = situation.agent
    new = person is None or person.membership is Membership.PENDING
    return new and command.account in situation.rules.admins and not situation.led


def _introduce(person: Person | None, command: c.Enter) -> tuple[e.PersonEvent, ...]:
    if person is not None:
        return ()
    return (e.AccessRequested(name=_kept(command.name), username=command.username),)


def _administer(situation: Situation, person: Person | None, command: c.Administering) -> Answer:
    if person is None:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    if person.id == situation.caller.id:
        return Refusal(reason=Reason.SELF)
    match command:
        case c.Admit():
            # A request's button that is pressed late must not let in whom another administrator turned down meanwhile.
            if person.membership is not (Membership.DISABLED if command.again else Membership.PENDING):
                return Refusal(reason=Reason.ALREADY, person=person.id)
            return (e.Admitted(role=command.role),)
        case c.Reject():
            if person.membership is not Membership.PENDING:
                return Refusal(reason=Reason.ALREADY, person=person.id)
            return (e.Rejected(),)
        case c.Promote():
            if not person.active:
                return Refusal(reason=Reason.DISABLED)
            if person.role is command.role:
                return Refusal(reason=Reason.UNCHANGED)
            if situation.last:
                return Refusal(reason=Reason.LAST_ADMIN, person=person.id)
            return (e.Promoted(role=command.role),)
        case c.Disable():
            if not person.active and person.membership is not Membership.FROZEN:
                return Refusal(reason=Reason.ALREADY, person=person.id)
            if situation.last:
                return Refusal(reason=Reason.LAST_ADMIN, person=person.id)
            return (e.Disabled(),)
        case _:
            assert_never(command)


def _set_availability(person: Person | None, command: c.SetAvailability) -> Answer:
    if person is None:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    held = manual_shift.still_held(person)
    if held is not None:
        return held
    if command.availability is person.availability:
        return Refusal(reason=Reason.UNCHANGED)
    return (e.AvailabilitySet(availability=command.availability),)


def _reach(person: Person | None, command: c.MarkSilenced | c.MarkHeard) -> Answer:
    if person is None:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    if person.reachable is isinstance(command, c.MarkHeard):
        return Refusal(reason=Reason.UNCHANGED)
    return (r.Heard(mistaken=command.mistaken),) if isinstance(command, c.MarkHeard) else (r.Silenced(),)


def called_otherwise(person: Person, name: str, username: str | None) -> bool:
    """Whether the desk knows a person by another name or user name (in any case) than they were seen with."""
    return (person.name, person.username) != (_kept(name), username.lower() if username else None)


def _rename(person: Person | None, command: c.Rename) -> Answer:
    if person is None:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    if not called_otherwise(person, command.name, command.username):
        return Refusal(reason=Reason.UNCHANGED)
    return (renamed(command.name, command.username),)


def renamed(name: str, username: str | None) -> e.Renamed:
    """The names as they are kept."""
    return e.Renamed(name=_kept(name), username=username.lower() if username else None)


def _kept(name: str) -> str:
    return name[:NAME_LIMIT] or "?"
