"""The core names destinations: neither Telegram nor a chat has a word there."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.imports import ROOT

SOURCES = sorted((ROOT / "core").rglob("*.py"))
FORBIDDEN = re.compile(r"telegram|chat_?ids?\b", re.IGNORECASE)
ADDRESS = re.compile(r"(^|_)chats?(_|$)", re.IGNORECASE)


def stored_names(source: str) -> set[tuple[int, int]]:
    """Where a field says by which name it is on disk (``field(name="…")``): that never changes."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    fields = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "field")
    names = (keyword.value for call in fields for keyword in call.keywords if keyword.arg == "name")
    return {(name.lineno, name.col_offset) for name in names}


def foreign_words(source: str) -> Iterator[str]:
    stored = stored_names(source)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.start in stored:
            continue
        named = token.type == tokenize.NAME and ADDRESS.search(token.string)
        if named or FORBIDDEN.search(token.string):
            yield f"line {token.start[0]}: {token.string}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_the_core_says_neither_telegram_nor_chat(path: Path) -> None:
    assert not list(foreign_words(path.read_text("utf-8")))


def test_a_foreign_word_is_found_and_a_stored_name_is_not() -> None:
    assert list(foreign_words("chat_id = 1\n")) == ["line 1: chat_id"]
    assert list(foreign_words("# Telegram's own\n")) == ["line 1: # Telegram's own"]
    assert list(foreign_words("shown_chats = ()\n")) == ["line 1: shown_chats"]
    assert not list(foreign_words('room: int = field(name="chat_id")\n'))
