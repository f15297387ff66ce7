"""Lines of a page that say what holds them: a test that is there, or that nothing does yet."""

import ast
import re
from pathlib import Path

from tests.project.imports import tree

_LINK = re.compile(r"\[(test_\w+)\]\((\.\./tests/[\w/]+\.py)\)")


def assert_held(page: Path, line: str) -> None:
    """The line of a table on this page links to tests that are there, or says that it is not held yet."""
    tests = _LINK.findall(line)
    assert tests or "*not held yet*" in line
    for name, file in tests:
        functions = ast.walk(tree((page.parent / file).resolve()))
        assert name in {one.name for one in functions if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}, file
