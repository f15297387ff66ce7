"""Is it meant? A task is cancelled by two presses in different places."""

from bot.cards.card_lines import sign, state, title
from bot.ui.buttons import Action, button
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.state.task import Task

YES, NO = "si", "no"


def cancel_screen(task: Task, texts: Texts, *, changed: bool = False) -> Screen:
    """The question, about the task as it stands; ``changed``: it is put again because the task has moved on."""
    return Screen(
        text=texts(
            "cancel-changed" if changed else "cancel-sure",
            sign=sign(task, texts),
            code=task.code,
            title=title(task, texts),
            state=state(task, texts),
        ),
        buttons=(
            (
                button(texts("cancel-no"), Action.CANCEL_TASK, task.id, task.version, NO),
                button(texts("cancel-yes"), Action.CANCEL_TASK, task.id, task.version, YES),
            ),
        ),
    )
