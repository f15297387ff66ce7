"""``/clave``: the word that freezes one's own access from any other phone."""

import asyncio
import secrets

from bot.conversation.registry import command
from bot.conversation.secret_form import SecretForm, SecretTexts
from bot.conversation.turn import CommandTurn, MessageTurn
from bot.ui.forms import said
from bot.ui.refusals import refusal_screen
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.state.duress import SALT_BYTES
from core.state.lost_word import digest_of, fit
from core.vocabulary.access_commands import SetLostWord
from core.vocabulary.words import Role

KIND = "congela"


@command("word", role=Role.AGENT)
async def own_word(turn: CommandTurn) -> None:
    """``/clave``; a word that was sent with the command is taken."""
    await _form.begin(turn, turn.words.strip())


async def _keep(turn: MessageTurn, word: str) -> Screen | None:
    if not fit(word, turn.person.name):
        return None
    before = await turn.queries.lost_word(turn.person.id)
    salt = before.salt if before is not None else secrets.token_bytes(SALT_BYTES)
    digest = await asyncio.to_thread(digest_of, word, salt)
    outcome = await turn.execute(SetLostWord(person=turn.person.id, salt=salt, digest=digest))
    if isinstance(outcome, Refused):
        return refusal_screen(outcome.refusal, None, turn.texts)
    return said("word-kept", turn.texts)


_TEXTS = SecretTexts(wanted="word-wanted", unfit="word-unfit", in_private="word-in-private", was_read="word-was-read")
_form = SecretForm(KIND, _TEXTS, _keep)
