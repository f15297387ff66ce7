"""The tests' own rooms: each mirrors a room of the code, or is one of those that cut across them."""

from pathlib import Path

import pytest

from tests.project.imports import ROOMS, ROOT

TESTS = ROOT / "tests"
ACROSS = {"channels", "chaos", "cluster", "explored", "project", "random_people", "story", "support"}
MIRRORS = sorted(path for room in ROOMS for path in (TESTS / room).rglob("*") if path.is_dir() and path.name[0] != "_")


def test_nothing_lies_loose_beside_the_rooms() -> None:
    assert [path.name for path in TESTS.glob("*.py")] == ["conftest.py"]
    assert {path.name for path in TESTS.iterdir() if path.is_dir() and path.name[0] != "_"} == {*ROOMS, *ACROSS}


@pytest.mark.parametrize("folder", MIRRORS, ids=lambda path: path.relative_to(TESTS).as_posix())
def test_a_folder_of_tests_mirrors_one_of_the_code(folder: Path) -> None:
    assert (ROOT / folder.relative_to(TESTS)).is_dir()


@pytest.mark.parametrize("room", ["bot", "core", "storage"])
def test_no_test_lies_loose_in_a_room_that_has_folders(room: str) -> None:
    loose = sorted(path.name for path in (TESTS / room).glob("test_*.py"))
    assert not loose
