"""Notices about people, put into words: the person's part of the composer."""

from datetime import datetime
from typing import assert_never

from bot.channel import envelope
from bot.views import people
from bot.views.checkin import check_in_name, check_in_screen
from bot.views.menu import menu_letter
from bot.views.screen import Screen
from bot.views.texts import Texts
from core import events as e
from core.notices import Notice, PersonFile, Topic
from core.ports import Letter


def person_letter(notice: Notice, file: PersonFile, texts: Texts, now: datetime) -> Letter | None:
    """The message that a notice about a person becomes, or None where its reader has nothing to see."""
    person = file.person
    match notice.topic:
        case Topic.ACCESS:
            return _card(notice, file, _access(notice, file, texts, now))
        case Topic.MEMBERSHIP:
            return _plain(notice, _membership(notice, file, texts))
        case Topic.MENU:
            role = person.role if person.active else None
            return menu_letter(role, texts, chat=notice.chat, lane=notice.lane)
        case Topic.SILENCED:
            # Nobody counts on an answer from somebody who is not in.
            return _plain(notice, people.silenced_screen(person, texts) if person.active else None)
        case Topic.CHECK_IN:
            screen = check_in_screen(file.check_in, texts)
            name = check_in_name(person.id)
            return envelope.message(screen, chat=notice.chat, lane=notice.lane, card=name, ring=notice.ring)
        case Topic.CARD | Topic.PIN | Topic.NOTE | Topic.REPORT:
            raise ValueError(f"{notice.topic.value} is about a task")
        case _:
            assert_never(notice.topic)


def _access(notice: Notice, file: PersonFile, texts: Texts, now: datetime) -> Screen | None:
    match notice.event:
        case e.AccessRequested():
            return people.request_screen(file.person, texts)
        case e.Admitted() | e.Rejected():
            return people.decided_screen(file.person, file.caller, file.at or now, texts)
        case _:
            # What became of the person later is not what was asked.
            return None


def _membership(notice: Notice, file: PersonFile, texts: Texts) -> Screen | None:
    match notice.event:
        case e.Admitted():
            return people.welcome_screen(file.person, texts)
        case e.Promoted():
            return people.promoted_screen(file.person, texts)
        case e.Rejected():
            return people.shut_out_screen(rejected=True, texts=texts)
        case e.Disabled():
            return people.shut_out_screen(rejected=False, texts=texts)
        case _:
            return None


def _card(notice: Notice, file: PersonFile, screen: Screen | None) -> Letter | None:
    if screen is None:
        return None
    card = f"access:{file.person.id}"
    return envelope.message(screen, chat=notice.chat, lane=notice.lane, card=card, ring=notice.ring)


def _plain(notice: Notice, screen: Screen | None) -> Letter | None:
    return envelope.message(screen, chat=notice.chat, lane=notice.lane) if screen is not None else None
