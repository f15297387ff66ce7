"""Notifications about people: requests, roles, reach and check-ins. Pure, as those about tasks."""

from typing import assert_never

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
    """Messages to administrators and the person about a request, a role, or an unreachable person."""
    notifications: list[Notification] = []
    admitted = any(isinstance(event, e.Admitted) for event in events)
    for event in events:
        match event:
            case e.AccessRequested() if not admitted:
                notifications += requests_of(event, file)
            case a.Relinked():
                if not admitted:  # else they are welcomed
                    notifications += _to_people((file.person,), Topic.MEMBERSHIP, event, notify=True)
                notifications += _to_people((file.person,), Topic.MENU, event)
                others = tuple(
                    one for one in known(file.leaders.admins) if one.id not in (_id(file.caller), file.person.id)
                )
                notifications += _to_people(others, Topic.RELINKED, event, notify=True)
            case e.Admitted() | e.Rejected() | e.Promoted() | e.Disabled() | a.Replaced():
                notifications += _to_people((file.person,), Topic.MEMBERSHIP, event, notify=True)
                notifications += _to_people((file.person,), Topic.MENU, event)
                notifications += _to_people(who_hears(event, file), Topic.RISEN, event, notify=True)
                notifications += [
                    Notification(to=to, topic=Topic.ACCESS, lane=Lane.ROUTINE, event=event) for to in file.shown_in
                ]
                notifications += count_again(event, file)
            case a.RiseAsked():
                notifications += _to_people(who_may_confirm(file), Topic.RISE, event, notify=True)
            case a.RiseConfirmed() | a.RiseRefused():
                notifications += [
                    Notification(to=to, topic=Topic.RISE, lane=Lane.ROUTINE, event=event) for to in file.rise_shown_in
                ]
                notifications += _to_people((file.asker,) if file.asker else (), Topic.RISE, event, notify=True)
            case e.Silenced():
                notified = known(file.leaders.supervisors) or known(file.leaders.admins)
                notifications += _to_people(notified, Topic.SILENCED, event, notify=True)
            case e.AccessRequested() | e.Renamed() | e.Invited() | a.Revoked() | e.AvailabilitySet() | e.Heard():
                pass
            case e.ShiftStarted() | e.ShiftEnded():
                pass
            case _:
                assert_never(event)
    return tuple(notifications)


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
