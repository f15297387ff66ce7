"""Rotas: who takes turns in a unit, who stands in for whom, and who has the watch at present."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from core.vocabulary.civil import CivilTime, shown_at

DAY_MINUTES = 24 * 60


class Window(Struct, frozen=True, kw_only=True):
    """Hours of the week in which somebody is wanted.

    On these ``days`` (0: Monday) from ``opens`` to ``closes``, in minutes after midnight by the clock; when that is not
    later, on the next day.
    """

    days: tuple[int, ...]
    opens: int
    closes: int

    @property
    def lasts(self) -> timedelta:
        """The length by the clock."""
        return timedelta(minutes=(self.closes - self.opens - 1) % DAY_MINUTES + 1)


class Rotation(Struct, frozen=True, kw_only=True):
    """People who follow one another, in this order and over again.

    The first turn ``begins`` at a civil time of the unit's zone, each lasts ``length`` by the clock, or so many
    ``months`` where there are any. Somebody is wanted during the ``windows``; without any, always; and where it is not
    ``every`` day, on each second, third … from the first on. Turns in which nobody is wanted are nobody's: the order
    ``skips`` them. In rotations of releases that counted them it does not, until they are set again.
    """

    id: int
    people: tuple[int, ...]
    begins: datetime
    length: timedelta
    windows: tuple[Window, ...] = ()
    months: int = 0
    every: int = 1
    skips: bool = True


class Stretch(Struct, frozen=True, kw_only=True):
    """Part of a rotation: from ``start`` until ``end`` (UTC)."""

    rotation: int
    start: datetime
    end: datetime


class Entry(Struct, frozen=True, kw_only=True):
    """An exception that holds for one person from ``start`` until ``end`` (UTC).

    It was meant by the clock of the unit: ``begins`` and ``closes`` say what that shows, and the moments follow from
    them when the zone, or what is known of its clocks, changes. Entries of earlier releases have none.
    """

    id: int
    person: int
    start: datetime
    end: datetime
    begins: CivilTime | None = None
    closes: CivilTime | None = None

    def at(self, moment: datetime) -> bool:
        """Whether it holds then."""
        return self.start <= moment < self.end

    def meets(self, start: datetime, end: datetime) -> bool:
        """Whether it holds at some time between the two."""
        return self.start < end and start < self.end


class Anchor(Struct, frozen=True, kw_only=True):
    """The turns that a cover is about: so many ``slots``, wanted times, from the ``nth`` that begins on a ``day``.

    They are the ``giver``'s, who gave them in a ``swap``; 0: whoever's, by a supervisor.
    """

    day: date
    nth: int = 0
    slots: int = 1
    giver: int = 0
    swap: int = 0


class Cover(Entry, frozen=True, kw_only=True):
    """The person stands in for whoever's turn it is in a rotation; without one (0) they are on duty besides.

    A cover of whole turns has an ``anchor``: it goes where they go.
    """

    rotation: int = 0
    anchor: Anchor | None = None


class Absence(Entry, frozen=True, kw_only=True):
    """The person is away: their turns are for those who come after them."""


class Swap(Struct, frozen=True, kw_only=True):
    """A swap that was asked for and not answered yet: to take a turn, for one of their own or for nothing.

    ``asked`` 0 is the whole unit: the first who takes it has it.
    """

    id: int
    asker: int
    asked: int
    gives: Stretch
    takes: Stretch | None = None

    @property
    def open(self) -> bool:
        """Whether the whole unit is asked."""
        return not self.asked


class Post(Struct, frozen=True, kw_only=True):
    """The post of a rotation: its ``holder``, until the ``successor`` has said that they took it over.

    ``due_at`` is when the turn changed; ``notified``: a supervisor knows that nobody has taken it over.
    """

    rotation: int
    holder: int | None = None
    successor: int | None = None
    due_at: datetime | None = None
    notified: bool = field(name="told", default=False)


class ToldGaps(Struct, frozen=True, kw_only=True):
    """Uncovered times that whoever makes the rota was told of ``at`` a moment; they were looked for ``until`` then."""

    gaps: tuple[tuple[datetime, datetime], ...]
    until: datetime
    at: datetime


def _placed(entry: Entry, zone: ZoneInfo) -> Entry:
    if entry.begins is None or entry.closes is None:
        return entry
    start, end = shown_at(entry.begins, zone), shown_at(entry.closes, zone)
    return entry if (start, end) == (entry.start, entry.end) else replace(entry, start=start, end=end)


class Rota(Struct, frozen=True, kw_only=True):
    """All of a unit's turns. ``numbered`` is the last number that a rotation, cover, absence or swap was given."""

    zone: str
    rotations: tuple[Rotation, ...] = ()
    covers: tuple[Cover, ...] = ()
    absences: tuple[Absence, ...] = ()
    swaps: tuple[Swap, ...] = ()
    posts: tuple[Post, ...] = ()
    numbered: int = 0
    told_gaps: ToldGaps | None = None

    def __post_init__(self) -> None:
        """Put the entries where the clocks of the zone, as they are known now, show what was meant."""
        for name, entries in (("covers", self.covers), ("absences", self.absences)):
            placed = tuple(_placed(entry, self.tz) for entry in entries)
            if placed != entries:
                force_setattr(self, name, placed)

    @property
    def tz(self) -> ZoneInfo:
        """The zone by whose clocks the turns change."""
        return ZoneInfo(self.zone)

    @property
    def people(self) -> frozenset[int]:
        """Everybody who takes turns, stands in, or answers for a rotation."""
        turns = {person for rotation in self.rotations for person in rotation.people}
        posts = {person for post in self.posts for person in (post.holder, post.successor) if person is not None}
        return frozenset(turns | posts | {cover.person for cover in self.covers})

    def needed(self, now: datetime) -> frozenset[int]:
        """Everybody who has turns, a watch, or a cover that is not over: the unit can't do without them."""
        coming = tuple(cover for cover in self.covers if cover.end > now)
        return replace(self, covers=coming).people

    def rotation(self, number: int) -> Rotation | None:
        """A rotation by its number."""
        return next((rotation for rotation in self.rotations if rotation.id == number), None)

    def swap(self, number: int) -> Swap | None:
        """A question that waits for its answer."""
        return next((swap for swap in self.swaps if swap.id == number), None)

    def post(self, rotation: int) -> Post:
        """The post of a rotation; None before its first turn."""
        return next((post for post in self.posts if post.rotation == rotation), Post(rotation=rotation))

    def away(self, person: int, moment: datetime) -> bool:
        """Whether the person is absent then."""
        return any(a.person == person and a.at(moment) for a in self.absences)
