"""Puts every notice of the desk into a letter."""

from datetime import datetime

from bot.views.person_letters import person_letter
from bot.views.task_letters import task_letter
from bot.views.texts import Texts
from bot.views.unit_letters import unit_letter
from core.notices import Notice, PersonFile, TaskFile
from core.ports import Letter
from core.unit_notices import UnitFile, UnitNotice


class Composer:
    """``core.ports.Composer`` in one language."""

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
