"""Kinds of work on the screen: the agency's own as it calls them, the six of a new desk in each reader's language."""

from bot.ui.buttons import word_key
from bot.ui.texts import Texts
from bot.ui.user_text import user_text
from core.state.task import Task
from core.vocabulary.kinds import Work, WorkKind


def kind_text(work: Work) -> str:
    """``🔥 Incendio``."""
    return user_text(f"{work.emoji} {work.name}".strip())


def work_text(task: Task, texts: Texts) -> str:
    """The kind of a task, of whichever sort it is."""
    return kind_text(task.work) if task.work is not None and task.work.name else texts(f"type-{task.type.value}")


def kind_keyed(kinds: tuple[WorkKind, ...], key: str) -> WorkKind | None:
    """The kind that a button's key names; None where it is not in the configuration any more."""
    return next((kind for kind in kinds if word_key(kind.work.name) == key), None)
