"""Answers to whoever ended a task or said *No puedo*: *Deshacer*; later, what there is to do instead."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil

from bot.cards.card_buttons import open_button, step_button
from bot.ui.buttons import Action, button, word_key
from bot.ui.dispositions import disposition_text
from bot.ui.refusals import refusal_text
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.queries.allowed_actions import ActionType
from core.rules.situation import Rules
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.refusals import Refusal


def done_screen(key: str, task: Task, window: timedelta, texts: Texts) -> Screen:
    """Say what was done, in the sentence ``key``, and the button that takes it back within the window."""
    hint, undo = _undo(task, window, texts)
    return Screen(text=f"{texts(key, code=task.code)}\n{hint}", buttons=((undo,),))


def completed_screen(task: Task, rules: Rules, now: datetime, texts: Texts) -> Screen:
    """Say that it is done, and how it ended; buttons for how, or for another end, and while it may be taken back."""
    if task.disposition:
        lines = [texts("task-completed-as", code=task.code, how=disposition_text(task.disposition, texts))]
    else:
        lines = [texts("task-completed", code=task.code), texts("disposition-ask")]
    rows = [(one,) for one in _ways(task, rules.dispositions, texts)]
    left = rules.undo_window - (now - task.closed_at) if task.closed_at is not None else timedelta()
    if left > timedelta():
        hint, undo = _undo(task, left, texts)
        lines, rows = [*lines, hint], [*rows, (undo,)]
    return Screen(text="\n".join(lines), buttons=tuple(rows))


def _undo(task: Task, window: timedelta, texts: Texts) -> tuple[Html, Button]:
    hint = texts("undo-hint", seconds=ceil(window.total_seconds()))
    return hint, button(texts("button-undo"), Action.UNDO, task.id, task.version)


def _ways(task: Task, words: tuple[str, ...], texts: Texts) -> Iterator[Button]:
    for word in words:
        if word != task.disposition:
            # A button's label is no HTML.
            label = Html(disposition_text(word, texts))
            yield button(label, Action.DISPOSE, task.id, task.version, word_key(word))


def too_late_screen(
    refusal: Refusal, who: Person | None, task: Task | None, instead: frozenset[ActionType], texts: Texts
) -> Screen:
    """Why it can't be taken back any more, with the button for what can be done ``instead``."""
    text = refusal_text(refusal, who, texts)
    if task is None:
        return Screen(text=text)
    if task.state.closed and c.Reopen not in instead:
        text = texts("undo-ask", why=text)
    return Screen(text=text, buttons=((_instead(task, instead, texts),),))


def _instead(task: Task, instead: frozenset[ActionType], texts: Texts) -> Button:
    for step in (c.Reopen, c.Accept):
        if step in instead:
            return step_button(task, step, texts)
    return open_button(task, texts)
