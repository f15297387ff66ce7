"""A person with all that messages about what happened to them speak of."""

from datetime import datetime

from msgspec import Struct

from core.rules.situation import Invitation
from core.state.checkins import CheckIn
from core.state.crowd import Page
from core.state.person import Person
from core.state.rises import Rise
from core.vocabulary.words import Role


class PersonContext(Struct, frozen=True, kw_only=True):
    """A person, who acted on them, the first page of the leaders who hear of it, and the check-in as it is now.

    ``shown_to``: the first of those who are shown the request for access; ``alike``: others whose names look like
    theirs; ``link``: the one-time link that let them in, and ``maker`` who made it; ``same``: the other one who they
    are; ``was``: their role before, if they were in. ``waiting``: so many requests wait for an answer; ``counted_to``:
    the first of those who are shown that count; ``heard``: it is time that it is heard. ``rise``: the request for an
    administrator, of ``asker``, shown to ``rise_shown_to``. ``freeze_shown_to``: the first of those who are shown that
    the person is frozen, or was until now; ``call_shown_to``: of those who are shown their call for help;
    ``reach_shown_to``: of those who were told that no message reaches them.
    """

    person: Person
    leaders: Page = Page()
    shown_to: Page = Page()
    caller: Person | None = None
    at: datetime | None = None
    check_in: CheckIn | None = None
    alike: tuple[Person, ...] = ()
    link: Invitation | None = None
    maker: Person | None = None
    was: Role | None = None
    rise: Rise | None = None
    asker: Person | None = None
    rise_shown_to: Page = Page()
    same: Person | None = None
    waiting: int = 0
    counted_to: Page = Page()
    heard: bool = False
    freeze_shown_to: Page = Page()
    call_shown_to: Page = Page()
    reach_shown_to: Page = Page()
