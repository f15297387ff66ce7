"""Notifications about people: requests, roles, reach and check-ins. Pure, as those about tasks."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgspec.structs import replace

from core.notifications.freezing import freeze_answered, freeze_asked, word_tried
from core.notifications.notifications import Notification, Topic
from core.notifications.person_context import PersonContext
from core.notifications.requests import count_again, requests_of
from core.notifications.rises import who_hears, who_may_confirm
from core.state.crowd import Page
from core.state.person import Person
from core.vocabulary import account_events as a
from core.vocabulary import checkin_events as k
from core.vocabulary import events as e
from core.vocabulary import reach_events as r
from core.vocabulary.capabilities import Equipped
from core.vocabulary.words import Lane, Role


def person_notifications(events: tuple[e.PersonEvent, ...], file: PersonContext) -> tuple[Notification, ...]:
    """Messages to administrators and the person about a request, a role, a freeze, or an unreachable person."""
    admitted = any(isinstance(event, e.Admitted) for event in events)
    return tuple(one for event in events for one in _about(event, file, admitted=admitted))


def _about(event: e.PersonEvent, file: PersonContext, *, admitted: bool) -> Iterable[Notification]:
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
            risen = _to_page(who_hears(event, file), Topic.RISEN, event)
            shown = _in_place(file.shown_to, Topic.ACCESS, event)
            others = (*risen, *shown, *count_again(event, file), *freeze_answered(event, file))
            return [*_of_membership(event, file), *others]
        case a.RiseAsked():
            return _to_page(who_may_confirm(file), Topic.RISE, event)
        case a.RiseConfirmed() | a.RiseRefused():
            shown = _in_place(file.rise_shown_to, Topic.RISE, event)
            return [*shown, *_to_one(file.asker, Topic.RISE, event, notify=True)]
        case r.Silenced():
            return _to_page(file.leaders, Topic.SILENCED, event)
        case r.Heard():
            return _reached(event, file)
        case e.AccessRequested() | e.Renamed() | e.Invited() | a.Revoked() | e.AvailabilitySet():
            return []
        case e.ShiftStarted() | e.ShiftEnded() | a.LostWordSet() | a.Erasing() | a.DataErased() | Equipped():
            return []
        case _:
            assert_never(event)


def _reached(event: r.Heard, file: PersonContext) -> Iterable[Notification]:
    """To those who were told that no message reaches the person: it rings where that was never so."""
    told = file.reach_shown_to.without(file.person.id)
    return _to_page(told, Topic.SILENCED, event) if event.mistaken else _in_place(told, Topic.SILENCED, event)


def _of_membership(event: e.PersonEvent, file: PersonContext) -> list[Notification]:
    """To the person: what they are now, and the menu that goes with it."""
    told = _to_one(file.person, Topic.MEMBERSHIP, event, notify=True)
    return [*told, *_to_one(file.person, Topic.MENU, event)]


def _relinked(event: a.Relinked, file: PersonContext, *, admitted: bool) -> list[Notification]:
    """To the person, who is welcomed where they were out, and to the other administrators."""
    told = [] if admitted else _to_one(file.person, Topic.MEMBERSHIP, event, notify=True)
    others = file.leaders.without(_id(file.caller), file.person.id)
    return [*told, *_to_one(file.person, Topic.MENU, event), *_to_page(others, Topic.RELINKED, event)]


def _to_one(
    person: Person | None, topic: Topic, event: e.PersonEvent, *, notify: bool = False
) -> Iterator[Notification]:
    if person is not None and person.role >= Role.AGENT:
        lane = Lane.ACTION if notify else Lane.ROUTINE
        yield Notification(to=person.destination, topic=topic, lane=lane, reader=person, notify=notify, event=event)


def _to_page(page: Page, topic: Topic, event: e.PersonEvent) -> Iterator[Notification]:
    """A message to each of the page, which the rest of the crowd gets too."""
    for person in page.people:
        for one in _to_one(person, topic, event, notify=True):
            yield replace(one, rest=page.rest)


def _in_place(page: Page, topic: Topic, event: e.PersonEvent) -> Iterator[Notification]:
    """Their card changes, and that of the rest to whom it is shown."""
    for person in page.people:
        yield Notification(to=person.destination, topic=topic, lane=Lane.ROUTINE, event=event, rest=page.rest)


def check_in_notifications(events: tuple[k.CheckInEvent, ...], file: PersonContext) -> tuple[Notification, ...]:
    """The person's check-in as it is now, and that they ended it, for whoever looks after them.

    What a duress word does is not among what the person sees.
    """
    person = file.person
    unseen = k.DuressGiven | k.DuressWordSet | (k.MaydayCalled if file.check_in is None else k.DuressGiven)
    ended = tuple(one for event in events for one in _to_leaders(event, file))
    shown = [event for event in events if not isinstance(event, unseen)]
    if not shown or not person.active or not person.reachable:
        return ended
    heard = isinstance(shown[-1], k.CheckInStarted | k.CheckInReminded | k.RoundAsked | k.RoundMissed)
    return (
        Notification(
            to=person.destination, topic=Topic.CHECK_IN, lane=Lane.ACTION, reader=person, notify=heard, event=shown[-1]
        ),
        *ended,
    )


def stopped_by_hand(events: tuple[k.CheckInEvent, ...], person: Person, caller: int | None) -> bool:
    """Whether the person ended their check-in, or whoever holds their phone: not work that is over, nor the desk."""
    return caller == person.id and any(isinstance(event, k.CheckInStopped) for event in events)


def _to_leaders(event: k.CheckInEvent, file: PersonContext) -> Iterator[Notification]:
    """That they ended it by hand, or did not answer a round, for whoever looks after them."""
    if isinstance(event, k.RoundMissed):
        topic = Topic.ROUND_MISSED
    elif stopped_by_hand((event,), file.person, _id(file.caller)):
        topic = Topic.CHECK_IN_ENDED
    else:
        return
    for reader in file.leaders.people:
        yield Notification(
            to=reader.destination,
            topic=topic,
            lane=Lane.ACTION,
            reader=reader,
            notify=True,
            event=event,
            rest=file.leaders.rest,
        )


def _id(person: Person | None) -> int | None:
    return person.id if person is not None else None
