"""Notifications about people: requests, roles, reach and check-ins. Pure, as those about tasks."""

from typing import assert_never

from core.notifications.freezing import freeze_answered, freeze_asked, word_tried
from core.notifications.notifications import Notification, Topic, known
from core.notifications.person_context import PersonContext
from core.notifications.requests import count_again, requests_of
from core.notifications.rises import who_hears, who_may_confirm
from core.state.person import Person
from core.vocabulary import account_events as a
from core.vocabulary import checkin_events as k
from core.vocabulary import events as e
from core.vocabulary.words import Lane, Role


def person_notifications(events: tuple[e.PersonEvent, ...], file: PersonContext) -> tuple[Notification, ...]:
    """Messages to administrators and the person about a request, a role, a freeze, or an unreachable person."""
    admitted = any(isinstance(event, e.Admitted) for event in events)
    return tuple(one for event in events for one in _about(event, file, admitted=admitted))


def _about(event: e.PersonEvent, file: PersonContext, *, admitted: bool) -> list[Notification]:
    match event:
        case e.AccessRequested() if not admitted:
            return requests_of(event, file)
        case a.Relinked():
            return _relinked(event, file, admitted=admitted)
        case a.Frozen():
            return [*_of_membership(event, file), *freeze_asked(event, file)]
        case a.FreezeReminded() | a.FrozenCalled():
            return freeze_asked(event, file)
        case a.LostWordTried():
            return word_tried(event, file)
        case a.Thawed():
            return [*_of_membership(event, file), *freeze_answered(event, file)]
        case e.Admitted() | e.Rejected() | e.Promoted() | e.Disabled() | a.Replaced():
            risen = _to_people(who_hears(event, file), Topic.RISEN, event, notify=True)
            shown = [Notification(to=to, topic=Topic.ACCESS, lane=Lane.ROUTINE, event=event) for to in file.shown_in]
            others = (*risen, *shown, *count_again(event, file), *freeze_answered(event, file))
            return [*_of_membership(event, file), *others]
        case a.RiseAsked():
            return _to_people(who_may_confirm(file), Topic.RISE, event, notify=True)
        case a.RiseConfirmed() | a.RiseRefused():
            shown = [Notification(to=to, topic=Topic.RISE, lane=Lane.ROUTINE, event=event) for to in file.rise_shown_in]
            asker = (file.asker,) if file.asker else ()
            return [*shown, *_to_people(asker, Topic.RISE, event, notify=True)]
        case e.Silenced():
            notified = known(file.leaders.supervisors) or known(file.leaders.admins)
            return _to_people(notified, Topic.SILENCED, event, notify=True)
        case e.AccessRequested() | e.Renamed() | e.Invited() | a.Revoked() | e.AvailabilitySet() | e.Heard():
            return []
        case e.ShiftStarted() | e.ShiftEnded() | a.LostWordSet():
            return []
        case _:
            assert_never(event)


def _of_membership(event: e.PersonEvent, file: PersonContext) -> list[Notification]:
    """To the person: what they are now, and the menu that goes with it."""
    told = _to_people((file.person,), Topic.MEMBERSHIP, event, notify=True)
    return [*told, *_to_people((file.person,), Topic.MENU, event)]


def _relinked(event: a.Relinked, file: PersonContext, *, admitted: bool) -> list[Notification]:
    """To the person, who is welcomed where they were out, and to the other administrators."""
    person = (file.person,)
    told = [] if admitted else _to_people(person, Topic.MEMBERSHIP, event, notify=True)
    knows = (_id(file.caller), file.person.id)
    others = tuple(one for one in known(file.leaders.admins) if one.id not in knows)
    return [*told, *_to_people(person, Topic.MENU, event), *_to_people(others, Topic.RELINKED, event, notify=True)]


def _to_people(
    people: tuple[Person, ...], topic: Topic, event: e.PersonEvent, *, notify: bool = False
) -> list[Notification]:
    return [
        Notification(
            to=person.destination,
            topic=topic,
            lane=Lane.ACTION if notify else Lane.ROUTINE,
            reader=person,
            notify=notify,
            event=event,
        )
        for person in people
        if person.role >= Role.AGENT
    ]


def check_in_notifications(events: tuple[k.CheckInEvent, ...], file: PersonContext) -> tuple[Notification, ...]:
    """The person's check-in as it is now, and that they ended it, for whoever looks after them.

    What a duress word does is not among what the person sees.
    """
    person = file.person
    ended = tuple(_ended(one) for one in _look_after(file) if stopped_by_hand(events, person, _id(file.caller)))
    shown = [event for event in events if not isinstance(event, k.DuressGiven | k.DuressWordSet)]
    if not shown or not person.active or not person.reachable:
        return ended
    heard = isinstance(shown[-1], k.CheckInStarted | k.CheckInReminded)
    return (
        Notification(
            to=person.destination, topic=Topic.CHECK_IN, lane=Lane.ACTION, reader=person, notify=heard, event=shown[-1]
        ),
        *ended,
    )


def stopped_by_hand(events: tuple[k.CheckInEvent, ...], person: Person, caller: int | None) -> bool:
    """Whether the person ended their check-in, or whoever holds their phone: not work that is over, nor the desk."""
    return caller == person.id and any(isinstance(event, k.CheckInStopped) for event in events)


def _look_after(file: PersonContext) -> tuple[Person, ...]:
    """Supervisors of the person's unit, else all, else the administrators."""
    supervisors = tuple(one for one in known(file.leaders.supervisors) if one.id != file.person.id)
    near = tuple(one for one in supervisors if one.unit is not None and one.unit == file.person.unit)
    admins = tuple(one for one in known(file.leaders.admins) if one.id != file.person.id)
    return near or supervisors or admins


def _ended(reader: Person) -> Notification:
    return Notification(
        to=reader.destination,
        topic=Topic.CHECK_IN_ENDED,
        lane=Lane.ACTION,
        reader=reader,
        notify=True,
        event=k.CheckInStopped(),
    )


def _id(person: Person | None) -> int | None:
    return person.id if person is not None else None
