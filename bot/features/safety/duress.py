"""``/control clave``: the duress word is set in private, kept so that nobody can read it, and gone from the chat."""

import asyncio
import secrets

from bot.conversation import forms
from bot.conversation.contents import text_of
from bot.conversation.turn import AnswerTurn, CommandTurn, MessageTurn, PressTurn, RegisteredTurn
from bot.features.safety.checkin_view import fine_words
from bot.ui.forms import CANCEL, said
from bot.ui.refusals import refusal_screen
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
        turn.say(await _keep(turn, word) or said("duress-unfit", turn.texts))
    else:
        turn.remove(turn.message)
        if wanted(turn):
            forms.change(turn, said("form-cancelled", turn.texts))
        await _ask(turn, forms.begin(turn, KIND, STEP))


def wanted(turn: RegisteredTurn) -> bool:
    """Tells whether the next words are a new duress word."""
    form = turn.waiting_form
    return form is not None and form.kind == KIND


async def _ask(turn: RegisteredTurn, form: Form) -> None:
    forms.show(turn, _question(turn, form, "duress-wanted"))


def _question(turn: RegisteredTurn, form: Form, key: str) -> Screen:
    ways = forms.sheet(turn, form).ways((CANCEL,), turn.texts)
    return Screen(text=turn.texts(key), buttons=(ways,))


async def _answer(turn: AnswerTurn) -> None:
    """The question says at its end only that something was kept: whoever reads the chat later learns of no word."""
    answer = await _keep(turn, text_of(turn.message))
    if answer is None:
        forms.change(turn, _question(turn, turn.form, "duress-unfit"))
    else:
        forms.change(turn, answer)
        await forms.end(turn)


async def _keep(turn: MessageTurn, word: str) -> Screen | None:
    """Keep it, if it will do (None: it won't), and say so; whatever it was, nobody is to read it in the chat."""
    turn.remove(turn.message)
    if not fit(word, fine_words(turn.texts)):
        return None
    salt = secrets.token_bytes(SALT_BYTES)
    digest = await asyncio.to_thread(digest_of, word, salt)
    outcome = await turn.execute(cc.SetDuressWord(person=turn.person.id, salt=salt, digest=digest))
    if isinstance(outcome, Refused):
        return refusal_screen(outcome.refusal, None, turn.texts)
    return said("duress-kept", turn.texts)


async def _press(turn: PressTurn, form: Form, word: str) -> None:
    """The only button is *Cancelar*, which every form has."""
    turn.say(said("form-step-over", turn.texts))


forms.declare(KIND, ask=_ask, answer=_answer, press=_press)
