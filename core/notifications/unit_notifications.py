"""Notifications about a unit: ``(events, file) → notifications``, pure."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from core.state.person import Person
from core.state.shifts import rotation_turns
from core.state.task import Task
from core.state.units import Unit
from core.vocabulary import unit_events as u
from core.vocabulary.card_names import handover_card, swap_card
from core.vocabulary.destinations import Destination, RoomDestination
from core.vocabulary.rotas import Cover
from core.vocabulary.words import Lane, Role

SwapEvent = u.SwapAsked | u.SwapAccepted | u.SwapDeclined


class UnitContext(Struct, frozen=True, kw_only=True):
    """A unit with everybody who has to do with what happened, by id, and who is told when something is amiss.

    ``makers`` are those of them who may change its rota; ``admins``: all administrators, where they are told.
    ``members``, by the number of a swap that was offered to the whole unit, are those who have the question.
    ``tasks`` are its open tasks, newest first, as far as they fit on a screen; ``more``: there are others.
    """

    unit: Unit
    people: dict[int, Person]
    leaders: tuple[Person, ...] = ()
    makers: tuple[Person, ...] = ()
    admins: tuple[Person, ...] = ()
    members: dict[int, tuple[Person, ...]] = {}
    tasks: tuple[Task, ...] = ()
    more: bool = False
    caller: int | None = None

    def person(self, person_id: int | None) -> Person | None:
        """Somebody who has to do with it."""
        return self.people.get(person_id) if person_id is not None else None


class UnitNotification(Struct, frozen=True, kw_only=True):
    """One thing to show at one destination; ``reader`` is None in the unit's group.

    ``card`` names the message that shows it; without ``notify`` that message changes in place.
    """

    to: Destination
    event: u.UnitEvent
    reader: Person | None = None
    lane: Lane = Lane.ROUTINE
    card: str | None = None
    notify: bool = True


def unit_notifications(events: tuple[u.UnitEvent, ...], file: UnitContext) -> tuple[UnitNotification, ...]:
    """Messages to each reader; of several hand-overs to one person one message asks."""
    found: dict[tuple[Destination, str | int], UnitNotification] = {}
    swapped = any(isinstance(event, u.SwapAccepted) for event in events)
    for event in events:
        if not (swapped and isinstance(event, u.CoverSet)):
            for notification in _of(event, file):
                found[notification.to, notification.card or len(found)] = notification
    return tuple(found.values())


def _of(event: u.UnitEvent, file: UnitContext) -> Iterator[UnitNotification]:
    match event:
        case u.Enrolled() | u.Dismissed():
            yield from _to(file, event, [event.person])
        case u.EntryWithdrawn():
            yield from _to(file, event, [event.person, event.giver])
        case u.RotationSet():
            yield from _to(file, event, event.rotation.people)
        case u.CoverSet():
            yield from _to(file, event, [event.cover.person, *_relieved_by(event.cover, file.unit)])
        case u.AbsenceSet():
            yield from _to(file, event, [event.absence.person])
        case u.SwapAsked() | u.SwapAccepted() | u.SwapDeclined():
            yield from _of_swap(event, file)
        case u.HandOverDue() | u.TakenOver() | u.Relieved() | u.HandOverLate():
            yield from _of_watch(event, file)
        case u.UncoveredFound():
            yield from _to(file, event, [maker.id for maker in file.makers], lane=Lane.ACTION)
        case u.GroupLinked():
            yield from _to(file, event, [admin.id for admin in file.admins], lane=Lane.ACTION)
        case u.UnitCreated() | u.UnitRevised() | u.RotationDropped() | u.UncoveredFilled():
            return
        case _:
            assert_never(event)


def _of_swap(event: SwapEvent, file: UnitContext) -> Iterator[UnitNotification]:
    asker, asked, card = event.swap.asker, event.swap.asked, swap_card(file.unit.id, event.swap.id)
    others = tuple(one.id for one in file.members.get(event.swap.id, ()) if one.id not in (asker, asked))
    has_it = (asked, *others) if asked else others
    match event:
        case u.SwapAsked():
            yield from _to(file, event, has_it, lane=Lane.ACTION, card=card)
        case u.SwapAccepted():
            yield from _to(file, event, [asker, *(leader.id for leader in file.leaders if leader.id != asked)])
            for one in has_it:
                yield from _in_place(file, event, one, card)
        case u.SwapDeclined():
            yield from _to(file, event, [asker] if event.left != asker else [])
            for one in has_it:
                yield from _in_place(file, event, one, card)


def _of_watch(
    event: u.HandOverDue | u.TakenOver | u.Relieved | u.HandOverLate, file: UnitContext
) -> Iterator[UnitNotification]:
    card = handover_card(file.unit.id)
    match event:
        case u.HandOverDue():
            yield from _to(file, event, [event.incoming], lane=Lane.ACTION, card=card, all_alike=True)
            yield from _to(file, event, [event.outgoing])
            yield from _to_group(file, event)
        case u.TakenOver():
            yield from _in_place(file, event, event.person, card)
            yield from _to(file, event, [event.outgoing])
            yield from _to_group(file, event)
        case u.Relieved():
            yield from _to(file, event, [event.person], all_alike=True)
        case u.HandOverLate():
            leaders = [leader.id for leader in file.leaders if leader.id != event.incoming]
            yield from _to(file, event, leaders, lane=Lane.ACTION)
            yield from _to_group(file, event, lane=Lane.ACTION)


def _to(
    file: UnitContext,
    event: u.UnitEvent,
    people: Iterable[int | None],
    *,
    lane: Lane = Lane.ROUTINE,
    card: str | None = None,
    all_alike: bool = False,
) -> Iterator[UnitNotification]:
    """A message to each whom one can reach; ``all_alike``: also to whoever caused it."""
    for number in dict.fromkeys(people):
        person = file.person(number)
        if person is not None and person.active and person.reachable and (all_alike or person.id != file.caller):
            yield UnitNotification(to=person.destination, reader=person, event=event, lane=lane, card=card)


def _in_place(file: UnitContext, event: u.UnitEvent, number: int, card: str) -> Iterator[UnitNotification]:
    person = file.person(number)
    if person is not None and person.active:
        yield UnitNotification(
            to=person.destination, reader=person, event=event, lane=Lane.ACTION, card=card, notify=False
        )


def _to_group(file: UnitContext, event: u.UnitEvent, lane: Lane = Lane.ROUTINE) -> Iterator[UnitNotification]:
    if file.unit.room is not None:
        yield UnitNotification(to=RoomDestination(room=file.unit.room), event=event, lane=lane)


def _relieved_by(cover: Cover, unit: Unit) -> tuple[int, ...]:
    """The people whose turns a stand-in takes."""
    rotation = unit.rota.rotation(cover.rotation)
    if rotation is None:
        return ()
    before = replace(unit.rota, covers=tuple(one for one in unit.rota.covers if one.id != cover.id))
    shifts = rotation_turns(before, rotation, cover.start, cover.end)
    return tuple(dict.fromkeys(shift.person for shift in shifts if shift.person != cover.person))


def named_in(unit: Unit, events: Iterable[u.UnitEvent]) -> frozenset[int]:
    """Everybody whom the unit's rota or these events name."""
    named = set(unit.rota.people)
    for event in events:
        match event:
            case u.Enrolled() | u.Dismissed() | u.EntryWithdrawn() | u.TakenOver() | u.Relieved():
                named.add(event.person or 0)
            case u.AbsenceSet():
                named.add(event.absence.person)
            case u.SwapAsked(swap=swap) | u.SwapAccepted(swap=swap) | u.SwapDeclined(swap=swap):
                named |= {swap.asker, swap.asked}
            case _:  # those whom other events name are in the rota, or are named below
                pass
        if isinstance(event, u.EntryWithdrawn):
            named.add(event.giver)
        if isinstance(event, u.TakenOver | u.HandOverDue | u.HandOverLate):
            named.add(event.outgoing or 0)
    return frozenset(named - {0})


