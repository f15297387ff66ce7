"""Messages that this process let out within a group's minute, by the names under which Redis counts them."""

from collections import Counter, deque
from collections.abc import Iterable
from typing import NamedTuple

from core.vocabulary.words import Lane

LONGEST = 61.0  # seconds: a group's minute
OF_CHAT = 10.0  # seconds: the bot's second, and the longest that a person's chat owes for a burst
KEPT = 55.0  # seconds for which Redis surely keeps what left for a group, unless it forgets


class Start(NamedTuple):
    """A message that left or leaves; ``name`` is what Redis knows it by."""

    name: str
    chat: int
    lane: Lane
    at: float
    method: str = ""


class Lately:
    """Starts in the order in which they were granted; times are seconds of the caller's clock."""

    def __init__(self) -> None:
        self._starts: deque[Start] = deque()

    def add(self, start: Start, now: float) -> None:
        """Remember one, and forget those that no limit counts any more."""
        self._starts.append(start)
        while self._starts[0].at < now - LONGEST:
            self._starts.popleft()

    def within(self, now: float) -> list[Start]:
        """Those that a limit may still count."""
        return [start for start in self._starts if now - start.at < (LONGEST if start.chat < 0 else OF_CHAT)]

    def newest(self, now: float, most: int) -> list[Start]:
        """Those that a limit may still count, the newest ``most`` of each group, in order."""
        seen: Counter[int] = Counter()
        found: list[Start] = []
        for start in reversed(self.within(now)):
            seen[start.chat] += 1
            if start.chat >= 0 or seen[start.chat] <= most:
                found.append(start)
        return found[::-1]

    def in_groups(self, now: float) -> dict[int, set[str]]:
        """The names that Redis has to know of each group. All of them: a newer one hides that older ones are lost."""
        names: dict[int, set[str]] = {}
        for start in self._starts:
            # A clock that was set back left starts in the future: those are rightly gone.
            if start.chat < 0 and 0 <= now - start.at < KEPT:
                names.setdefault(start.chat, set()).add(start.name)
        return names


def any_lost(sent: Iterable[set[str]], known: Iterable[list[str]], *, full: int) -> bool:
    """Whether Redis knows less of a group than was sent to it; one that is full may have dropped the oldest."""
    return any(len(there) < full and not names.issubset(there) for names, there in zip(sent, known, strict=True))
