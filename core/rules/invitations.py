"""One-time links: who may make one, how long it opens the door, and how it is taken back."""

from datetime import datetime
from typing import assert_never

from core.rules.situation import Invitation, Situation
from core.state.person import Person
from core.vocabulary import access_commands as ac
from core.vocabulary import account_events as a
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Role

Answer = tuple[e.PersonEvent, ...] | Refusal


def decide_invitation(situation: Situation, command: c.Inviting, now: datetime) -> Answer:
    """Decide a command about a one-time link."""
    match command:
        case c.Invite():
            expires_at = now + situation.rules.invitation_life
            return (e.Invited(token_digest=command.token_digest, role=command.role, expires_at=expires_at),)
        case ac.Revoke():
            if situation.invitation is None:
                return Refusal(reason=Reason.ALREADY)
            return (a.Revoked(token_digest=command.token_digest, role=situation.invitation.role),)
        case _:
            assert_never(command)


def still_opens(invitation: Invitation, maker: Person | None, now: datetime) -> bool:
    """Whether a link opens the door: in time, and while whoever made it may still give that role.

    One that was made on the machine itself (``made_by`` None) has nobody who could lose that right.
    """
    if invitation.expires_at <= now:
        return False
    if invitation.made_by is None:
        return True
    return maker is not None and _may_give(maker, invitation)


def _may_give(maker: Person, invitation: Invitation) -> bool:
    """Whether they are an administrator with the account that made the link: a former phone still has it in a chat."""
    same_phone = invitation.made_with in (None, maker.account)
    return maker.active and maker.role >= max(Role.ADMIN, invitation.role) and same_phone


def loses_right_to_invite(before: Person | None, after: Person) -> bool:
    """Whether this change takes from somebody what their links stand on."""
    if before is None or not before.active or before.role < Role.ADMIN:
        return False
    return not after.active or after.role < Role.ADMIN or after.account != before.account
