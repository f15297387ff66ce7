"""Reports of somebody outside the desk, who is on the telephone."""

from msgspec import Struct

LONGEST_NAME, LONGEST_NUMBER = 80, 20


class OutsideCaller(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person on the telephone: their name, and the number at which they can be called back."""

    name: str = ""
    number: str = ""
