"""The name of an error's class is for the log: whoever reads health, a chat or a command's answer gets words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.imports import ROOT, tree

SAYS = ("bot", "metrics", "storage")
# They find the words by the class, tell requests of programs apart, and make an error fit for the log.
OTHERS = {"bot/runtime/reasons.py", "metrics/api/asking.py", "metrics/blackout.py", "metrics/log_lines.py"}


def named_classes(path: Path) -> Iterator[int]:
    """Lines that name the class of a thing, or repeat an error with it, anywhere but in a line of the log."""
    whole = tree(path)
    logged = {id(part) for call in ast.walk(whole) if _logs(call) for part in ast.walk(call)}
    caught = {node.name for node in ast.walk(whole) if isinstance(node, ast.ExceptHandler)}
    for node in ast.walk(whole):
        if id(node) in logged:
            continue
        if isinstance(node, ast.Attribute) and node.attr == "__name__" and _is_class(node.value):
            yield node.lineno
        if isinstance(node, ast.Call) and _called(node) in {"quoted_error", "repr"} and _names(node.args) & caught:
            yield node.lineno


def _logs(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _names([node.func.value]) == {"log"}


def _is_class(node: ast.expr) -> bool:
    """``type(x)`` or ``x.__class__``; a class or a function that the code itself names has no other name."""
    return _called(node) == "type" or (isinstance(node, ast.Attribute) and node.attr == "__class__")


def _called(node: ast.expr) -> str | None:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None


def _names(nodes: list[ast.expr]) -> set[str | None]:
    return {node.id for node in nodes if isinstance(node, ast.Name)}


@pytest.mark.parametrize("room", SAYS)
def test_no_class_of_an_error_is_named_but_in_the_log(room: str) -> None:
    files = [path for path in sorted((ROOT / room).rglob("*.py")) if str(path.relative_to(ROOT)) not in OTHERS]
    assert not [f"{path.relative_to(ROOT)}:{line}" for path in files for line in named_classes(path)]


def test_it_is_found_where_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "part.py"
    file.write_text(
        "try:\n    go()\nexcept Exception as error:\n"
        "    log.info('%s', type(error).__name__)\n    say(type(error).__name__)\n    say(quoted_error(error))\n"
    )
    assert list(named_classes(file)) == [5, 6]
