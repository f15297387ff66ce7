"""Decisions about people: who gets in, who leads, and which of it takes two administrators."""

from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from core.rules import relinking, rises
from core.rules.capabilities import equip
from core.rules.erasure import decide_erasure, erase_again
from core.rules.freezing import decide_freezing
from core.rules.invitations import decide_invitation
from core.rules.lost_words import decide_word
from core.rules.membership import decide_person
from core.rules.permissions import caller_of
from core.rules.situation import Situation
from core.vocabulary import access_commands as ac
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.capabilities import Equip
from core.vocabulary.refusals import Refusal

Answer = tuple[e.PersonEvent, ...] | Refusal
Decided = c.AboutMember | c.Relink | c.Replace | c.Inviting | ac.Forget | ac.EraseAgain


def decide_access(situation: Situation, command: c.PersonCommand, now: datetime) -> Answer:
    """Decide a command about a person, or about a way in."""
    if isinstance(command, ac.AnswerRise):
        return _answer_rise(situation, command, now)
    if isinstance(command, ac.Freezing):
        return decide_freezing(situation, command)
    if isinstance(command, ac.OfLostWord):
        return decide_word(situation, command)
    if isinstance(command, Equip):
        return equip(situation, situation.agent, command)
    return rises.ask_first(situation, command, _decide(situation, command, now), now)


def _decide(situation: Situation, command: Decided, now: datetime) -> Answer:
    match command:
        case c.Invite() | ac.Revoke():
            return decide_invitation(situation, command, now)
        case ac.Forget():
            return decide_erasure(situation)
        case ac.EraseAgain():
            return erase_again(situation)
        case c.Relink():
            return relinking.relink(situation, command)
        case c.Replace():
            return relinking.replace(situation.agent, command)
        case (
            c.Enter()
            | c.Admit()
            | c.Reject()
            | c.Promote()
            | c.Disable()
            | c.SetAvailability()
            | c.StartShift()
            | c.EndShift()
            | c.MarkSilenced()
            | c.MarkHeard()
            | c.Rename()
        ):
            return decide_person(situation, command, now)
        case _:
            assert_never(command)


def _answer_rise(situation: Situation, command: ac.AnswerRise, now: datetime) -> Answer:
    """Let what was asked for happen as if its asker did it now: whatever changed meanwhile counts."""
    refusal = rises.why_closed(situation, now)
    if refusal is not None:
        return refusal
    said = rises.answered(situation, command)
    assert situation.rise is not None
    wanted = rises.wanted(situation.rise)
    if isinstance(command, ac.RefuseRise) or wanted is None or situation.asker is None:
        return (said,)
    answer = _decide(replace(situation, caller=caller_of(situation.asker)), wanted, now)
    return answer if isinstance(answer, Refusal) else (said, *answer)
