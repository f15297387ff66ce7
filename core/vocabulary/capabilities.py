"""Capabilities: what people can do or bring, in the agency's own words, in events and in commands."""

from msgspec import Struct


class Equipped(Struct, frozen=True, kw_only=True, tag_field="type", tag="equipped", omit_defaults=True):
    """The person has this capability from now on; or, not ``has``, no more."""

    capability: str
    has: bool = True


class Equip(Struct, frozen=True, kw_only=True):
    """Say that a person has a capability, or has it no more."""

    person: int
    capability: str
    has: bool = True
