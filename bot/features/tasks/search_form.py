"""``/buscar`` without words: a form that asks for them."""

from bot.conversation import forms
from bot.conversation.contents import text_of
from bot.conversation.turn import AnswerTurn, PressTurn, RegisteredTurn
from bot.features.tasks.lists import page_of
from bot.features.tasks.lists_view import Leaf, List
from bot.ui.forms import CANCEL, said
from bot.ui.screen import Screen
from core.vocabulary.search_terms import words_of
from storage.repositories.forms import Form

KIND, STEP = "buscar", "palabras"


async def begin(turn: RegisteredTurn) -> None:
    """Ask what to look for."""
    await _ask(turn, forms.begin(turn, KIND, STEP))


async def found(turn: RegisteredTurn, words: str) -> Screen:
    """The first page of what has all these words."""
    return await page_of(turn, Leaf(list=List.FOUND, owner=turn.person.id, asked=words))


async def _ask(turn: RegisteredTurn, form: Form) -> None:
    ways = forms.sheet(turn, form).ways((CANCEL,), turn.texts)
    key = "search-nothing" if turn.private else "search-nothing-group"
    forms.show(turn, Screen(text=turn.texts(key), buttons=(ways,)))


async def _answer(turn: AnswerTurn) -> None:
    words = " ".join(words_of(text_of(turn.message)))
    if not words:
        await _ask(turn, turn.form)
        return
    forms.change(turn, said("search-answered", turn.texts))
    turn.say(await found(turn, words))
    await forms.end(turn)


async def _press(turn: PressTurn, form: Form, word: str) -> None:
    """The only button is *Cancelar*, which every form has."""
    turn.say(said("form-step-over", turn.texts))


forms.declare(KIND, ask=_ask, answer=_answer, press=_press)
