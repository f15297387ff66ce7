"""``/control clave``: the duress word, which looks like *estoy bien* to whoever watches."""

import asyncio
import secrets

from bot.conversation.secret_form import SecretForm, SecretTexts
from bot.conversation.turn import CommandTurn, MessageTurn, RegisteredTurn
from bot.features.safety.checkin_view import fine_words
from bot.ui.forms import said
from bot.ui.refusals import refusal_screen
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.state.duress import SALT_BYTES, digest_of, fit
from core.vocabulary import checkin_commands as cc

KIND = "clave"


async def begin(turn: CommandTurn, word: str) -> None:
    """Ask for it; a word that was sent with the command is taken."""
    await _form.begin(turn, word)


def wanted(turn: RegisteredTurn) -> bool:
    """Tells whether the next words are a new duress word."""
    return _form.wanted(turn)


async def _keep(turn: MessageTurn, word: str) -> Screen | None:
    if not fit(word, fine_words(turn.texts)):
        return None
    salt = secrets.token_bytes(SALT_BYTES)
    digest = await asyncio.to_thread(digest_of, word, salt)
    outcome = await turn.execute(cc.SetDuressWord(person=turn.person.id, salt=salt, digest=digest))
    if isinstance(outcome, Refused):
        return refusal_screen(outcome.refusal, None, turn.texts)
    return said("duress-kept", turn.texts)


_TEXTS = SecretTexts(
    wanted="duress-wanted", unfit="duress-unfit", in_private="duress-in-private", was_read="duress-was-read"
)
_form = SecretForm(KIND, _TEXTS, _keep)
