"""A person with all that messages about what happened to them speak of."""

from datetime import datetime

from msgspec import Struct

from core.rules.situation import Invitation
from core.state.checkins import CheckIn
from core.state.directory import Leaders
from core.state.person import Person
from core.state.rises import Rise
from core.vocabulary.destinations import Destination
from core.vocabulary.words import Role


class PersonContext(Struct, frozen=True, kw_only=True):
    """A person, who acted on them, those of the leaders who hear of it, and the person's check-in as it is now.

    ``shown_in``: the destinations that show the request for access; ``alike``: others whose names look like theirs;
    ``link``: the one-time link that let them in, and ``maker`` who made it; ``same``: the other one who they are;
    ``was``: their role before, if they were in. ``waiting``: so many requests wait for an answer; ``counted_in``: the
    destinations that show that count; ``heard``: it is time that it is heard.
    ``rise``: the request for an administrator, of ``asker``. ``freeze_shown_in``: the destinations that show that the
    person is frozen, or was until now; ``call_shown_in``: those that show their call for help.
    """

    person: Person
    leaders: Leaders = Leaders()
    shown_in: tuple[Destination, ...] = ()
    caller: Person | None = None
    at: datetime | None = None
    check_in: CheckIn | None = None
    alike: tuple[Person, ...] = ()
    link: Invitation | None = None
    maker: Person | None = None
    was: Role | None = None
    rise: Rise | None = None
    asker: Person | None = None
    rise_shown_in: tuple[Destination, ...] = ()
    same: Person | None = None
    waiting: int = 0
    counted_in: tuple[Destination, ...] = ()
    heard: bool = False
    freeze_shown_in: tuple[Destination, ...] = ()
    call_shown_in: tuple[Destination, ...] = ()
