"""Pauses between two tries of one message."""

from datetime import timedelta

from core.vocabulary.words import Lane

FIRST, LONGEST = timedelta(seconds=0.5), timedelta(seconds=30)
# Once the way is free again, everybody who must hear of an emergency does within seconds.
LONGEST_OF_EMERGENCY = timedelta(seconds=5)
# Each try of a message whose answers can't be read may be one more copy on somebody's screen.
UNREADABLE = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=15))


def pause_after(tries: int, lane: Lane, *, unreadable: bool = False) -> timedelta:
    """The longest pause before the next try; it grows with those that failed before."""
    if unreadable:
        return UNREADABLE[min(tries, len(UNREADABLE) - 1)]
    longest = LONGEST_OF_EMERGENCY if lane is Lane.EMERGENCY else LONGEST
    return min(FIRST * (1 << min(tries, 10)), longest)
