"""The word that freezes its owner's access: who may say it, and what a wrong one changes."""

from typing import assert_never

from core.rules.situation import Situation, Word
from core.vocabulary import access_commands as ac
from core.vocabulary import account_events as a
from core.vocabulary import events as e
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Membership

Answer = tuple[e.PersonEvent, ...] | Refusal


def decide_word(situation: Situation, command: ac.OfLostWord) -> Answer:
    """Decide a command about such a word; a wrong one is refused as a wrong name is."""
    match command:
        case ac.SetLostWord():
            own = situation.agent is not None and situation.agent.id == situation.caller.id
            return (a.LostWordSet(),) if own else Refusal(reason=Reason.ABOVE_ROLE)
        case ac.FreezeByWord():
            return _freeze(situation, command)
        case _:
            assert_never(command)


def _freeze(situation: Situation, command: ac.FreezeByWord) -> Answer:
    person = situation.agent
    match situation.word:
        case Word.HELD:
            return Refusal(reason=Reason.WORD_HELD, at=situation.word_at)
        case Word.RIGHT if person is not None:
            if person.membership is Membership.FROZEN:
                return Refusal(reason=Reason.ALREADY_FROZEN, person=person.id)
            if not person.active:  # whoever was put out meanwhile is not frozen: a freeze can be lifted
                return Refusal(reason=Reason.WRONG_WORD)
            if situation.last:
                return Refusal(reason=Reason.LAST_FREEZE, person=person.id)
            return (a.Frozen(account=command.account),)
        case Word.TOLD if person is not None:
            return (a.LostWordTried(account=command.account, tries=situation.tries),)
        case Word.WRONG | Word.RIGHT | Word.TOLD:
            return Refusal(reason=Reason.WRONG_WORD)
        case _:
            assert_never(situation.word)
