"""Guesses at a word: so many wrong ones, of one account and at one person, and then none counts for a while."""

from datetime import datetime, timedelta

from msgspec import Struct

WITHIN = timedelta(hours=1)
HELD_FOR = timedelta(minutes=10)
OF_ACCOUNT, AT_PERSON = 5, 10
# After so many at one person they and the administrators hear of it.
TOLD_AT = 3


class Guesses(Struct, frozen=True, kw_only=True):
    """Wrong guesses ``since`` the first one that counts; none is looked at ``until`` then."""

    wrong: int = 0
    since: datetime | None = None
    until: datetime | None = None

    def held(self, now: datetime) -> bool:
        """Whether guesses wait."""
        return self.until is not None and now < self.until


def one_more(guesses: Guesses, limit: int, now: datetime) -> Guesses:
    """After one more wrong guess; at the limit they are held, for a bounded time, and counted anew after it."""
    fresh = guesses.since is None or now - guesses.since >= WITHIN or guesses.until is not None
    wrong, since = (1, now) if fresh else (guesses.wrong + 1, guesses.since)
    return Guesses(wrong=wrong, since=since, until=now + HELD_FOR if wrong >= limit else None)
