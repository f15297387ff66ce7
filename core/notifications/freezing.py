"""Freezes, as administrators hear of them: one card with the two answers, which changes in place once one is given."""

from datetime import timedelta

from core.notifications.notifications import Notification, Topic, known
from core.notifications.person_context import PersonContext
from core.vocabulary import account_events as a
from core.vocabulary import events as e
from core.vocabulary.words import Lane

# Calls for help of one frozen phone ring once in this time; the others change the card.
CALLS_HEARD = timedelta(minutes=1)

Asking = a.Frozen | a.FreezeReminded | a.FrozenCalled


def freeze_asked(event: Asking, file: PersonContext) -> list[Notification]:
    """The question to every administrator; a call for help of the frozen phone goes before all else."""
    calls = isinstance(event, a.FrozenCalled)
    return [
        Notification(
            to=admin.destination,
            topic=Topic.FROZEN_CALL if calls else Topic.FREEZE,
            lane=Lane.EMERGENCY if calls else Lane.ACTION,
            reader=admin,
            notify=file.heard or not calls,
            event=event,
        )
        for admin in known(file.leaders.admins)
        if admin.id != file.person.id
    ]


def freeze_answered(event: e.PersonEvent, file: PersonContext) -> list[Notification]:
    """The cards wherever they are shown, once the person is frozen no more."""
    shown = ((Topic.FREEZE, file.freeze_shown_in), (Topic.FROZEN_CALL, file.call_shown_in))
    return [
        Notification(to=to, topic=topic, lane=Lane.ROUTINE, event=event) for topic, places in shown for to in places
    ]


def word_tried(event: a.LostWordTried, file: PersonContext) -> list[Notification]:
    """To the person and the administrators: somebody tries words."""
    own = (file.person,) if file.person.active else ()
    others = tuple(one for one in file.leaders.admins if one.id != file.person.id)
    return [
        Notification(to=one.destination, topic=Topic.WORD_TRIED, lane=Lane.ACTION, reader=one, notify=True, event=event)
        for one in known((*own, *others))
    ]
