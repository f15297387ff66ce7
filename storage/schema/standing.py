"""Standing: what part of an agent's lists a task is in, as one number to sort by."""

from enum import IntEnum


class Standing(IntEnum):
    """Where a task stands in the lists of an agent who was asked."""

    CLOSED = 0
    OPEN = 1
    TO_DO = 2
