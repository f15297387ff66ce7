"""Messages about a task: its card, the pin on the map, a note with its evidence."""

from datetime import datetime, timedelta
from typing import assert_never

from bot.cards.alike import AlikeCards
from bot.cards.card_buttons import step_button
from bot.features.emergency.shares_view import author_of, report_screen
from bot.features.insight import drills_view
from bot.features.tasks.evidence_view import note_content
from bot.ui.texts import Texts
from core.desk.ports import OutgoingMessage
from core.notifications.notifications import Notification, TaskContext, Topic
from core.queries.allowed_actions import allowed_actions
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.card_names import pin_of, task_card
from core.vocabulary.contents import Pin
from core.vocabulary.destinations import PersonDestination
from core.vocabulary.maydays import MaydayHeard
from core.vocabulary.shares import ReportJoined

# So long a card waits that only counts one report more.
COUNTED_EVERY = timedelta(seconds=5)


def task_message(
    notification: Notification, file: TaskContext, texts: Texts, now: datetime, cards: AlikeCards
) -> OutgoingMessage | None:
    """The message about a task, or None where its reader has nothing to see.

    Raises:
        ValueError: the topic is about no task.
    """
    match notification.topic:
        case Topic.CARD:
            return _card(notification, file, texts, now, cards)
        case Topic.PIN:
            return _pin(notification, file)
        case Topic.NOTE:
            return _note(notification, file, texts, now)
        case Topic.REPORT:
            return OutgoingMessage(
                to=notification.to, lane=notification.lane, content=drills_view.report_screen(file, texts)
            )
        case (
            Topic.ACCESS
            | Topic.REQUESTS
            | Topic.MEMBERSHIP
            | Topic.MENU
            | Topic.SILENCED
            | Topic.RELINKED
            | Topic.RISEN
            | Topic.RISE
            | Topic.FREEZE
            | Topic.FROZEN_CALL
            | Topic.WORD_TRIED
            | Topic.ERASED
            | Topic.CHECK_IN
            | Topic.CHECK_IN_ENDED
            | Topic.ROUND_MISSED
        ):
            raise ValueError(f"{notification.topic.value} is about a person")
        case _:
            assert_never(notification.topic)


def _card(
    notification: Notification, file: TaskContext, texts: Texts, now: datetime, cards: AlikeCards
) -> OutgoingMessage | None:
    """None for somebody who has nothing to do with the task any more."""
    if notification.reader is None and isinstance(notification.to, PersonDestination):
        return None
    event = notification.event if notification.notify else None
    screen = cards.card(file, notification.reader, texts, now, event=event)
    return OutgoingMessage(
        to=notification.to,
        lane=notification.lane,
        content=screen,
        card=task_card(file.task.id),
        notify=notification.notify,
        superseded=notification.superseded,
        not_before=now + COUNTED_EVERY if notification.counts else None,
        turn=notification.turn,
    )


def _pin(notification: Notification, file: TaskContext) -> OutgoingMessage | None:
    """It goes with the card: whoever need not read the one any more need not see the other.

    Where somebody called Mayday is another place than the task's, and stands by itself.
    """
    to, lane, turn = notification.to, notification.lane, notification.turn
    if isinstance(notification.event, MaydayHeard):
        caller = file.person(notification.event.agent)
        seen = caller.position if caller is not None else None
        return OutgoingMessage(to=to, lane=lane, content=Pin(seen.place), turn=turn) if seen is not None else None
    place, name = file.task.place, pin_of(task_card(file.task.id))
    return OutgoingMessage(to=to, lane=lane, content=Pin(place), card=name, turn=turn) if place is not None else None


def _note(notification: Notification, file: TaskContext, texts: Texts, now: datetime) -> OutgoingMessage | None:
    """A note; whoever may begin a closed task again can do so right there."""
    event, reader = notification.event, notification.reader
    if isinstance(event, ReportJoined):
        screen = report_screen(file.task, event, author_of(file, texts), reader, texts)
        return OutgoingMessage(to=notification.to, lane=notification.lane, content=screen, turn=notification.turn)
    if not isinstance(event, e.Noted):
        return None
    again = event.afterwards and c.Reopen in allowed_actions(file.task, reader, now, among={c.Reopen})
    buttons = ((step_button(file.task, c.Reopen, texts),),) if again else ()
    author = file.person(event.author if event.author is not None else file.caller)
    content = note_content(file.task, event, author, texts, buttons=buttons)
    lane, turn = notification.lane, notification.turn
    return OutgoingMessage(to=notification.to, lane=lane, content=content, notify=not event.more, turn=turn)
