"""Puts every notice of the desk into a letter."""

from datetime import datetime

from bot.notifications.person import person_letter
from bot.notifications.task import task_letter
from bot.notifications.unit import unit_letter
from bot.ui.texts import Texts
from core.desk.ports import Letter
from core.notifications.notifications import Notice, PersonFile, TaskFile
from core.notifications.unit_notifications import UnitFile, UnitNotice


class Composer:
    """``core.desk.ports.Composer`` in one language."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def task(self, notice: Notice, file: TaskFile, now: datetime) -> Letter | None:
        """The message about a task."""
        return task_letter(notice, file, self._texts, now)

    def person(self, notice: Notice, file: PersonFile, now: datetime) -> Letter | None:
        """The message about a person."""
        return person_letter(notice, file, self._texts, now)

    def unit(self, notice: UnitNotice, file: UnitFile, now: datetime) -> Letter | None:
        """The message about a unit."""
        return unit_letter(notice, file, self._texts, now)
