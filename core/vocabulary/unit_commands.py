"""Commands about a unit and its rota.

``unit``, ``person``, ``rotation`` are numbers; civil times are read by the clocks of the unit's zone.
"""

from datetime import timedelta

from msgspec import Struct

from core.vocabulary.civil import CivilTime
from core.vocabulary.rotas import Stretch, Window


class CreateUnit(Struct, frozen=True, kw_only=True):
    """Make a unit; ``zone`` is a name of the IANA database."""

    name: str
    zone: str


class OnUnit(Struct, frozen=True, kw_only=True):
    """A command about one unit."""

    unit: int


class ReviseUnit(OnUnit, frozen=True, kw_only=True):
    """Another name or zone; None is as before."""

    name: str | None = None
    zone: str | None = None


class LinkGroup(OnUnit, frozen=True, kw_only=True):
    """This room, called so, is the unit's group; None: it has none any more."""

    room: int | None
    title: str = ""


class Enroll(OnUnit, frozen=True, kw_only=True):
    """The person belongs to the unit from now on."""

    person: int


class Dismiss(OnUnit, frozen=True, kw_only=True):
    """Remove the person from the unit. ``gone``: they are shut out, and no turn of theirs is waited for.

    ``stays``: they are frozen, and lose their turns only.
    """

    person: int
    gone: bool = False
    stays: bool = False


class SetRotation(OnUnit, frozen=True, kw_only=True):
    """These people follow one another; ``rotation`` 0 makes a new one.

    Each for ``length``, or for so many ``months``; wanted ``every`` day, or each second, third … from the first on.
    """

    people: tuple[int, ...]
    begins: CivilTime
    length: timedelta
    windows: tuple[Window, ...] = ()
    rotation: int = 0
    months: int = 0
    every: int = 1


class DropRotation(OnUnit, frozen=True, kw_only=True):
    """Drop a rotation."""

    rotation: int


class StandIn(OnUnit, frozen=True, kw_only=True):
    """The person has a rotation from one civil time until another, whoever's turn it is; 0: is on duty besides."""

    person: int
    start: CivilTime
    end: CivilTime
    rotation: int = 0


class MarkAbsent(OnUnit, frozen=True, kw_only=True):
    """The person is away from one civil time until another."""

    person: int
    start: CivilTime
    end: CivilTime


class Withdraw(OnUnit, frozen=True, kw_only=True):
    """Take back a cover or an absence, by its number."""

    entry: int


class AskSwap(OnUnit, frozen=True, kw_only=True):
    """Ask somebody to take a turn of one's own, for one of theirs or for nothing; ``asked`` 0: the whole unit."""

    asked: int
    gives: Stretch
    takes: Stretch | None = None


class AnswerSwap(OnUnit, frozen=True, kw_only=True):
    """*Acepto* or *No puedo*; whoever asked takes the question back with a no."""

    swap: int
    yes: bool


class EndQuestions(OnUnit, frozen=True, kw_only=True):
    """The desk's own: the person belongs to another unit now, so no swap of this one waits for them."""

    person: int


class TakeOver(OnUnit, frozen=True, kw_only=True):
    """*Recibido*: the person whose turn has come takes over whatever rotations wait for them."""


class ChangeShifts(OnUnit, frozen=True, kw_only=True):
    """The desk's own: a boundary has come, or a hand-over has waited long enough."""


UnitCommand = (
    CreateUnit
    | ReviseUnit
    | LinkGroup
    | Enroll
    | Dismiss
    | SetRotation
    | DropRotation
    | StandIn
    | MarkAbsent
    | Withdraw
    | AskSwap
    | AnswerSwap
    | EndQuestions
    | TakeOver
    | ChangeShifts
)
