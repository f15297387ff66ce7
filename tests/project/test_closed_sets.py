"""Every closed set stands once: a new member is noticed by mypy or here, wherever it would be forgotten.

mypy's ``exhaustive-match`` proves that a match without a default names every member, ``assert_never`` does so for the
others. What is left to hold here: a default says why it is one, and a table over an enum has a line for each member.
"""

import ast
import importlib
import tomllib
from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "core", "metrics", "storage")


def sources(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def text(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(text(path))))


def has_reason(path: Path, node: ast.AST) -> bool:
    """Whether a comment stands on the line where the node begins, above it, or at the head of what follows."""
    number = node.lineno if isinstance(node, ast.pattern | ast.expr | ast.stmt) else 0
    here = text(path).splitlines()[max(number - 2, 0) : number + 1]
    above, line, below = (here + [""] * 3)[:3]
    return above.lstrip().startswith("#") or "  # " in line or below.lstrip().startswith("#")


def defaults(path: Path) -> Iterator[ast.match_case]:
    """The last cases that take whatever comes."""
    for node in nodes(path):
        if isinstance(node, ast.Match):
            last = node.cases[-1]
            if isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None and last.guard is None:
                yield last


def asserts_never(case: ast.match_case) -> bool:
    match case.body:
        case [ast.Expr(value=ast.Call(func=ast.Name(id="assert_never")))]:
            return True
        case _:  # any other body is a default's
            return False


@pytest.mark.parametrize("room", ROOMS)
def test_a_match_that_has_a_default_says_why(room: str) -> None:
    silent = [
        f"{named(path)}:{case.pattern.lineno} takes whatever comes and gives no reason"
        for path in sources(room)
        for case in defaults(path)
        if not asserts_never(case) and not has_reason(path, case.pattern)
    ]
    assert not silent


def test_mypy_proves_the_matches_that_have_none() -> None:
    settings = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["mypy"]
    assert "exhaustive-match" in settings["enable_error_code"]
    assert set(ROOMS) <= set(settings["files"])


def tables(path: Path) -> Iterator[tuple[ast.Dict, type[Enum], set[str]]]:
    """Dictionaries that are keyed by members of an enum, with the names of those members."""
    for node in nodes(path):
        if not isinstance(node, ast.Dict):
            continue
        keys = [key for key in map(member, node.keys) if key is not None]
        for name in {name for name, _ in keys}:
            enum = getattr(loaded(path), name, None)
            if isinstance(enum, type) and issubclass(enum, Enum) and len(keys) > 1:
                yield node, enum, {attr for of, attr in keys if of == name} | added(path, node, enum)


def member(key: ast.expr | None) -> tuple[str, str] | None:
    match key:
        case ast.Attribute(value=ast.Name(id=name), attr=attr):
            return name, attr
        case _:  # no name with a dot
            return None


def added(path: Path, table: ast.Dict, enum: type[Enum]) -> set[str]:
    """Rows that ``**`` adds to a table of the module."""
    for node in nodes(path):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if value is table and None in table.keys:
                return {key.name for key in getattr(loaded(path), name) if isinstance(key, enum)}
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is table and None in table.keys:
                return {key.name for key in getattr(loaded(path), name) if isinstance(key, enum)}
            case _:  # no table of the module
                pass
    return set()


def loaded(path: Path) -> ModuleType:
    return importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


@pytest.mark.parametrize("room", ROOMS)
def test_a_table_over_an_enum_has_a_line_for_each_member(room: str) -> None:
    incomplete = [
        f"{named(path)}:{node.lineno} has no line for {', '.join(sorted(set(enum.__members__) - members))}"
        for path in sources(room)
        for node, enum, members in tables(path)
        if members != set(enum.__members__) and not has_reason(path, node)
    ]
    assert not incomplete
