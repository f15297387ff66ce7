"""The targets that the benches are held against: `targets.toml`, and the verdict on a figure."""

from enum import StrEnum
from pathlib import Path

from msgspec import Struct, toml

from scripts.performance.figures import Figure, number

TABLE = Path(__file__).with_suffix(".toml")


class Verdict(StrEnum):
    """The last column of the table."""

    PASS = "pass"  # noqa: S105 - a word of the table
    SHORT = "short"
    NO_GOAL = "no goal"
    NO_BENCH = "no bench"
    NOT_RUN = "not run"
    BROKEN = "broken"


class Target(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of the table."""

    name: str
    bench: str
    what: str
    against: str = ""
    at_least: float | None = None
    at_most: float | None = None
    unit: str = "×"
    apart: bool = False

    @property
    def goal(self) -> str:
        """``≥ 1.5 ×``, or nothing."""
        if self.at_least is not None:
            return f"≥ {self.at_least:g} {self.unit}"
        return "" if self.at_most is None else f"≤ {self.at_most:g} {self.unit}"

    def holds(self, value: float) -> bool:
        """Whether the value keeps to each bound that there is."""
        low = self.at_least is None or value >= self.at_least
        return low and (self.at_most is None or value <= self.at_most)


class Targets(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table."""

    target: list[Target]

    @property
    def benches(self) -> list[str]:
        """The files in `scripts/bench/` that the whole runs, in the table's order."""
        return list(dict.fromkeys(each.bench for each in self.target if each.bench and not each.apart))

    @property
    def apart(self) -> list[str]:
        """Those that are too long for it."""
        return list(dict.fromkeys(each.bench for each in self.target if each.apart))


class Line(Struct, frozen=True):
    """A target, what was found, and the verdict."""

    target: Target
    figure: Figure | None
    verdict: Verdict

    @property
    def found(self) -> str:
        """``1.16 × (1.1–1.2)``: the median, and the spread where there was more than one round."""
        if self.figure is None:
            return "–"
        low, high = self.figure.spread
        spread = f" ({number(low)}–{number(high)})" if len(self.figure.rounds) > 1 else ""
        return f"{number(self.figure.median)} {self.target.unit}{spread}"


def read_targets() -> Targets:
    """The table as it lies on disk."""
    return toml.decode(TABLE.read_bytes(), type=Targets)


def judged(target: Target, found: dict[str, list[Figure] | None]) -> Line:
    """The line of a target. ``found``: the figures of each bench that ran, None of one that broke."""
    if not target.bench:
        return Line(target, None, Verdict.NO_BENCH)
    if target.bench not in found:
        return Line(target, None, Verdict.NOT_RUN)
    figure = next((each for each in found[target.bench] or [] if each.target == target.name), None)
    if figure is None:
        return Line(target, None, Verdict.BROKEN)
    if not target.goal:
        return Line(target, figure, Verdict.NO_GOAL)
    return Line(target, figure, Verdict.PASS if target.holds(figure.median) else Verdict.SHORT)
