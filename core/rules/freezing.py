"""Freezing: access ends at once on one person's word, and an administrator says afterwards whether it stays so (P14).

Whoever is frozen is out, as after the cut; their role and unit stay theirs until somebody confirms it.
"""

from datetime import timedelta
from typing import assert_never

from core.rules.situation import Situation
from core.state.person import Person
from core.vocabulary import access_commands as ac
from core.vocabulary import account_events as a
from core.vocabulary import events as e
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Membership, Role

Answer = tuple[e.PersonEvent, ...] | Refusal

CALL_LIMIT = 200
# So long administrators have for their answer before they are asked again.
UNDECIDED = timedelta(days=1)


def decide_freezing(situation: Situation, command: ac.Freezing) -> Answer:
    """Decide a command about the freeze of ``situation.agent``."""
    person = situation.agent
    if person is None:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    if isinstance(command, ac.Freeze):
        return _freeze(situation, person)
    if person.membership is not Membership.FROZEN:
        return Refusal(reason=Reason.NOT_FROZEN, person=person.id)
    match command:
        case ac.Thaw():
            return (a.Thawed(),)
        case ac.RemindFreeze():
            return (a.FreezeReminded(),)
        case ac.CallFrozen():
            return (a.FrozenCalled(words=" ".join(command.words.split())[:CALL_LIMIT]),)
        case _:
            assert_never(command)


def _freeze(situation: Situation, person: Person) -> Answer:
    """A supervisor freezes whom they lead, or another supervisor; an administrator anybody but the last one."""
    caller = situation.caller
    if person.id == caller.id:
        return Refusal(reason=Reason.SELF)
    if person.membership is Membership.FROZEN:
        return Refusal(reason=Reason.ALREADY_FROZEN, person=person.id)
    if not person.active:
        return Refusal(reason=Reason.OUT_ALREADY, person=person.id)
    if person.role is Role.ADMIN and caller.role < Role.ADMIN:
        return Refusal(reason=Reason.ABOVE_ROLE, role=Role.ADMIN)
    if situation.last:
        return Refusal(reason=Reason.LAST_ADMIN, person=person.id)
    return (a.Frozen(),)
