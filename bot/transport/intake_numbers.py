"""Whole numbers in what came from outside."""


def whole(value: object) -> int | None:
    """The value, when it is a whole number that a database can keep (64 bits)."""
    return value if type(value) is int and -(2**63) <= value < 2**63 else None