def leaders_of(unit: Unit, supervisors: tuple[Person, ...], admins: tuple[Person, ...]) -> tuple[Person, ...]:
    """The unit's own supervisors; where no message reaches one of them, all supervisors; else the administrators."""
    there = tuple(person for person in supervisors if person.reachable)
    return _own(unit, there) or there or tuple(person for person in admins if person.reachable)


def makers_of(unit: Unit, supervisors: tuple[Person, ...], admins: tuple[Person, ...]) -> tuple[Person, ...]:
    """The makers of the unit's rota: its own supervisors; where no message reaches one, the administrators."""
    own = _own(unit, tuple(person for person in supervisors if person.reachable))
    return own or tuple(person for person in admins if person.reachable)


def _own(unit: Unit, supervisors: tuple[Person, ...]) -> tuple[Person, ...]:
    return tuple(person for person in supervisors if person.unit == unit.id and person.role is Role.SUPERVISOR)


def offers_in(events: Iterable[u.UnitEvent]) -> tuple[SwapEvent, ...]:
    """Those of the events that are about a turn offered to the whole unit."""
    about = (event for event in events if isinstance(event, SwapEvent))
    return tuple(e for e in about if (e.offered if isinstance(e, u.SwapAccepted) else e.swap.open))


def asks_for_tasks(events: Iterable[u.UnitEvent]) -> bool:
    """Whether a message about these events lists the unit's open tasks."""
    return any(isinstance(event, u.HandOverDue) for event in events)


def asks_for_admins(events: Iterable[u.UnitEvent]) -> bool:
    """Whether every administrator is told of these events: alerts and a board go to a group that is linked."""
    return any(isinstance(event, u.GroupLinked) for event in events)


def asks_for_leaders(events: Iterable[u.UnitEvent]) -> bool:
    """Whether those who lead the unit are told of these events."""
    return any(isinstance(event, u.SwapAccepted | u.HandOverLate | u.UncoveredFound) for event in events)
