"""Erasing what is kept of a person (P15): they ask, an administrator approves, and they are out first (P14)."""

from core.rules.situation import Situation
from core.vocabulary import account_events as a
from core.vocabulary import events as e
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Membership, Role


def decide_erasure(situation: Situation) -> tuple[e.PersonEvent, ...] | Refusal:
    """Refuse whoever is not the person, while a task of theirs is open, or words of theirs could not be erased."""
    person = situation.agent
    if person is None:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    if situation.caller.id != person.id:
        return Refusal(reason=Reason.ABOVE_ROLE, role=Role.ADMIN)
    if person.membership is Membership.FORGOTTEN:
        return Refusal(reason=Reason.ALREADY, person=person.id)
    if person.membership is Membership.FROZEN:
        # A lost phone may have asked for it: first somebody decides whether the person is out.
        return Refusal(reason=Reason.FROZEN)
    if situation.erasure_waits:
        return Refusal(reason=Reason.ERASURE_ASKED)
    if situation.stands_in_way is not None:
        return Refusal(reason=Reason.ERASURE_HELD, task=situation.stands_in_way)
    if situation.in_chain:
        return Refusal(reason=Reason.RESEAL_FIRST)
    return (e.Disabled(), a.Erasing()) if person.active else (a.Erasing(),)


def erase_again(situation: Situation) -> tuple[e.PersonEvent, ...] | Refusal:
    """Erase whoever a backup brought back: whatever is open moves on without them, and is blanked when it closes."""
    person = situation.agent
    if person is None:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    if person.membership is Membership.FORGOTTEN:
        return Refusal(reason=Reason.ALREADY, person=person.id)
    if situation.last:
        return Refusal(reason=Reason.LAST_ADMIN, person=person.id)
    if situation.in_chain:
        return Refusal(reason=Reason.RESEAL_FIRST)
    erasing = a.Erasing(again=True)
    return (e.Disabled(), erasing) if person.active else (erasing,)
