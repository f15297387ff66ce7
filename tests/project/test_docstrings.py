"""The words that explain the code: a docstring begins with the thing or a verb, and tells what its function raises."""

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.imports import ROOMS, ROOT, tree

PLACES = (*ROOMS, "scripts", "tests")
# Its subject would be a clause that has to be read to its end before it says what the thing is.
CLAUSE = re.compile(r"(What|Whoever|Whatever|Whom|Nobody|That which|Those who|Whose|Who)\b")
# A command's docstring is its help on the terminal, which has no place for errors.
COMMANDS = ROOT / "bot" / "cli"
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(place: str) -> list[Path]:
    return sorted(path for path in (ROOT / place).rglob("*.py") if "versions" not in path.parts)


def documented(path: Path) -> Iterator[tuple[Documented, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, Documented) and (words := ast.get_docstring(node)):
            yield node, words


@pytest.mark.parametrize("place", PLACES)
def test_a_docstring_begins_with_the_thing_or_a_verb(place: str) -> None:
    clauses = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)} {words.splitlines()[0]}"
        for path in sources(place)
        for node, words in documented(path)
        if CLAUSE.match(words)
    ]
    assert not clauses, "\n".join(clauses)


@pytest.mark.parametrize("place", PLACES)
def test_a_comment_begins_with_the_thing_or_a_reason(place: str) -> None:
    clauses = [
        f"{path.relative_to(ROOT)}:{line} {words}"
        for path in sources(place)
        for line, words in comments(path)
        if CLAUSE.match(words)
    ]
    assert not clauses, "\n".join(clauses)


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """The comments of a file by line; lines that belong together are one."""
    with path.open("rb") as file:
        last = 0
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                line = token.start[0]
                if line != last + 1:
                    yield line, token.string.removeprefix("#").strip()
                last = line


@pytest.mark.parametrize("place", ["bot", "core", "emulator", "storage"])
def test_a_public_function_says_what_it_raises(place: str) -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sources(place)
        if path.parent != COMMANDS
        for node in public_functions(tree(path).body)
        if raises(node) and "Raises:" not in (ast.get_docstring(node) or "")
    ]
    assert not silent, "\n".join(silent)


def public_functions(body: list[ast.stmt]) -> Iterator[Function]:
    """The functions of a module, and the methods of its classes, that others call."""
    for node in body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            if isinstance(node, ast.ClassDef):
                yield from public_functions(node.body)
            else:
                yield node


def raises(node: ast.AST) -> bool:
    """Whether the function raises an error of its own making that others can know.

    Functions inside it answer for themselves.
    """
    inner = [
        child for child in ast.iter_child_nodes(node) if not isinstance(child, Function | ast.Lambda | ast.ClassDef)
    ]
    return any(map(makes_an_error, inner)) or any(map(raises, inner))


def makes_an_error(node: ast.AST) -> bool:
    match node:
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))):
            return not name.startswith("_")
        case _:
            return isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
