"""The outer walls of docs/architecture.md: which room may know which, and how much fits into one file."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.imports import ROOMS, ROOT, tree

BEYOND = {
    "core": {"bot", "storage", "metrics", "emulator", "telegram", "sqlalchemy", "sqlmodel", "aiosqlite"}
    | {"aiohttp", "httpx", "requests", "socket", "sqlite3", "urllib"},
    "storage": {"bot", "metrics", "emulator", "telegram", "aiohttp", "httpx"},
    "metrics": {"bot", "storage", "emulator", "telegram", "sqlalchemy", "sqlmodel"},
    "emulator": {"bot", "core", "storage", "metrics"},
    "bot": {"emulator"},
}
STARTS_THE_DEMO = ROOT / "bot" / "cli" / "demo.py"
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def sources(*folders: str, ending: str = "py") -> list[Path]:
    found = (path for folder in folders for path in (ROOT / folder).rglob(f"*.{ending}"))
    return sorted(path for path in found if "__pycache__" not in path.parts)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """The dotted names of the modules that a file imports, wherever in it, those for type checkers too."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.ImportFrom(level=level) if level:
                yield named(path).split("/")[0]


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_knows_only_the_rooms_below(room: str) -> None:
    through_the_wall = [
        f"{named(path)} imports {module}"
        for path in sources(room)
        for module in imports(path)
        if module.split(".")[0] in BEYOND[room] and path != STARTS_THE_DEMO
    ]
    assert not through_the_wall


def test_the_emulator_takes_nothing_but_the_limits_from_the_telegram_library() -> None:
    taken = [
        f"{named(path)} imports {module}"
        for path in sources("emulator")
        for module in imports(path)
        if module.split(".")[0] == "telegram" and module != "telegram.constants"
    ]
    assert not taken


def test_the_core_reads_no_clock() -> None:
    def reads(node: ast.AST) -> bool:
        match node:
            case ast.Import(names=[*names]):
                return any(alias.name == "time" for alias in names)
            case ast.ImportFrom(module="time"):
                return True
            case ast.Attribute(value=ast.Name(id="datetime" | "date"), attr="now" | "utcnow" | "today"):
                return True
            case ast.Attribute(value=ast.Attribute(attr="datetime" | "date"), attr="now" | "utcnow" | "today"):
                return True
            case _:
                return False

    clocks = [f"{named(path)} reads a clock" for path in sources("core") if any(map(reads, ast.walk(tree(path))))]
    assert not clocks


def test_every_file_holds_one_idea() -> None:
    outgrown = [
        f"{named(path)} has {lines} lines"
        for ending in ("py", "js", "css")
        for path in sources(*ROOMS, "tests", "scripts", ending=ending)
        if "versions" not in path.parts and (lines := len(path.read_text("utf-8").splitlines())) > LONGEST_FILE
    ]
    assert not outgrown


def test_every_function_fits_on_a_screen() -> None:
    outgrown = [
        f"{named(path)}:{node.lineno} {node.name} has {lines} lines"
        for path in sources(*ROOMS, "tests", "scripts")
        if "versions" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (lines := length(node)) > LONGEST_FUNCTION
    ]
    assert not outgrown


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code without the docstring. A ``match`` at the top is a table: it counts as its longest row."""
    documented = ast.get_docstring(function) is not None
    signature = function.body[0].lineno - function.lineno
    return signature + sum(map(lines_of, function.body[documented:]))


def lines_of(node: ast.stmt) -> int:
    if isinstance(node, ast.Match):
        return max((case.body[-1].end_lineno or 0) - case.pattern.lineno + 1 for case in node.cases)
    return (node.end_lineno or 0) - node.lineno + 1


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|raise NotImplementedError")
    left = [
        f"{named(path)}:{number} {line.strip()}"
        for ending in ("py", "js", "css", "sh")
        for path in sources(*ROOMS, "tests", "scripts", ending=ending)
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if later.search(line)
    ]
    assert not left
