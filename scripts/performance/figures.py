"""The form of a bench's result: each file in `scripts/bench/` has `figures(short)`, which returns some of these."""

import itertools
import statistics
from collections.abc import Sequence

from msgspec import Struct


class Figure(Struct, frozen=True):
    """A measured value for the target of this name, one for each round; ``said`` has what it was made from."""

    target: str
    rounds: list[float]
    said: str = ""

    @property
    def median(self) -> float:
        """Of the rounds; it is what counts."""
        return statistics.median(self.rounds)

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and the highest round."""
        return min(self.rounds), max(self.rounds)


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """One thing by its peer, round by round: a machine that drifts drifts for both.

    Raises:
        ValueError: they had not as many rounds.
    """
    return [our / their for our, their in zip(ours, theirs, strict=True)]


def rates(name: str, ours: Sequence[float], peer: str, theirs: Sequence[float], unit: str = "/s") -> str:
    """Both medians in words: ``desk 1,794/s, echo 1,547/s``."""
    pairs = zip((name, peer), (ours, theirs), strict=True)
    return ", ".join(f"{which} {number(statistics.median(each))}{unit}" for which, each in pairs)


def number(value: float) -> str:
    """Three digits that count, and no more: 1,794, 18.2, 1.16, 0.35."""
    if value == 0:
        return "0"
    digits = next((n for bound, n in zip((100, 10), itertools.count()) if abs(value) >= bound), 2)
    return f"{value:,.{digits}f}"
