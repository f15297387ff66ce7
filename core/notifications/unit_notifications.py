"""Notifications about a unit: ``(events, file) → notifications``, pure."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from core.state.crowd import Circle, Crowd, Page, Rest
from core.state.person import Person
from core.state.shifts import rotation_turns
from core.state.task import Task
from core.state.units import Unit
from core.vocabulary import unit_events as u
from core.vocabulary.card_names import handover_card, swap_card
from core.vocabulary.destinations import Destination, RoomDestination
from core.vocabulary.rotas import Cover
from core.vocabulary.words import Lane

SwapEvent = u.SwapAsked | u.SwapAccepted | u.SwapDeclined


class UnitContext(Struct, frozen=True, kw_only=True):
    """A unit with those who have to do with what happened, by id, and the first who are told when something is amiss.

    ``makers`` are those who may change its rota; ``admins``: administrators, where all are told. ``members``, by the
    number of a swap that was offered to the whole unit, are those who have the question. Of each the first page.
    ``tasks`` are its open tasks, newest first, as far as they fit on a screen; ``more``: there are others.
    """

    unit: Unit
    people: dict[int, Person]
    leaders: Page = Page()
    makers: Page = Page()
    admins: Page = Page()
    members: dict[int, Page] = {}
    tasks: tuple[Task, ...] = ()
    more: bool = False
    caller: int | None = None

    def person(self, person_id: int | None) -> Person | None:
        """Somebody who has to do with it."""
        return self.people.get(person_id) if person_id is not None else None


class UnitNotification(Struct, frozen=True, kw_only=True):
    """One thing to show at one destination; ``reader`` is None in the unit's group.

    ``card`` names the message that shows it; without ``notify`` that message changes in place. ``rest``: the rest of a
    crowd, who hear the same on later pages.
    """

    to: Destination
    event: u.UnitEvent
    reader: Person | None = None
    lane: Lane = Lane.ROUTINE
    card: str | None = None
    notify: bool = True
    rest: Rest | None = None


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
            yield from _to_page(file, event, file.makers, lane=Lane.ACTION)
        case u.GroupLinked():
            yield from _to_page(file, event, file.admins, lane=Lane.ACTION)
        case u.UnitCreated() | u.UnitRevised() | u.RotationDropped() | u.UncoveredFilled():
            return
        case _:
            assert_never(event)


def _of_swap(event: SwapEvent, file: UnitContext) -> Iterator[UnitNotification]:
    asker, asked, card = event.swap.asker, event.swap.asked, swap_card(file.unit.id, event.swap.id)
    others = file.members.get(event.swap.id, Page()).without(asker, asked)
    match event:
        case u.SwapAsked():
            yield from _to(file, event, [asked], lane=Lane.ACTION, card=card)
            yield from _to_page(file, event, others, lane=Lane.ACTION, card=card)
            return
        case u.SwapAccepted():
            yield from _to(file, event, [asker])
            yield from _to_page(file, event, file.leaders.without(asker, asked))
        case u.SwapDeclined():
            yield from _to(file, event, [asker] if event.left != asker else [])
        case _:
            assert_never(event)
    if asked:
        yield from _in_place(event, file.person(asked), card)
    for one in others.people:
        yield from _in_place(event, one, card, others.rest)


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
            yield from _in_place(event, file.person(event.person), card)
            yield from _to(file, event, [event.outgoing])
            yield from _to_group(file, event)
        case u.Relieved():
            yield from _to(file, event, [event.person], all_alike=True)
        case u.HandOverLate():
            yield from _to_page(file, event, file.leaders, lane=Lane.ACTION)
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


def _to_page(
    file: UnitContext, event: u.UnitEvent, page: Page, *, lane: Lane = Lane.ROUTINE, card: str | None = None
) -> Iterator[UnitNotification]:
    """A message to each of the page but whoever caused it, which the rest of the crowd gets too."""
    page = page.without(file.caller)
    for one in page.people:
        yield UnitNotification(to=one.destination, reader=one, event=event, lane=lane, card=card, rest=page.rest)


def _in_place(
    event: u.UnitEvent, person: Person | None, card: str, rest: Rest | None = None
) -> Iterator[UnitNotification]:
    if person is not None and person.active:
        lane = Lane.ACTION
        yield UnitNotification(
            to=person.destination, reader=person, event=event, lane=lane, card=card, notify=False, rest=rest
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


def leaders_of(unit: Unit, events: Iterable[u.UnitEvent]) -> tuple[Crowd, ...]:
    """The unit's own supervisors; where no message reaches one of them, all supervisors; else the administrators.

    Whoever is late for a watch is none of them, or nobody would hear it where they are the only one.
    """
    late = frozenset(event.incoming for event in events if isinstance(event, u.HandOverLate))
    own, *others = makers_of(unit)
    return tuple(replace(crowd, but=late) for crowd in (own, Crowd(circle=Circle.SUPERVISORS), *others))


def makers_of(unit: Unit) -> tuple[Crowd, ...]:
    """The makers of the unit's rota: its own supervisors; where no message reaches one, the administrators."""
    return (Crowd(circle=Circle.UNIT_SUPERVISORS, unit=unit.id), Crowd(circle=Circle.ADMINS))


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
    return any(isinstance(event, u.SwapAccepted | u.HandOverLate) for event in events)


def asks_for_makers(events: Iterable[u.UnitEvent]) -> bool:
    """Whether those who make the unit's rota are told of these events."""
    return any(isinstance(event, u.UncoveredFound) for event in events)
