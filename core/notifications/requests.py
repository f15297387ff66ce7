"""Requests for access, as administrators hear of them: a few one by one, a crowd as one card with a count."""

from datetime import datetime, timedelta

from core.notifications.notifications import Notification, Topic
from core.notifications.person_context import PersonContext
from core.vocabulary import events as e
from core.vocabulary.words import Lane

ALONE = 3  # requests that wait and have a card each
COUNTED_TO = 1_001
# So long after its last sound the count is heard again.
QUIET = timedelta(minutes=10)
# Behind the answers to those who asked something, and so is what strangers are told.
BELOW_ANSWERS = 1
COUNT = 2


def requests_of(event: e.AccessRequested, file: PersonContext) -> list[Notification]:
    """The request itself while few wait, else the one card that says how many do."""
    crowd = file.waiting > ALONE
    return [
        Notification(
            to=admin.destination,
            topic=Topic.REQUESTS if crowd else Topic.ACCESS,
            lane=Lane.ROUTINE,
            reader=admin,
            notify=file.heard or not crowd,
            event=event,
            turn=COUNT if crowd else BELOW_ANSWERS,
            counts=crowd and not file.heard,
            rest=file.leaders.rest,
        )
        for admin in file.leaders.people
    ]


def count_again(event: e.PersonEvent, file: PersonContext) -> list[Notification]:
    """The card with the count, where one is shown, after somebody's request was answered."""
    return [
        Notification(
            to=reader.destination,
            topic=Topic.REQUESTS,
            lane=Lane.ROUTINE,
            event=event,
            turn=COUNT,
            counts=True,
            rest=file.counted_to.rest,
        )
        for reader in file.counted_to.people
    ]


def is_heard(last: datetime | None, now: datetime) -> bool:
    """Whether the count is heard, and does not only change: nobody heard it for a while."""
    return last is None or now - last >= QUIET
