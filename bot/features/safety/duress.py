"""``/control clave``: the duress word is set in private, kept so that nobody can read it, and gone from the chat."""

import asyncio
import secrets

from bot.conversation import forms
from bot.conversation.contents import text_of
from bot.conversation.turn import AnswerTurn, CommandTurn, MessageTurn, PressTurn, RegisteredTurn
from bot.features.safety.checkin_view import fine_words
from bot.ui.forms import CANCEL, said
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.state.duress import SALT_BYTES, digest_of, fit
from core.vocabulary import checkin_commands as cc
from storage.repositories.forms import Form

KIND, STEP = "clave", "palabra"


async def begin(turn: CommandTurn, word: str) -> None:
    """Ask for it; a word that was sent with the command is taken. What others have read is no secret."""
    if not turn.private:
        turn.say(said("duress-in-private" if not word else "duress-was-read", turn.texts))
    elif word:
        await _keep(turn, word)
    else:
        await _ask(turn, forms.begin(turn, KIND, STEP))


def wanted(turn: RegisteredTurn) -> bool:
    """Tells whether the next words are a new duress word."""
    form = turn.waiting_form
    return form is not None and form.kind == KIND


async def _ask(turn: RegisteredTurn, form: Form) -> None:
    ways = forms.sheet(turn, form).ways((CANCEL,), turn.texts)
    forms.show(turn, Screen(text=turn.texts("duress-wanted"), buttons=(ways,)))


async def _answer(turn: AnswerTurn) -> None:
    if await _keep(turn, text_of(turn.message)):
        forms.change(turn, Screen(text=turn.texts("duress-wanted")))
        await forms.end(turn)


async def _keep(turn: MessageTurn, word: str) -> bool:
    """Keep it, if it will do; whatever it was, nobody is to read it in the chat."""
    turn.remove(turn.message)
    if not fit(word, fine_words(turn.texts)):
        turn.say(said("duress-unfit", turn.texts))
        return False
    salt = secrets.token_bytes(SALT_BYTES)
    digest = await asyncio.to_thread(digest_of, word, salt)
    outcome = await turn.execute(cc.SetDuressWord(person=turn.person.id, salt=salt, digest=digest))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.say(said("duress-kept", turn.texts))
    return True


async def _press(turn: PressTurn, form: Form, word: str) -> None:
    """The only button is *Cancelar*, which every form has."""
    turn.say(said("form-step-over", turn.texts))


forms.declare(KIND, ask=_ask, answer=_answer, press=_press)
