"""The kind of an emergency: the question, and the answer with the other kinds' buttons."""

from collections.abc import Iterator

from bot.ui.buttons import Action, button, word_key
from bot.ui.forms import in_rows
from bot.ui.kinds import kind_text
from bot.ui.screen import Button, Screen
from bot.ui.texts import Texts
from core.state.task import Task
from core.vocabulary.kinds import WorkKind


def kind_screen(task: Task, kinds: tuple[WorkKind, ...], texts: Texts) -> Screen:
    """Ask what it is, or say what it is and how many go; a press says it, and another one corrects that."""
    if task.work is not None and task.work.name:
        text = texts("kind-said", code=task.code, kind=kind_text(task.work), seats=task.seats)
    else:
        text = texts("kind-ask", code=task.code)
    return Screen(text=text, buttons=tuple(in_rows(_others(task, kinds), 2)))


def _others(task: Task, kinds: tuple[WorkKind, ...]) -> Iterator[Button]:
    for kind in kinds:
        if kind.work != task.work:
            yield button(kind_text(kind.work), Action.KIND, task.id, task.version, word_key(kind.work.name))
