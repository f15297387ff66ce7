"""Destinations: whom a message is for, and in which of their conversations."""

from msgspec import Struct


class PersonDestination(Struct, frozen=True):
    """One person, alone with the desk.

    ``account`` is the number by which a channel knows them. ``conversation`` is a thread there; None: the main one.
    """

    account: int
    conversation: int | None = None


class RoomDestination(Struct, frozen=True):
    """A room of people. ``room`` is the number by which a channel knows it; ``conversation`` as for a person."""

    room: int
    conversation: int | None = None


Destination = PersonDestination | RoomDestination
