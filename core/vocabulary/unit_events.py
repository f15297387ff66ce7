"""Events of a unit and its rota, with the unit as their subject (``core.vocabulary.events``)."""

from datetime import datetime

from msgspec import Struct, field

from core.vocabulary.rotas import Absence, Cover, Rotation, Swap


class UnitHappening(Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """Something that happened to one unit."""


class UnitCreated(UnitHappening, frozen=True, kw_only=True, tag="unit_created"):
    """There is a new unit."""

    name: str
    zone: str


class UnitRevised(UnitHappening, frozen=True, kw_only=True, tag="unit_revised"):
    """Its name or its zone changed; None is as before."""

    name: str | None = None
    zone: str | None = None


class GroupLinked(UnitHappening, frozen=True, kw_only=True, tag="group_linked"):
    """This room, called so, is the group of its people; None: none is any more."""

    room: int | None = field(name="chat")
    title: str = ""


class Enrolled(UnitHappening, frozen=True, kw_only=True, tag="enrolled"):
    """The person belongs to it."""

    person: int


class Dismissed(UnitHappening, frozen=True, kw_only=True, tag="dismissed"):
    """The person does not belong to it any more."""

    person: int


class RotationSet(UnitHappening, frozen=True, kw_only=True, tag="rotation_set"):
    """A rotation is new, or another than before."""

    rotation: Rotation


class RotationDropped(UnitHappening, frozen=True, kw_only=True, tag="rotation_dropped"):
    """A rotation is no more."""

    rotation: int


class CoverSet(UnitHappening, frozen=True, kw_only=True, tag="cover_set"):
    """Somebody stands in."""

    cover: Cover


class AbsenceSet(UnitHappening, frozen=True, kw_only=True, tag="absence_set"):
    """Somebody will be away."""

    absence: Absence


class EntryWithdrawn(UnitHappening, frozen=True, kw_only=True, tag="entry_withdrawn"):
    """A cover or an absence does not count any more; ``person`` is whom it was about.

    ``giver``: whoever had given the turn (0: nobody) has it again, or their turn is no more.
    """

    entry: int
    person: int
    giver: int = 0


class SwapAsked(UnitHappening, frozen=True, kw_only=True, tag="swap_asked"):
    """Somebody asked another to take their turn."""

    swap: Swap


class SwapAccepted(UnitHappening, frozen=True, kw_only=True, tag="swap_accepted"):
    """The other said yes; ``offered``: the whole unit was asked, and they were the first."""

    swap: Swap
    offered: bool = False


class SwapDeclined(UnitHappening, frozen=True, kw_only=True, tag="swap_declined"):
    """The other said no, or whoever asked took it back; ``left``: one of the two is not of the unit any more."""

    swap: Swap
    left: int | None = None


class HandOverDue(UnitHappening, frozen=True, kw_only=True, tag="hand_over_due"):
    """The turn has changed: until the ``incoming`` says so, the ``outgoing`` (None: nobody) answers for it."""

    rotation: int
    incoming: int
    outgoing: int | None = None


class TakenOver(UnitHappening, frozen=True, kw_only=True, tag="taken_over"):
    """The incoming person has it; or the turn came back to whoever still had it."""

    rotation: int
    person: int
    outgoing: int | None = None


class Relieved(UnitHappening, frozen=True, kw_only=True, tag="relieved"):
    """The rotation wants nobody any more."""

    rotation: int
    person: int | None = None


class HandOverLate(UnitHappening, frozen=True, kw_only=True, tag="hand_over_late"):
    """The hand-over was not taken in time."""

    rotation: int
    incoming: int
    outgoing: int | None = None


class UncoveredFound(UnitHappening, frozen=True, kw_only=True, tag="uncovered_found"):
    """The rota wants somebody and has nobody in these times, as far as it was looked at ``until`` then."""

    gaps: tuple[tuple[datetime, datetime], ...]
    until: datetime


class UncoveredFilled(UnitHappening, frozen=True, kw_only=True, tag="uncovered_filled"):
    """Of the uncovered times that were told, only these ``gaps`` are left."""

    gaps: tuple[tuple[datetime, datetime], ...] = ()


UnitEvent = (
    UnitCreated
    | UnitRevised
    | GroupLinked
    | Enrolled
    | Dismissed
    | RotationSet
    | RotationDropped
    | CoverSet
    | AbsenceSet
    | EntryWithdrawn
    | SwapAsked
    | SwapAccepted
    | SwapDeclined
    | HandOverDue
    | TakenOver
    | Relieved
    | HandOverLate
    | UncoveredFound
    | UncoveredFilled
)
