"""Letters about a task: its card, the pin on the map, a note with its evidence."""

from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from bot.channel import envelope
from bot.views.cards import card, card_name
from bot.views.drills import report_screen
from bot.views.evidence import note_letter
from bot.views.texts import Texts
from core import events as e
from core.notices import Notice, TaskFile, Topic
from core.places import Place
from core.ports import Letter, pin_of


def task_letter(notice: Notice, file: TaskFile, texts: Texts, now: datetime) -> Letter | None:
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
            return envelope.message(report_screen(file, texts), chat=notice.chat, lane=notice.lane)
        case Topic.ACCESS | Topic.MEMBERSHIP | Topic.MENU | Topic.SILENCED | Topic.CHECK_IN:
            raise ValueError(f"{notice.topic.value} is about a person")
        case _:
            assert_never(notice.topic)


def _card(notice: Notice, file: TaskFile, texts: Texts, now: datetime) -> Letter | None:
    """None in the private chat of somebody who has nothing to do with the task any more."""
    if notice.reader is None and notice.chat > 0:
        return None
    event = notice.event if notice.ring else None
    screen = card(file, notice.reader, texts, now, event=event)
    letter = envelope.message(
        screen, chat=notice.chat, lane=notice.lane, card=card_name(file.task.id), ring=notice.ring
    )
    return replace(letter, calm=notice.calm)


def _pin(notice: Notice, place: Place, file: TaskFile) -> Letter:
    """It goes with the card: whoever need not read the one any more need not see the other."""
    return envelope.pin(place, chat=notice.chat, lane=notice.lane, card=pin_of(card_name(file.task.id)))


def _note(notice: Notice, file: TaskFile, texts: Texts) -> Letter | None:
    if not isinstance(notice.event, e.Noted):
        return None
    author = file.person(file.caller)
    return note_letter(file.task, notice.event, author, texts, chat=notice.chat, lane=notice.lane)
