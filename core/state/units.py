"""Units: teams with their agents, supervisors, rota and group; and how an event changes one."""

from datetime import datetime, timedelta
from typing import TypeVar, assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from core.state.slots import moved
from core.vocabulary import unit_events as u
from core.vocabulary.rotas import Absence, Cover, Post, Rota, ToldGaps

# Entries that are over are kept for a while, for questions about the past.
KEPT = timedelta(days=35)

T = TypeVar("T", Cover, Absence)


class Unit(Struct, frozen=True, kw_only=True):
    """A team, as it is after ``version`` events. ``room`` is its linked group."""

    id: int
    name: str
    rota: Rota
    room: int | None = field(default=None, name="chat")
    version: int = 1

    @property
    def zone(self) -> str:
        """By whose clocks it lives: a name of the IANA database."""
        return self.rota.zone


def created(unit_id: int, event: u.UnitCreated) -> Unit:
    """The unit that a ``UnitCreated`` event begins."""
    return Unit(id=unit_id, name=event.name, rota=Rota(zone=event.zone))


def evolve(unit: Unit, event: u.UnitEvent, at: datetime) -> Unit:
    """The unit after one more event; the only way in which a unit changes.

    Raises:
        ValueError: a unit that is there can't be created again.
    """
    unit = replace(unit, version=unit.version + 1)
    match event:
        case u.UnitCreated():
            raise ValueError(f"unit {unit.id} is there already")
        case u.UnitRevised():
            rota = replace(unit.rota, zone=event.zone or unit.zone)
            return replace(unit, name=event.name or unit.name, rota=rota)
        case u.GroupLinked():
            return replace(unit, room=event.room)
        case u.Enrolled() | u.Dismissed():
            return unit
        case _:  # all that is left changes the rota: _turned's own match is complete
            return replace(unit, rota=_turned(_tidied(unit.rota, at), event, at))


RotaEvent = (
    u.RotationSet
    | u.RotationDropped
    | u.CoverSet
    | u.AbsenceSet
    | u.EntryWithdrawn
    | u.SwapAsked
    | u.SwapAccepted
    | u.SwapDeclined
    | u.HandOverDue
    | u.TakenOver
    | u.Relieved
    | u.HandOverLate
    | u.UncoveredFound
    | u.UncoveredFilled
)


def _turned(rota: Rota, event: RotaEvent, at: datetime) -> Rota:
    match event:
        case u.RotationSet(rotation=rotation):
            others = tuple(one for one in rota.rotations if one.id != rotation.id)
            numbered = max(rota.numbered, rotation.id)
            ordered = sorted((*others, rotation), key=lambda one: one.id)
            rota = replace(rota, rotations=tuple(ordered), numbered=numbered)
            return replace(rota, covers=moved(rota, rotation))
        case u.RotationDropped(rotation=number):
            return _without_rotation(rota, number)
        case u.CoverSet(cover=cover):
            return replace(rota, covers=(*rota.covers, cover), numbered=max(rota.numbered, cover.id))
        case u.AbsenceSet(absence=absence):
            return replace(rota, absences=(*rota.absences, absence), numbered=max(rota.numbered, absence.id))
        case u.EntryWithdrawn(entry=entry):
            return replace(rota, covers=_but(rota.covers, entry), absences=_but(rota.absences, entry))
        case u.SwapAsked(swap=swap):
            return replace(rota, swaps=(*rota.swaps, swap), numbered=max(rota.numbered, swap.id))
        case u.SwapAccepted(swap=swap) | u.SwapDeclined(swap=swap):
            return replace(rota, swaps=tuple(one for one in rota.swaps if one.id != swap.id))
        case u.HandOverDue():
            return _posted(
                rota,
                Post(rotation=event.rotation, holder=event.outgoing, successor=event.incoming, due_at=at),
            )
        case u.TakenOver():
            return _posted(rota, Post(rotation=event.rotation, holder=event.person))
        case u.Relieved():
            return _posted(rota, Post(rotation=event.rotation))
        case u.HandOverLate():
            return _posted(rota, replace(rota.post(event.rotation), notified=True))
        case u.UncoveredFound():
            return replace(rota, told_gaps=ToldGaps(gaps=event.gaps, until=event.until, at=at))
        case u.UncoveredFilled(gaps=gaps):
            told = rota.told_gaps
            return replace(rota, told_gaps=replace(told, gaps=gaps) if told is not None else None)
        case _:
            assert_never(event)


def _posted(rota: Rota, post: Post) -> Rota:
    others = tuple(one for one in rota.posts if one.rotation != post.rotation)
    kept = (post,) if post.holder is not None or post.successor is not None else ()
    return replace(rota, posts=(*others, *kept))


def _without_rotation(rota: Rota, number: int) -> Rota:
    """The rota without a rotation, its covers, swaps and post."""
    return replace(
        rota,
        rotations=tuple(one for one in rota.rotations if one.id != number),
        covers=tuple(cover for cover in rota.covers if cover.rotation != number),
        swaps=tuple(
            swap
            for swap in rota.swaps
            if number not in (swap.gives.rotation, swap.takes.rotation if swap.takes is not None else 0)
        ),
        posts=tuple(post for post in rota.posts if post.rotation != number),
    )


def _tidied(rota: Rota, at: datetime) -> Rota:
    """Without what was over long ago, and without questions that came to nothing."""
    return replace(
        rota,
        covers=tuple(cover for cover in rota.covers if cover.end > at - KEPT),
        absences=tuple(absence for absence in rota.absences if absence.end > at - KEPT),
        swaps=tuple(swap for swap in rota.swaps if swap.gives.start > at),
    )


def _but(entries: tuple[T, ...], number: int) -> tuple[T, ...]:
    return tuple(entry for entry in entries if entry.id != number)
