"""The answer to a reporter whose report joined another emergency of theirs."""

from bot.cards.card_buttons import open_button
from bot.ui.buttons import Action, button
from bot.ui.screen import Button, Screen
from bot.ui.texts import Texts
from core.state.person import Person
from core.state.task import Task
from core.vocabulary.shares import ReportJoined
from core.vocabulary.words import Role


def joined_screen(task: Task, event: ReportJoined, reader: Person, texts: Texts) -> Screen:
    """The emergency that it joined. A supervisor takes it out again right there."""
    rows = [(open_button(task, texts),)]
    if reader.role >= Role.SUPERVISOR:
        rows.insert(0, (take_out_button(task, event, texts),))
    return Screen(text=texts("emergency-joined", code=task.code), buttons=tuple(rows))


def take_out_button(task: Task, event: ReportJoined, texts: Texts, number: int = 0) -> Button:
    """*Es otra*, with its place in the list."""
    label = texts("button-take-out-of", number=number) if number else texts("button-take-out")
    return button(label, Action.TAKE_OUT, task.id, event.number)
