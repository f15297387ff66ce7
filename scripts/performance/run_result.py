"""A run of one bench as it lies in `reports/bench/`: when, on which machine, and what was found."""

from datetime import datetime
from pathlib import Path

from msgspec import Struct, json

from scripts.load.result import Machine
from scripts.performance.figures import Figure
from scripts.performance.targets import Targets

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "reports" / "bench"


class Run(Struct, frozen=True, kw_only=True):
    """A run. ``busy``: the machine's load average before it; ``figures``: None when it broke."""

    bench: str
    short: bool
    at: datetime
    seconds: float
    busy: float
    machine: Machine
    figures: list[Figure] | None

    def save(self) -> None:
        """Keep it beside those of the other benches."""
        (REPORTS / f"{self.bench}.json").write_bytes(json.format(json.encode(self), indent=2))


def last_runs(targets: Targets) -> dict[str, Run]:
    """The last whole run of each bench, as far as there is one."""
    files = {name: REPORTS / f"{name}.json" for name in (*targets.benches, *targets.apart)}
    return {name: json.decode(file.read_bytes(), type=Run) for name, file in files.items() if file.exists()}
