"""The names of the commands: each language has its own, in ``locale/<language>/commands.ftl``, and all of them work.

A command is known by an id, which is its English name. A new catalogue brings its own names: nothing else names them.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

LOCALES = Path(__file__).parent / "locale"
PREFIX, NAME, ALSO = "command-", "name", "also"


@cache
def command_ids() -> Mapping[str, str]:
    """The id of the command that each name stands for, in every language.

    Raises:
        ValueError: two commands have the same name.
    """
    found: dict[str, str] = {}
    for folder in sorted(LOCALES.iterdir()):
        others = _attributes(folder.name, ALSO)
        for command, own in names_in(folder.name).items():
            for name in (own, *filter(None, others.get(command, "").split(", "))):
                if found.setdefault(name, command) != command:
                    raise ValueError(f"/{name} is the name of two commands, {found[name]} and {command}")
    return found


@cache
def names_in(language: str) -> Mapping[str, str]:
    """The name of each command in one language, by its id."""
    return _attributes(language, NAME)


def names_of(command: str) -> tuple[str, ...]:
    """All the names of one command."""
    return tuple(name for name, known in command_ids().items() if known == command)


def _attributes(language: str, wanted: str) -> Mapping[str, str]:
    source = (LOCALES / language / "commands.ftl").read_text(encoding="utf-8")
    return dict(_read(FluentParser().parse(source), wanted))


def _read(resource: ftl.Resource, wanted: str) -> Iterator[tuple[str, str]]:
    for part in resource.body:
        if isinstance(part, ftl.Message) and part.id.name.startswith(PREFIX):
            for attribute in part.attributes:
                if attribute.id.name == wanted:
                    yield part.id.name.removeprefix(PREFIX), _text(attribute.value)


def _text(pattern: ftl.Pattern) -> str:
    return "".join(part.value for part in pattern.elements if isinstance(part, ftl.TextElement)).strip()
