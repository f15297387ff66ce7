"""Words that only their owner knows: asked for in private, kept so that nobody can read them, gone from the chat."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from bot.conversation import forms
from bot.conversation.contents import text_of
from bot.conversation.turn import AnswerTurn, CommandTurn, MessageTurn, PressTurn, RegisteredTurn
from bot.ui.forms import CANCEL, said
from bot.ui.screen import Screen
from storage.repositories.forms import Form

STEP = "palabra"

Keep = Callable[[MessageTurn, str], Awaitable[Screen | None]]
"""Keeps the word if it will do, and says so; None: it won't do."""


class SecretTexts(Struct, frozen=True, kw_only=True):
    """Texts of one such form, by their keys."""

    wanted: str
    unfit: str
    in_private: str
    was_read: str


class SecretForm:
    """The form of one kind of secret word."""

    def __init__(self, kind: str, texts: SecretTexts, keep: Keep) -> None:
        self._kind, self._texts, self._keep = kind, texts, keep
        forms.declare(kind, ask=self._ask, answer=self._answer, press=self._press)

    async def begin(self, turn: CommandTurn, word: str) -> None:
        """Ask for it; one that was sent with the command is taken. What others have read is no secret."""
        if not turn.private:
            turn.say(said(self._texts.was_read if word else self._texts.in_private, turn.texts))
        elif word:
            turn.say(await self._kept(turn, word) or said(self._texts.unfit, turn.texts))
        else:
            turn.remove(turn.message)
            if self.wanted(turn):
                forms.change(turn, said("form-cancelled", turn.texts))
            await self._ask(turn, forms.begin(turn, self._kind, STEP))

    def wanted(self, turn: RegisteredTurn) -> bool:
        """Tells whether the next words are a new one."""
        form = turn.waiting_form
        return form is not None and form.kind == self._kind

    async def _ask(self, turn: RegisteredTurn, form: Form) -> None:
        forms.show(turn, self._question(turn, form, self._texts.wanted))

    def _question(self, turn: RegisteredTurn, form: Form, key: str) -> Screen:
        ways = forms.sheet(turn, form).ways((CANCEL,), turn.texts)
        return Screen(text=turn.texts(key), buttons=(ways,))

    async def _answer(self, turn: AnswerTurn) -> None:
        """Keep it; the question says only that something was kept: whoever reads the chat later learns of no word."""
        answer = await self._kept(turn, text_of(turn.message))
        if answer is None:
            forms.change(turn, self._question(turn, turn.form, self._texts.unfit))
        else:
            forms.change(turn, answer)
            await forms.end(turn)

    async def _kept(self, turn: MessageTurn, word: str) -> Screen | None:
        """Keep it; whatever it was, nobody is to read it in the chat."""
        turn.remove(turn.message)
        return await self._keep(turn, word)

    async def _press(self, turn: PressTurn, form: Form, word: str) -> None:
        """The only button is *Cancelar*, which every form has."""
        turn.say(said("form-step-over", turn.texts))
