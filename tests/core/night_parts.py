"""Parts of a random night: its clock, its plain words, and the answer of what waits for nothing."""

from collections.abc import Coroutine
from datetime import datetime
from typing import Any, TypeVar

from core.desk.ending_port import CardShown
from core.desk.ports import OutgoingMessage
from core.notifications.notifications import Notification, TaskContext
from core.notifications.person_context import PersonContext
from core.notifications.unit_notifications import UnitContext, UnitNotification
from core.vocabulary.contents import Screen
from core.vocabulary.destinations import Destination
from tests.core.stages import NOON

T = TypeVar("T")
NO_WORDS = Screen(text="")


class Clock:
    """Moved by hand."""

    def __init__(self) -> None:
        self.moment = NOON

    def now(self) -> datetime:
        return self.moment


class Plain:
    """Says which task or person; what is said is not what is looked at here."""

    def task(self, notification: Notification, file: TaskContext, now: datetime) -> OutgoingMessage | None:
        card = f"task:{file.task.id}"
        return OutgoingMessage(
            to=notification.to, lane=notification.lane, content=NO_WORDS, card=card, notify=notification.notify
        )

    def person(self, notification: Notification, file: PersonContext, now: datetime) -> OutgoingMessage | None:
        return OutgoingMessage(to=notification.to, lane=notification.lane, content=NO_WORDS, notify=False)

    def unit(self, notification: UnitNotification, file: UnitContext, now: datetime) -> OutgoingMessage | None:
        return None

    def blank(self, to: Destination, card: CardShown) -> OutgoingMessage | None:
        return None


def at_once(coroutine: Coroutine[Any, Any, T]) -> T:
    """The answer of what waits for nothing."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]
    raise AssertionError("it waits")
