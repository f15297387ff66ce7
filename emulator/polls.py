"""Polls and dice as they travel: what `msgspec` writes into an answer or an update.

https://core.telegram.org/bots/api#poll
"""

from msgspec import Struct


class PollOption(Struct, gc=False):
    """One answer; nobody votes on a phone of this world."""

    persistent_id: str
    text: str
    voter_count: int = 0


class Poll(Struct, omit_defaults=True, rename={"kind": "type"}):
    """A question with its answers. ``open_period`` in seconds, ``close_date`` in seconds since the epoch."""

    id: str
    question: str
    options: list[PollOption]
    total_voter_count: int
    is_closed: bool
    is_anonymous: bool
    kind: str
    allows_multiple_answers: bool
    allows_revoting: bool
    members_only: bool
    correct_option_ids: list[int] | None = None
    explanation: str | None = None
    open_period: int | None = None
    close_date: int | None = None


class Dice(Struct, gc=False):
    """An emoji that rolls, and where it stopped."""

    emoji: str
    value: int
