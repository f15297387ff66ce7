"""Puts every notice of the desk into a letter."""

from datetime import datetime

from bot.notifications.person import person_letter
from bot.notifications.task import task_letter
from bot.notifications.unit import unit_letter
from bot.ui.texts import Texts
from core.desk.ports import OutgoingMessage
from core.notifications.notifications import Notification, PersonContext, TaskContext
from core.notifications.unit_notifications import UnitContext, UnitNotification


class Composer:
    """``core.desk.ports.Composer`` in one language."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def task(self, notice: Notification, file: TaskContext, now: datetime) -> OutgoingMessage | None:
        """The message about a task."""
        return task_letter(notice, file, self._texts, now)

    def person(self, notice: Notification, file: PersonContext, now: datetime) -> OutgoingMessage | None:
        """The message about a person."""
        return person_letter(notice, file, self._texts, now)

    def unit(self, notice: UnitNotification, file: UnitContext, now: datetime) -> OutgoingMessage | None:
        """The message about a unit."""
        return unit_letter(notice, file, self._texts, now)
