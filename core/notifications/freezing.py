"""Freezes, as administrators hear of them: one card with the two answers, which changes in place once one is given."""

from datetime import timedelta

from core.notifications.notifications import Notification, Topic
from core.notifications.person_context import PersonContext
from core.state.crowd import Rest
from core.state.person import Person
from core.vocabulary import account_events as a
from core.vocabulary import events as e
from core.vocabulary.words import Lane

# Calls for help of one frozen phone ring once in this time; the others change the card.
CALLS_HEARD = timedelta(minutes=1)

Asking = a.Frozen | a.FreezeReminded | a.FrozenCalled


def freeze_asked(event: Asking, file: PersonContext) -> list[Notification]:
    """The question to every administrator; a call for help of the frozen phone goes before all else."""
    calls = isinstance(event, a.FrozenCalled)
    admins = file.leaders.without(file.person.id)
    return [
        Notification(
            to=admin.destination,
            topic=Topic.FROZEN_CALL if calls else Topic.FREEZE,
            lane=Lane.EMERGENCY if calls else Lane.ACTION,
            reader=admin,
            notify=file.heard or not calls,
            event=event,
            rest=admins.rest,
        )
        for admin in admins.people
    ]


def freeze_answered(event: e.PersonEvent, file: PersonContext) -> list[Notification]:
    """The cards wherever they are shown, once the person is frozen no more."""
    shown = ((Topic.FREEZE, file.freeze_shown_to), (Topic.FROZEN_CALL, file.call_shown_to))
    return [
        Notification(to=one.destination, topic=topic, lane=Lane.ROUTINE, event=event, rest=page.rest)
        for topic, page in shown
        for one in page.people
    ]


def word_tried(event: a.LostWordTried, file: PersonContext) -> list[Notification]:
    """To the person and the administrators: somebody tries words."""
    person, admins = file.person, file.leaders.without(file.person.id)
    own = [_of_tries(event, person, None)] if person.active and person.reachable else []
    return [*own, *(_of_tries(event, admin, admins.rest) for admin in admins.people)]


def _of_tries(event: a.LostWordTried, to: Person, rest: Rest | None) -> Notification:
    return Notification(
        to=to.destination,
        topic=Topic.WORD_TRIED,
        lane=Lane.ACTION,
        reader=to,
        notify=True,
        event=event,
        rest=rest,
    )
