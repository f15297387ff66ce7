"""Branch coverage of the rooms on which an alert depends, by the data that the last run of the tests left.

    python scripts/room_coverage.py [--least 95] [--html htmlcov/rooms]

`make coverage` leaves the data. Exits with 1 where a room has less than ``--least`` percent of its branches; ``--html``
writes a report of each room, line by line, into a folder of its own.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, json

ROOT = Path(__file__).parents[1]
# From the arrival of an update to the message that leaves: whatever decides, keeps or sends.
ROOMS = {"transport": "bot/transport", "desk": "core/desk", "rules": "core/rules", "queues": "storage/queues"}


class Counted(Struct, frozen=True):
    """Totals of a report of coverage.py's."""

    num_statements: int
    covered_lines: int
    num_branches: int
    covered_branches: int


class Report(Struct, frozen=True):
    """A report as coverage.py writes it in JSON."""

    totals: Counted


class Room(NamedTuple):
    """A room: its name, and how many of its lines and branches the tests went through."""

    name: str
    counted: Counted

    @property
    def branches(self) -> float:
        """Percent; a room without any has all of them."""
        return 100 * self.counted.covered_branches / self.counted.num_branches if self.counted.num_branches else 100.0

    @property
    def lines(self) -> float:
        """Percent."""
        return 100 * self.counted.covered_lines / self.counted.num_statements if self.counted.num_statements else 100.0


def counted(data: Path, folder: str) -> Counted:
    """How much of a folder the tests went through.

    Raises:
        SystemExit: the data are of another place, or of a run that did not come to this folder.
    """
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "report.json"
        told = reported("json", data, folder, "-o", str(file))
        if told.returncode:
            sys.exit(f"{data} says nothing of {folder}: {told.stdout.strip()}")
        return json.decode(file.read_bytes(), type=Report).totals


def write_html(data: Path, folder: str, place: Path) -> None:
    """Write a folder's report, line by line."""
    reported("html", data, folder, "--directory", str(place), "--title", folder).check_returncode()


def reported(kind: str, data: Path, folder: str, *more: str) -> "subprocess.CompletedProcess[str]":
    """A report of coverage.py's own over a folder."""
    command = [sys.executable, "-m", "coverage", kind, f"--data-file={data}", f"--include={folder}/*", *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def table(rooms: list[Room], least: float) -> str:
    """A line for each room."""
    head = f"{'room':12}{'branches':>10}{'of':>7}{'lines':>10}{'of':>7}"
    lines = [
        f"{room.name:12}{room.branches:9.1f}%{room.counted.num_branches:7,}{room.lines:9.1f}%"
        f"{room.counted.num_statements:7,}{'' if room.branches >= least else f'   under {least:g} %'}"
        for room in rooms
    ]
    return "\n".join([head, *lines])


def main() -> int:
    """Print the table; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / ".coverage", help="what the run of the tests left")
    parser.add_argument("--least", type=float, default=95, help="percent of a room's branches")
    parser.add_argument("--html", type=Path, help="folder for the reports")
    options = parser.parse_args()
    if not options.data.exists():
        sys.exit(f"{options.data} is not there: make coverage leaves it")
    rooms = [Room(name, counted(options.data, folder)) for name, folder in ROOMS.items()]
    print(table(rooms, options.least))
    for name, folder in ROOMS.items() if options.html else ():
        write_html(options.data, folder, options.html / name)
        print(f"{options.html / name / 'index.html'}")
    return int(any(room.branches < options.least for room in rooms))


if __name__ == "__main__":
    sys.exit(main())
