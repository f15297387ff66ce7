"""Events of a person's reach: whether messages come to them (``core.vocabulary.events``)."""

from msgspec import Struct


class ReachEvent(Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """Something that happened to the way to a person."""


class Silenced(ReachEvent, frozen=True, kw_only=True, tag="silenced"):
    """The channel says that the person takes no more messages: alerts go past them."""


class Heard(ReachEvent, frozen=True, kw_only=True, tag="heard"):
    """A person who was silenced wrote again, or takes messages; ``mistaken``: they always did."""

    mistaken: bool = False
