"""Puts every notification of the desk into words."""

from datetime import datetime

from bot.cards.alike import AlikeCards
from bot.notifications.person import person_message
from bot.notifications.task import task_message
from bot.notifications.unit import unit_message
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.desk.ending_port import CardShown
from core.desk.ports import OutgoingMessage
from core.notifications.notifications import Notification, TaskContext
from core.notifications.person_context import PersonContext
from core.notifications.unit_notifications import UnitContext, UnitNotification
from core.vocabulary.card_names import is_pin
from core.vocabulary.contents import Redrawing, Removal
from core.vocabulary.destinations import Destination
from core.vocabulary.words import Lane


class Composer:
    """``core.desk.ports.Composer`` in one language."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._cards = AlikeCards()

    def task(self, notification: Notification, file: TaskContext, now: datetime) -> OutgoingMessage | None:
        """The message about a task."""
        return task_message(notification, file, self._texts, now, self._cards)

    def person(self, notification: Notification, file: PersonContext, now: datetime) -> OutgoingMessage | None:
        """The message about a person."""
        return person_message(notification, file, self._texts, now)

    def unit(self, notification: UnitNotification, file: UnitContext, now: datetime) -> OutgoingMessage | None:
        """The message about a unit."""
        return unit_message(notification, file, self._texts, now)

    def blank(self, to: Destination, card: CardShown) -> OutgoingMessage:
        """A card of somebody who is out, without content and buttons; a pin has nothing else to show."""
        gone = Screen(text=self._texts("card-no-access"))
        content = Removal(card.message) if is_pin(card.name) else Redrawing(card.message, gone)
        return OutgoingMessage(to=to, lane=Lane.ACTION, content=content)
