"""Seats: how many go to a task, in events and in commands (P12)."""

from msgspec import Struct

MOST_SEATS = 20


class OfSeats(Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """Something that happened to the seats of a task."""


class SeatsSet(OfSeats, frozen=True, kw_only=True, tag="seats_set"):
    """So many agents are to go from now on. ``called``: somebody asked for reinforcement.

    ``wants``: capabilities that seats want from now on; None: as before. ``asked``: agents who were asked already, each
    with the one of these that they have. ``program``: the token that said in somebody's name
    that fewer go.
    """

    seats: int
    called: bool = False
    wants: tuple[str, ...] | None = None
    asked: tuple[tuple[int, str], ...] = ()
    program: str = ""


class Reserved(OfSeats, frozen=True, kw_only=True, tag="reserved"):
    """The agent said yes when every seat had somebody: they are free, and asked first when one opens."""

    agent: int


class OnSeats(Struct, frozen=True, kw_only=True):
    """A command about the seats of one task, as `core.vocabulary.commands.OnTask`."""

    task: int
    seen: int | None = None
    exact: bool = False


class Reinforce(OnSeats, frozen=True, kw_only=True):
    """*Pido refuerzo*: so many are to go (None: one more). ``fewer``: a supervisor's word, down to those who go.

    ``wants``: the capability that the new seat wants.
    """

    seats: int | None = None
    fewer: bool = False
    wants: str = ""


class Relieve(OnSeats, frozen=True, kw_only=True):
    """*Relevar*: this agent need not go on; the seat that was added for whoever comes instead closes."""

    agent: int


SeatEvent = SeatsSet | Reserved
