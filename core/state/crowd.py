"""Crowds: the many to whom one thing is said, asked for page by page as those of an alert are (P11)."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from core.state.person import Person


class Circle(StrEnum):
    """People who hear of a thing for what they are, or because they have its card. Kept with what they hear."""

    UNIT_SUPERVISORS = "unit_supervisors"  # of one unit, on duty or not
    SUPERVISORS = "supervisors"
    ADMINS = "admins"
    MEMBERS = "members"  # of one unit
    SHOWN = "shown"  # the card is shown to them


class Crowd(Struct, frozen=True, kw_only=True):
    """The active people of a circle without ``but``: whom a message reaches, and all to whom a card is shown."""

    circle: Circle
    unit: int | None = None
    card: str = ""
    but: frozenset[int] = frozenset()

    def place_of(self, person: Person) -> int:
        """The number by which the people of this circle follow each other: the id, or the account of a card's chat."""
        return person.account if self.circle is Circle.SHOWN else person.id


class Rest(Struct, frozen=True, kw_only=True):
    """Those of a crowd who are not on the page: they follow after this number; None: nobody does."""

    crowd: Crowd
    after: int | None = None


class Page(Struct, frozen=True, kw_only=True):
    """The first people of a crowd, and its rest; without a rest there is no crowd."""

    people: tuple[Person, ...] = ()
    rest: Rest | None = None

    def without(self, *ids: int | None) -> "Page":
        """The same page without these people, who are left out on later pages as well."""
        left_out = frozenset(one for one in ids if one is not None)
        rest = self.rest
        if rest is not None:
            rest = replace(rest, crowd=replace(rest.crowd, but=rest.crowd.but | left_out))
        return Page(people=tuple(one for one in self.people if one.id not in left_out), rest=rest)
