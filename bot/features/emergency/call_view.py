"""The button that calls for help, under whatever somebody wrote; and what else their words may be."""

from collections.abc import Iterable

from bot.ui.buttons import Action, button
from bot.ui.call_button import WORK, call_button
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.state.task import Task


def call_screen(key: str, owner: int, answered: int | None, texts: Texts) -> Screen:
    """One question, one button; ``answered`` is the message that goes with the alert."""
    return Screen(text=texts(key), buttons=((call_button(owner, texts),),), reply_to=answered)


def hint_screen(owner: int, answered: int | None, tasks: Iterable[Task], texts: Texts) -> Screen:
    """Something that nothing waited for: an emergency, new work, or a note to one of the person's ``tasks``."""
    rows = [(call_button(owner, texts),)]
    rows += [(button(texts("button-add-to", code=task.code), Action.TAKE, owner, task.id),) for task in tasks]
    rows.append((button(texts("button-as-work"), Action.TAKE, owner, WORK),))
    return Screen(text=texts("hint"), buttons=tuple(rows), reply_to=answered)


def called_screen(code: str, texts: Texts) -> Screen:
    """The question when it was answered."""
    return Screen(text=texts("emergency-sent", code=code))
