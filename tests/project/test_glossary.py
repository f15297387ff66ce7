"""docs/glossary.md: every word of the code that it lists names something in the code, and stands there once."""

import ast
import re
from collections import Counter
from functools import cache

import pytest

from tests.project.imports import ROOMS, ROOT, tree

PAGE = (ROOT / "docs" / "glossary.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([^|`]+) \| `([^`|]+)` \| (.+) \|$", PAGE, re.MULTILINE)


@cache
def names() -> frozenset[str]:
    """The rooms' modules and folders, classes, functions, and members of closed sets, by name and by stored word."""
    found: set[str] = set()
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        found |= {path.stem, path.parent.name}
        for node in ast.walk(tree(path)):
            match node:
                case ast.ClassDef(name=name, body=body):
                    found |= {name, *members(body)}
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    found.add(name)
    return frozenset(found)


def members(body: list[ast.stmt]) -> set[str]:
    """The fields and members that a class declares, and the words that members are stored as."""
    found: set[str] = set()
    for line in body:
        match line:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(word))):
                found |= {name, word}
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
    return found


def test_the_glossary_has_words() -> None:
    assert len(ROWS) == len(re.findall(r"^\| .+ \| `", PAGE, re.MULTILINE)) > 50


@pytest.mark.parametrize("word", [word for _, word, _ in ROWS])
def test_a_word_names_something_in_the_code(word: str) -> None:
    assert word in names()


@pytest.mark.parametrize("column", [0, 1], ids=["screen", "code"])
def test_no_word_is_listed_twice(column: int) -> None:
    listed = Counter(word.strip().casefold() for row in ROWS for word in row[column].split(","))
    assert [word for word, times in listed.items() if times > 1 and word != "—"] == []
