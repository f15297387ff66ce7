"""Letters about a task: its card, the pin on the map, a note with its evidence."""

from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from bot.cards.card import card
from bot.features.insight.drills_view import report_screen
from bot.features.tasks.evidence_view import note_letter
from bot.transport import payloads
from bot.ui.texts import Texts
from core.desk.ports import OutgoingMessage
from core.notifications.notifications import Notification, TaskContext, Topic
from core.vocabulary import events as e
from core.vocabulary.card_names import pin_of, task_card
from core.vocabulary.places import Place


def task_letter(notice: Notification, file: TaskContext, texts: Texts, now: datetime) -> OutgoingMessage | None:
    """The message about a task, or None where its reader has nothing to see."""
    match notice.topic:
        case Topic.CARD:
            return _card(notice, file, texts, now)
        case Topic.PIN:
            place = file.task.place
            return _pin(notice, place, file) if place is not None else None
        case Topic.NOTE:
            return _note(notice, file, texts)
        case Topic.REPORT:
            return payloads.message(report_screen(file, texts), chat=notice.chat, lane=notice.lane)
        case Topic.ACCESS | Topic.MEMBERSHIP | Topic.MENU | Topic.SILENCED | Topic.CHECK_IN:
            raise ValueError(f"{notice.topic.value} is about a person")
        case _:
            assert_never(notice.topic)


def _card(notice: Notification, file: TaskContext, texts: Texts, now: datetime) -> OutgoingMessage | None:
    """None in the private chat of somebody who has nothing to do with the task any more."""
    if notice.reader is None and notice.chat > 0:
        return None
    event = notice.event if notice.ring else None
    screen = card(file, notice.reader, texts, now, event=event)
    letter = payloads.message(
        screen, chat=notice.chat, lane=notice.lane, card=task_card(file.task.id), ring=notice.ring
    )
    return replace(letter, superseded=notice.superseded)


def _pin(notice: Notification, place: Place, file: TaskContext) -> OutgoingMessage:
    """It goes with the card: whoever need not read the one any more need not see the other."""
    return payloads.pin(place, chat=notice.chat, lane=notice.lane, card=pin_of(task_card(file.task.id)))


def _note(notice: Notification, file: TaskContext, texts: Texts) -> OutgoingMessage | None:
    if not isinstance(notice.event, e.Noted):
        return None
    author = file.person(file.caller)
    return note_letter(file.task, notice.event, author, texts, chat=notice.chat, lane=notice.lane)
