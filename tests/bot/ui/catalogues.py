"""Keys that the catalogues hold and keys that the code asks for, read from both."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor
from msgspec import Struct

BOT = Path(__file__).parents[3] / "bot"
LOCALES = BOT / "ui" / "locale"
LANGUAGES = tuple(sorted(folder.name for folder in LOCALES.iterdir()))
ANYTHING = "\0"
WORKED_OUT = "[a-z_-]+"


class Call(Struct, frozen=True):
    """One place where the code asks for a message; ``key`` is a pattern where part of it is worked out."""

    where: str
    key: re.Pattern[str]
    given: frozenset[str]


class Entry(Struct, frozen=True):
    """A message as it stands in a catalogue."""

    file: str
    text: str
    variables: frozenset[str]


@cache
def entries(language: str) -> dict[str, list[Entry]]:
    """Every message of a language by its key; a key that stands twice has two."""
    found: dict[str, list[Entry]] = {}
    for file in sorted((LOCALES / language).glob("*.ftl")):
        source = file.read_text(encoding="utf-8")
        resource = FluentParser().parse(source)
        for part in resource.body:
            assert not isinstance(part, ftl.Junk), f"{file.name} can't be read: {part.content}"
            if isinstance(part, ftl.Message):
                assert part.span is not None
                text = source[part.span.start : part.span.end]
                found.setdefault(part.id.name, []).append(Entry(file.name, text, _variables(part)))
    return found


def _variables(message: ftl.Message) -> frozenset[str]:
    names: set[str] = set()

    class Reader(Visitor):
        def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - the visitor's own name
            names.add(node.id.name)

    Reader().visit(message)
    return frozenset(names)


@cache
def calls() -> tuple[Call, ...]:
    """Every ``texts("key", …)`` in the bot, whatever the catalogue is called there."""
    return tuple(call for file in sorted(BOT.rglob("*.py")) for call in _calls_in(file))


def _calls_in(file: Path) -> Iterator[Call]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and _is_catalogue(node.func):
            given = frozenset(keyword.arg or ANYTHING for keyword in node.keywords)
            for key in _patterns(node.args[0]):
                yield Call(f"{file.name}:{node.lineno}", re.compile(key), given)


def _is_catalogue(function: ast.expr) -> bool:
    match function:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in ("texts", "_texts")
        case _:
            return False


def _patterns(key: ast.expr) -> Iterable[str]:
    """The keys that an expression may stand for; none where it is a name that is filled elsewhere."""
    match key:
        case ast.Constant(value=str(value)):
            return (re.escape(value),)
        case ast.JoinedStr(values=parts):
            return ("".join(map(_part, parts)),)
        case ast.IfExp(body=body, orelse=orelse):
            return (*_patterns(body), *_patterns(orelse))
        case _:
            return ()


def _part(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else WORKED_OUT


@cache
def strings() -> frozenset[str]:
    """Every string in the bot's code: a key that is kept in a name is one of them."""
    found = set()
    for file in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return frozenset(found)


@cache
def joined() -> tuple[re.Pattern[str], ...]:
    """Every string with a part that is worked out, as a pattern."""
    found = []
    for file in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                found += [re.compile(pattern) for pattern in _patterns(node)]
    return tuple(found)
