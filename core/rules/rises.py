"""Two administrators make a third (P9): the first one asks, another one confirms, and only then it happens.

Where nobody else could confirm, one is enough: a desk is not stranded with a single administrator. The machine's own
command line asks nobody either.
"""

from datetime import datetime

from core.rules.situation import Situation
from core.state.person import Person
from core.state.rises import Rise
from core.vocabulary import access_commands as ac
from core.vocabulary import account_events as a
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Role

Answer = tuple[e.PersonEvent, ...] | Refusal
Wanting = c.Admit | c.Promote | c.Relink | c.Invite


def way_of(command: c.PersonCommand, subject: Person | None) -> a.Way | None:
    """The way in which a command would make an administrator, or erase somebody's data; None: it does neither."""
    match command:
        case c.Admit(role=Role.ADMIN):
            return a.Way.AGAIN if command.again else a.Way.ADMIT
        case c.Promote(role=Role.ADMIN):
            return a.Way.PROMOTE
        case c.Relink(role=None) if subject is not None and subject.role is Role.ADMIN:
            return a.Way.MOVE
        case c.Invite(role=Role.ADMIN):
            return a.Way.INVITE
        case ac.Forget():
            return a.Way.ERASE
        case _:  # nothing else gives that role; who comes in by a link was confirmed before
            return None


def needs_two(command: c.PersonCommand, subject: Person | None) -> bool:
    """Whether a command makes an administrator, in a way that waits for a second one or in one that can't."""
    return way_of(command, subject) is not None or _moved_and_raised(command)


def _moved_and_raised(command: c.PersonCommand) -> bool:
    """Whether somebody would come back with another account and lead at once: no request of a second one says that."""
    return isinstance(command, c.Relink) and command.role is Role.ADMIN


def ask_first(situation: Situation, command: c.PersonCommand, answer: Answer, now: datetime) -> Answer:
    """The decision itself; where it takes another administrator and there is one, they are asked before."""
    way = way_of(command, situation.agent)
    if _moved_and_raised(command) and situation.second and not isinstance(answer, Refusal):
        return Refusal(reason=Reason.NEEDS_SECOND)
    if isinstance(answer, Refusal) or way is None:
        return answer
    if not situation.second:
        return Refusal(reason=Reason.NOBODY_APPROVES) if way is a.Way.ERASE else answer
    asked = a.RiseAsked(way=way, due_at=now + situation.rules.invitation_life)
    return (*answer, asked) if way is a.Way.INVITE else (asked,)


def why_closed(situation: Situation, now: datetime) -> Refusal | None:
    """The reason why the caller can't answer this request any more, or never could."""
    rise, asker = situation.rise, situation.asker
    if rise is None:
        return Refusal(reason=Reason.STALE)
    if rise.decided_at is not None:
        return Refusal(reason=Reason.RISE_DECIDED, person=rise.decided_by, at=rise.decided_at)
    if rise.due_at <= now:
        return Refusal(reason=Reason.RISE_OVER)
    if situation.caller.id == rise.asked_by:
        return Refusal(reason=Reason.OWN_RISE)
    if situation.caller.id in rise.subjects:
        return Refusal(reason=Reason.SELF)
    if rise.way is a.Way.ERASE:
        moved = asker is not None and asker.account != rise.asked_with
        return Refusal(reason=Reason.ERASURE_MOVED, person=rise.asked_by) if moved else None
    if asker is None or not asker.active or asker.role < Role.ADMIN or asker.account != rise.asked_with:
        return Refusal(reason=Reason.RISE_ASKER_GONE, person=rise.asked_by)
    if rise.way is a.Way.INVITE and situation.invitation is None:
        return Refusal(reason=Reason.ALREADY)
    return None


def wanted(rise: Rise) -> c.Admit | c.Promote | c.Relink | ac.Forget | None:
    """The command that waits to be confirmed; None: an invitation, which is there and waits."""
    match rise.way:
        case a.Way.PROMOTE:
            return c.Promote(person=rise.person, role=Role.ADMIN)
        case a.Way.ADMIT | a.Way.AGAIN:
            return c.Admit(person=rise.person, role=Role.ADMIN, again=rise.way is a.Way.AGAIN)
        case a.Way.MOVE if rise.newcomer is not None and rise.account is not None:
            return c.Relink(person=rise.person, newcomer=rise.newcomer, account=rise.account)
        case a.Way.ERASE:
            return ac.Forget(person=rise.person)
        case _:  # an invitation, or a move that names nobody
            return None


def answered(situation: Situation, command: ac.AnswerRise) -> e.PersonEvent:
    """The answer as it is recorded."""
    assert situation.rise is not None  # why_closed refuses an answer to nothing
    rise = situation.rise
    kind = a.RiseConfirmed if isinstance(command, ac.ConfirmRise) else a.RiseRefused
    return kind(way=rise.way, asked_by=rise.asked_by)
