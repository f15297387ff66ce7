"""`make coverage`: each room on which an alert depends is held to its branches by itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts import room_coverage
from scripts.room_coverage import ROOMS, Counted, Room, table
from tests.project.imports import ROOT

SCRIPT = str(ROOT / "scripts" / "room_coverage.py")


def test_each_room_is_a_folder_of_the_code() -> None:
    assert [folder for folder in ROOMS.values() if not (ROOT / folder).is_dir()] == []


def test_a_room_counts_by_its_branches_and_a_short_one_is_named() -> None:
    rooms = [
        Room("rules", Counted(100, 99, 40, 38)),
        Room("desk", Counted(10, 10, 20, 18)),
        Room("none", Counted(0, 0, 0, 0)),
    ]
    assert [room.branches for room in rooms] == [95, 90, 100]
    assert [room.lines for room in rooms] == [99, 100, 100]
    said = table(rooms, 95).splitlines()
    assert [line.split()[0] for line in said if "under 95 %" in line] == ["desk"]


PLAYED = "def bigger(a, b):\n    if a > b:\n        return a\n    return b\n"


SCRIPT_OF_ITS_OWN = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from scripts.room_coverage import counted, write_html
print(counted(Path(".coverage"), "room").covered_branches)
write_html(Path(".coverage"), "room", Path("html"))
"""


def test_the_data_of_a_run_are_counted_and_written(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "rule.py").write_text(PLAYED, "utf-8")
    (tmp_path / "play.py").write_text("from room.rule import bigger\nbigger(2, 1)\n", "utf-8")
    command = [sys.executable, "-m", "coverage", "run", "--branch", "--source=room", "play.py"]
    subprocess.run(command, cwd=tmp_path, check=True, env={"PYTHONPATH": "."})
    command = [sys.executable, "-c", SCRIPT_OF_ITS_OWN, str(ROOT)]
    said = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert said.stdout.split()[0] == "1", "one of two branches"
    assert (tmp_path / "html" / "index.html").exists()


def test_without_data_of_the_room_one_line_says_so(tmp_path: Path) -> None:
    missing = subprocess.run(
        [sys.executable, SCRIPT, "--data", str(tmp_path / "none")], capture_output=True, text=True, check=False
    )
    assert (missing.returncode, len(missing.stderr.splitlines())) == (1, 1)
    (tmp_path / "elsewhere.py").write_text("", "utf-8")
    subprocess.run([sys.executable, "-m", "coverage", "run", "elsewhere.py"], cwd=tmp_path, check=True)
    with pytest.raises(SystemExit, match="says nothing of core/rules"):
        room_coverage.counted(tmp_path / ".coverage", "core/rules")
