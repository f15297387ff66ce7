"""How long a lane may not go, for the limit of the whole bot or because as many calls as may be are under way."""

from datetime import datetime

from core.vocabulary.words import Lane


class LaneWaits:
    """Since when each lane may go again: what its messages waited before that is no delay of the desk's own."""

    def __init__(self) -> None:
        self._since: dict[Lane, datetime] = {}
        self._full: set[Lane] = set()

    def limited(self, lane: Lane, until: datetime) -> None:
        """A limit that all lanes share lets none of it leave before."""
        self._since[lane] = until

    def full(self, lane: Lane) -> None:
        """No more of it may be under way until a call ends."""
        self._full.add(lane)

    def goes(self, lane: Lane, now: datetime) -> None:
        """It may be taken from."""
        if lane in self._full:
            self._full.discard(lane)
            self._since[lane] = now

    def might_leave(self, lane: Lane, due: datetime, now: datetime) -> datetime:
        """The moment from which on the desk alone kept waiting a message that was due then, and begins now."""
        return min(max(due, self._since.get(lane, due)), now)
