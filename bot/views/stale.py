"""An emergency that arrived long after it was sent: is it still one?"""

from datetime import datetime

from bot.views.buttons import Action, button
from bot.views.screen import Screen
from bot.views.texts import Texts
from core.task import Task

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
