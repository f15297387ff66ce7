"""An emergency that arrived long after it was sent: is it still one?"""

from datetime import datetime

from bot.ui.buttons import Action, button
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.state.task import Task

YES, NO = "si", "no"


def stale_screen(task: Task, texts: Texts, now: datetime) -> Screen:
    """The question to whoever sent it; the alert went out all the same."""
    return Screen(
        text=texts("stale", code=task.code, age=texts.lasting(now - task.sent_at)),
        buttons=(
            (
                button(texts("button-still-on"), Action.STILL_ON, task.id, YES),
                button(texts("button-not-any-more"), Action.STILL_ON, task.id, NO),
            ),
        ),
    )
