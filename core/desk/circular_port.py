"""Circulars, as the desk reads and writes them in a transaction: a part of `core.desk.ports.Repository`."""

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from core.state.crowd import Crowd, Rest
from core.state.person import Person
from core.vocabulary.contents import Screen
from core.vocabulary.words import Lane


class Circular(Struct, frozen=True, kw_only=True):
    """One message that the rest of a crowd is still to be told, about a person or a unit (0: neither).

    The other fields are as in `core.desk.ports.OutgoingMessage`.
    """

    rest: Rest
    screen: Screen
    lane: Lane
    card: str | None = None
    notify: bool = True
    turn: int = 0
    not_before: datetime | None = None
    person: int = 0
    unit: int = 0
    id: int = 0


class Circulars(Protocol):
    """Crowds page by page, and what they are still to be told."""

    async def crowd(self, crowd: Crowd, *, after: int, most: int) -> tuple[Person, ...]:
        """People of a crowd, in the order of `Crowd.place_of`, those that follow the given number."""

    async def circulate(self, circular: Circular) -> None:
        """Keep what the rest of a crowd is still to be told."""

    async def circular(self, person: int, unit: int) -> Circular | None:
        """The most urgent circular about a person or a unit, the oldest among equals."""

    async def circulate_on(self, circular: Circular, after: int | None) -> None:
        """Keep how far it is; None: everybody has been told."""

    async def reword_circulars(self, card: str, screen: Screen | None, *, person: int, unit: int) -> None:
        """Show the card of this person or unit as it is now to those who wait for it; None: they need not see it."""
