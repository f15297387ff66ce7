"""A person of the desk, and how an event changes them."""

from datetime import datetime
from typing import assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from core.vocabulary import account_events as a
from core.vocabulary import events as e
from core.vocabulary import reach_events as r
from core.vocabulary.capabilities import Equipped
from core.vocabulary.destinations import PersonDestination
from core.vocabulary.places import Position
from core.vocabulary.words import Availability, Membership, Role


class Person(Struct, frozen=True, kw_only=True):
    """Somebody who wrote to the desk. ``account`` is the number by which their channel knows them.

    ``hold`` is the emergency that they are offered or have accepted: while it is set, no other may ask for them.
    ``live_until``: when their live share ends or ended; until then they are where they were seen last.
    ``shift_since``: on duty by hand since then, whatever the rota of their unit says.
    ``apart``: so many last digits of the account tell them apart from people whose names look alike; 0: there are none.
    """

    id: int
    account: int = field(name="telegram_id")
    name: str
    username: str | None = None
    role: Role = Role.AGENT
    membership: Membership = Membership.PENDING
    availability: Availability = Availability.UNAVAILABLE
    position: Position | None = None
    live_until: datetime | None = None
    unit: int | None = None
    shift_since: datetime | None = None
    hold: int | None = None
    reachable: bool = True
    apart: int = 0
    capabilities: tuple[str, ...] = ()

    @property
    def mark(self) -> str | None:
        """Words that tell them apart from others whose names look alike; None where nobody's does."""
        if not self.apart:
            return None
        digits = f"…{str(self.account)[-self.apart :]}"
        return f"@{self.username} {digits}" if self.username is not None else digits

    @property
    def destination(self) -> PersonDestination:
        """Where a message reaches them alone."""
        return PersonDestination(account=self.account)

    @property
    def active(self) -> bool:
        """Whether the desk knows them and lets them in."""
        return self.membership is Membership.ACTIVE

    @property
    def out(self) -> bool:
        """Whether they were turned down, put out, or forgotten."""
        return self.membership in (Membership.DISABLED, Membership.FORGOTTEN)

    @property
    def free(self) -> bool:
        """Whether an emergency may be offered to them now."""
        return self.active and self.reachable and self.availability is Availability.AVAILABLE and self.hold is None

    def known_at(self, now: datetime) -> datetime | None:
        """The last moment at which their position is known: a live share is knowledge until it ends, without a step."""
        if self.position is None:
            return None
        live = self.live_until if self.live_until is not None else self.position.at
        return max(self.position.at, min(live, now))


def evolve(person: Person, event: e.PersonEvent) -> Person:
    """The person after one more event."""
    match event:
        case e.AccessRequested():
            return replace(person, membership=Membership.PENDING, name=event.name, username=event.username)
        case e.Renamed():
            return replace(person, name=event.name, username=event.username)
        case e.Admitted():
            return replace(
                person,
                membership=Membership.ACTIVE,
                role=event.role,
                availability=Availability.AVAILABLE if event.role is Role.AGENT else person.availability,
            )
        case e.Rejected() | e.Disabled():
            return replace(
                person, membership=Membership.DISABLED, availability=Availability.UNAVAILABLE, shift_since=None
            )
        case a.Frozen():
            return replace(person, membership=Membership.FROZEN, shift_since=None)
        case a.Thawed():
            return replace(person, membership=Membership.ACTIVE)
        case a.Relinked():
            # A live share of the former account ends with it; the new one has just written.
            return replace(person, account=event.account, live_until=None, reachable=True)
        case a.Replaced():
            return replace(person, membership=Membership.DISABLED)
        case a.Erasing():
            gone = replace(person, membership=Membership.FORGOTTEN, capabilities=())
            return replace(gone, availability=Availability.UNAVAILABLE, shift_since=None)
        case Equipped():
            others = tuple(one for one in person.capabilities if one != event.capability)
            return replace(person, capabilities=(*others, event.capability) if event.has else others)
        case e.Promoted():
            return replace(person, role=event.role)
        case e.AvailabilitySet():
            return replace(person, availability=event.availability)
        case e.ShiftStarted():
            return replace(person, shift_since=event.at)
        case e.ShiftEnded():
            return replace(person, shift_since=None)
        case r.Silenced():
            return replace(person, reachable=False)
        case r.Heard():
            return replace(person, reachable=True)
        case e.Invited() | a.Revoked() | a.RiseAsked() | a.RiseConfirmed() | a.RiseRefused() | a.DataErased():
            return person
        case a.FreezeReminded() | a.FrozenCalled() | a.LostWordSet() | a.LostWordTried():
            return person
        case _:
            assert_never(event)
