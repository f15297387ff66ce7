"""The floor plan of docs/architecture.md: it names what is there, in the order in which it stands."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.imports import ROOT
from tests.project.test_floors import FLOORS, rows

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PLAN = PAGE.split("\n## The rooms\n", 1)[1].split("```", 2)[1]
# Rooms whose folders are all in the plan; of the others only those that a newcomer looks for.
WHOLE = ("bot", "bot/features", "core", "storage")


def planned() -> Iterator[str]:
    """Each place of the plan with the rooms that it is in: ``bot/features/tasks``."""
    above: list[str] = []
    for indent, name in re.findall(r"^( *)([\w.]+/?)  ", PLAN, re.MULTILINE):
        del above[len(indent) // 2 :]
        above.append(name.rstrip("/"))
        yield "/".join(above)


PLACES = list(planned())


def test_what_the_plan_names_is_there() -> None:
    assert [place for place in PLACES if not (ROOT / place).exists()] == []


@pytest.mark.parametrize("room", WHOLE)
def test_every_folder_of_a_room_is_in_the_plan(room: str) -> None:
    folders = {path.relative_to(ROOT).as_posix() for path in (ROOT / room).iterdir() if any(path.glob("*.py"))}
    assert folders - set(PLACES) == set()


@pytest.mark.parametrize("room", FLOORS)
def test_a_higher_floor_stands_higher_in_the_plan(room: str) -> None:
    floor = {part: number for number, line in enumerate(rows(room)) for part in line}
    inside = [path.stem for path in map(Path, PLACES) if path.parent.as_posix() == room]
    heights = [floor[part] for part in inside if part in floor]
    assert heights == sorted(heights, reverse=True)
