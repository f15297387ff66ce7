"""One run of a load test: what was asked, on which machine, and what k6 found, as it lies in `reports/`."""

import os
import platform
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct, field, json

ROOT = Path(__file__).parents[2]
CPUS = Path("/proc/cpuinfo")
MEMORY = Path("/proc/meminfo")


class Threshold(Struct, frozen=True):
    """Whether a threshold held."""

    ok: bool


class Metric(Struct, frozen=True):
    """A metric of k6's: its values by name (``p(95)``, ``rate``, ``count``), and the thresholds on it."""

    type: str
    values: dict[str, float]
    thresholds: dict[str, Threshold] = field(default_factory=dict)


class Check(Struct, frozen=True):
    """A check, and how often it passed and failed."""

    name: str
    passes: int
    fails: int


class Group(Struct, frozen=True):
    """Checks that stand together."""

    checks: list[Check]


class Summary(Struct, frozen=True):
    """Figures that a k6 script hands over at its end.

    https://grafana.com/docs/k6/latest/results-output/end-of-test/custom-summary/
    """

    metrics: dict[str, Metric]
    root_group: Group

    @property
    def held(self) -> bool:
        """Whether every threshold held and no check failed."""
        thresholds = [each.ok for metric in self.metrics.values() for each in metric.thresholds.values()]
        return all(thresholds) and not any(check.fails for check in self.root_group.checks)


class Machine(Struct, frozen=True, kw_only=True):
    """Where it ran, and with what."""

    system: str
    processor: str
    cores: int
    memory_gb: float
    versions: dict[str, str]
    commit: str


class Result(Struct, frozen=True, kw_only=True):
    """A run. ``busy``: the machine's load average before and after; ``seconds``: that the load itself lasted."""

    name: str
    short: bool
    database: str
    tasks: int
    people: int
    limits: bool
    command: str
    at: datetime
    seconds: float
    busy: tuple[float, float]
    machine: Machine
    summary: Summary

    @property
    def title(self) -> str:
        """``http-sqlite``, ``push-sqlite-short``."""
        return "-".join([self.name, self.database, *(["short"] if self.short else [])])

    def save(self, folder: Path) -> Path:
        """Write it as JSON."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{self.title}.json"
        file.write_bytes(json.format(json.encode(self), indent=2))
        return file


def read(file: Path) -> Result:
    """A run that was saved."""
    return json.decode(file.read_bytes(), type=Result)


def machine(k6: str) -> Machine:
    """This one."""
    processor = next((line for line in _lines(CPUS) if line.startswith("model name")), platform.processor())
    total = next((line for line in _lines(MEMORY) if line.startswith("MemTotal")), "MemTotal: 0 kB")
    return Machine(
        system=f"{platform.system()} {platform.release()}",
        processor=processor.partition(":")[2].strip() or processor,
        cores=os.cpu_count() or 1,
        memory_gb=round(int(total.split()[1]) / 1024**2, 1),
        versions={
            "grupo-gad": version("grupo-gad"),
            "Python": platform.python_version(),
            "SQLite": sqlite3.sqlite_version,
            "k6": _said(k6, "version").split()[1],
        },
        commit=_said("git", "-C", str(ROOT), "rev-parse", "--short=10", "HEAD"),
    )


def now() -> datetime:
    """The moment of a run."""
    return datetime.now(UTC).replace(microsecond=0)


def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() and sys.platform == "linux" else []


def _said(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown unknown"
