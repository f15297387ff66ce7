"""One person with two accounts: who asks to be let in may be somebody who is in already, or was."""

from core.rules.membership import called_otherwise, renamed
from core.rules.situation import Situation
from core.state.person import Person
from core.vocabulary import account_events as a
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Membership

Answer = tuple[e.PersonEvent, ...] | Refusal


def relink(situation: Situation, command: c.Relink) -> Answer:
    """Give ``situation.agent`` the account of the newcomer, and the names that it has; unit and work stay.

    So does the role, unless they are let in again with another.
    """
    former, newcomer = situation.agent, situation.people.get(command.newcomer)
    if former is None or newcomer is None:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    if situation.caller.id in (former.id, newcomer.id):
        return Refusal(reason=Reason.SELF)
    if refusal := why_not(former, newcomer, command.account, again=command.role is not None):
        return refusal
    names = called_otherwise(former, newcomer.name, newcomer.username)
    return (
        *((renamed(newcomer.name, newcomer.username),) if names else ()),
        a.Relinked(account=newcomer.account, was=former.account, newcomer=newcomer.id),
        *((e.Admitted(role=command.role),) if command.role is not None else ()),
    )


def why_not(former: Person, newcomer: Person, account: int, *, again: bool = False) -> Refusal | None:
    """The reason why somebody can't go on with a newcomer's account; ``account``: theirs when it was asked.

    ``again``: they were out then, and come in again.
    """
    if former.id == newcomer.id or newcomer.membership is not Membership.PENDING:
        return Refusal(reason=Reason.ALREADY, person=newcomer.id)
    if former.account != account:
        return Refusal(reason=Reason.STALE, person=former.id)
    if again and former.membership not in (Membership.DISABLED, Membership.FROZEN):
        return Refusal(reason=Reason.STALE, person=former.id)
    return Refusal(reason=Reason.DISABLED, person=former.id) if not (again or former.active) else None


def replace(person: Person | None, command: c.Replace) -> Answer:
    """Put out who asked, with the former account that they have by now."""
    if person is None:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    if person.membership is not Membership.PENDING:
        return Refusal(reason=Reason.ALREADY, person=person.id)
    return (a.Replaced(by=command.by),)
