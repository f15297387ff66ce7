"""``/clave``: the word that freezes one's own access is set in private, kept unreadable, and gone from the chat."""

import asyncio
import secrets

from bot.conversation import forms
from bot.conversation.contents import text_of
from bot.conversation.registry import command
from bot.conversation.turn import AnswerTurn, CommandTurn, MessageTurn, PressTurn, RegisteredTurn
from bot.ui.forms import CANCEL, said
from bot.ui.refusals import refusal_screen
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.state.duress import SALT_BYTES
from core.state.lost_word import digest_of, fit
from core.vocabulary.access_commands import SetLostWord
from core.vocabulary.words import Role
from storage.repositories.forms import Form

KIND, STEP = "congela", "palabra"


@command("word", role=Role.AGENT)
async def own_word(turn: CommandTurn) -> None:
    """Ask for it; one that was sent with the command is taken. What others have read is no secret."""
    word = turn.words.strip()
    if not turn.private:
        turn.say(said("word-was-read" if word else "word-in-private", turn.texts))
    elif word:
        turn.say(await _keep(turn, word) or said("word-unfit", turn.texts))
    else:
        turn.remove(turn.message)
        await _ask(turn, forms.begin(turn, KIND, STEP))


async def _ask(turn: RegisteredTurn, form: Form) -> None:
    forms.show(turn, _question(turn, form, "word-wanted"))


def _question(turn: RegisteredTurn, form: Form, key: str) -> Screen:
    ways = forms.sheet(turn, form).ways((CANCEL,), turn.texts)
    return Screen(text=turn.texts(key), buttons=(ways,))


async def _answer(turn: AnswerTurn) -> None:
    """The question says at its end only that something was kept."""
    answer = await _keep(turn, text_of(turn.message))
    if answer is None:
        forms.change(turn, _question(turn, turn.form, "word-unfit"))
    else:
        forms.change(turn, answer)
        await forms.end(turn)


async def _keep(turn: MessageTurn, word: str) -> Screen | None:
    """Keep it, if it will do (None: it won't), and say so; whatever it was, nobody is to read it in the chat."""
    turn.remove(turn.message)
    if not fit(word, turn.person.name):
        return None
    before = await turn.queries.lost_word(turn.person.id)
    salt = before.salt if before is not None else secrets.token_bytes(SALT_BYTES)
    digest = await asyncio.to_thread(digest_of, word, salt)
    outcome = await turn.execute(SetLostWord(person=turn.person.id, salt=salt, digest=digest))
    if isinstance(outcome, Refused):
        return refusal_screen(outcome.refusal, None, turn.texts)
    return said("word-kept", turn.texts)


async def _press(turn: PressTurn, form: Form, word: str) -> None:
    """The only button is *Cancelar*, which every form has."""
    turn.say(said("form-step-over", turn.texts))


forms.declare(KIND, ask=_ask, answer=_answer, press=_press)
