"""Notifications about people, put into words: the person's part of the composer."""

from datetime import datetime, timedelta
from typing import assert_never

from msgspec.structs import replace

from bot.conversation.menu import menu_message
from bot.features.access import access_view, freeze_view, my_data_view, rises_view, same_person_view
from bot.features.safety.checkin_view import check_in_screen, ended_screen, round_answered_screen, round_left_screen
from bot.features.safety.rounds_view import round_missed
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.desk.ports import OutgoingMessage
from core.notifications.notifications import Notification, Topic
from core.notifications.person_context import PersonContext
from core.vocabulary import account_events as a
from core.vocabulary import checkin_events as k
from core.vocabulary import events as e
from core.vocabulary.card_names import (
    access_card,
    checkin_card,
    freeze_card,
    frozen_call_card,
    reach_card,
    requests_card,
    rise_card,
)

# So long a change of the count of requests waits for others.
COUNTED_EVERY = timedelta(seconds=20)


def person_message(
    notification: Notification, file: PersonContext, texts: Texts, now: datetime
) -> OutgoingMessage | None:
    """The message that a notification about a person becomes, or None where its reader has nothing to see.

    Raises:
        ValueError: the topic is about no person.
    """
    person = file.person
    match notification.topic:
        case Topic.ACCESS:
            return _card(notification, file, _access(notification, file, texts, now))
        case Topic.REQUESTS:
            screen = access_view.requests_screen(file.waiting, file.person, texts)
            return _counting(notification, screen, now)
        case Topic.MEMBERSHIP:
            return _plain(notification, _membership(notification, file, texts))
        case Topic.MENU:
            role = person.role if person.active else None
            return menu_message(role, texts, to=notification.to, lane=notification.lane)
        case Topic.SILENCED:
            # No answer is expected from a person who is not in.
            screen = access_view.reach_screen(person, notification.event, texts)
            return _message(notification, screen, card=reach_card(person.id)) if person.active else None
        case Topic.RELINKED:
            return _plain(notification, same_person_view.same_person_done_screen(person, file.caller, now, texts))
        case Topic.RISEN:
            return _plain(notification, rises_view.risen_screen(file, now, texts))
        case Topic.RISE:
            return _rise(notification, file, texts, now)
        case Topic.FREEZE | Topic.FROZEN_CALL:
            screen = freeze_view.freeze_screen(file, notification.event, now, texts)
            asked = notification.topic is Topic.FREEZE
            card = freeze_card(person.id) if asked else frozen_call_card(person.id)
            return _message(notification, screen, card=card)
        case Topic.WORD_TRIED:
            return _plain(notification, freeze_view.word_tried_screen(file, notification, texts))
        case Topic.ERASED:
            own = notification.to == person.destination
            return _plain(notification, my_data_view.erased_screen(person, own=own, texts=texts))
        case Topic.CHECK_IN:
            return _message(notification, _check_in(notification, file, texts, now), card=checkin_card(person.id))
        case Topic.CHECK_IN_ENDED:
            return _plain(notification, ended_screen(person, texts, now))
        case Topic.ROUND_MISSED:
            task = notification.event.task if isinstance(notification.event, k.RoundMissed) else 0
            return _plain(notification, round_missed(person, task, texts, now))
        case Topic.CARD | Topic.PIN | Topic.NOTE | Topic.REPORT:
            raise ValueError(f"{notification.topic.value} is about a task")
        case _:
            assert_never(notification.topic)


def _check_in(notification: Notification, file: PersonContext, texts: Texts, now: datetime) -> Screen:
    """The check-in as it is now; a question of a round alone leaves none behind."""
    if file.check_in is None and isinstance(notification.event, k.CheckInAnswered):
        return round_answered_screen(now, texts)
    if file.check_in is None and isinstance(notification.event, k.RoundLeft):
        return round_left_screen(notification.event.task, texts)
    return check_in_screen(file.check_in, texts)


def _rise(notification: Notification, file: PersonContext, texts: Texts, now: datetime) -> OutgoingMessage | None:
    """The request, and how it was decided, in its card; whoever asked reads the latter in a message of their own."""
    if file.rise is None:
        return None
    screen = rises_view.rise_screen(file.rise, file, now, texts)
    if file.rise.decided_at is not None and notification.notify:
        return _plain(notification, screen)
    return _message(notification, screen, card=rise_card(file.rise.id))


def _access(notification: Notification, file: PersonContext, texts: Texts, now: datetime) -> Screen | None:
    match notification.event:
        case e.AccessRequested():
            return access_view.request_screen(file.person, file.alike, texts)
        case e.Admitted() | e.Rejected():
            return access_view.decided_screen(file.person, file.caller, file.at or now, texts)
        case a.Replaced() if file.same is not None:
            return same_person_view.same_person_card(file.same, file.caller, file.at or now, texts)
        case _:
            # The question is about the person then, not about their state later.
            return None


def _membership(notification: Notification, file: PersonContext, texts: Texts) -> Screen | None:
    match notification.event:
        case e.Admitted():
            return access_view.welcome_screen(file.person, texts)
        case e.Promoted():
            return access_view.promoted_screen(file.person, texts)
        case e.Rejected():
            return access_view.shut_out_screen(rejected=True, texts=texts)
        case e.Disabled():
            return access_view.shut_out_screen(rejected=False, texts=texts)
        case a.Frozen():
            return freeze_view.frozen_screen(texts)
        case a.Thawed():
            return freeze_view.thawed_screen(file.person, texts)
        case a.Relinked():
            return same_person_view.new_account_screen(file.person, texts)
        case a.Replaced():
            return same_person_view.former_account_screen(texts)
        case _:  # a notification of membership is about these events only
            return None


def _card(notification: Notification, file: PersonContext, screen: Screen | None) -> OutgoingMessage | None:
    if screen is None:
        return None
    return _message(notification, screen, card=access_card(file.person.id))


def _counting(notification: Notification, screen: Screen, now: datetime) -> OutgoingMessage:
    """The count; where it only changes it waits for others to change it too."""
    message = _message(notification, screen, card=requests_card())
    return replace(message, not_before=now + COUNTED_EVERY if notification.counts else None)


def _plain(notification: Notification, screen: Screen | None) -> OutgoingMessage | None:
    return OutgoingMessage(to=notification.to, lane=notification.lane, content=screen) if screen is not None else None


def _message(notification: Notification, screen: Screen, *, card: str) -> OutgoingMessage:
    return OutgoingMessage(
        to=notification.to,
        lane=notification.lane,
        content=screen,
        card=card,
        notify=notification.notify,
        turn=notification.turn,
    )
