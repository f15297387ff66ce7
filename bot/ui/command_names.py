"""The names of the commands: each language has its own, in ``locale/<language>/commands.ftl``, and all of them work.

A command is known by an id, which is its English name. A new catalogue brings its own names: nothing else names them.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

LOCALES = Path(__file__).parent / "locale"
PREFIX, NAME = "command-", "name"


@cache
def command_ids() -> Mapping[str, str]:
    """The id of the command that each name stands for, in every language.

    Raises:
        ValueError: two commands have the same name.
    """
    found: dict[str, str] = {}
    for folder in sorted(LOCALES.iterdir()):
        for command, name in names_in(folder.name).items():
            if found.setdefault(name, command) != command:
                raise ValueError(f"/{name} is the name of two commands, {found[name]} and {command}")
    return found


@cache
def names_in(language: str) -> Mapping[str, str]:
    """The name of each command in one language, by its id."""
    source = (LOCALES / language / "commands.ftl").read_text(encoding="utf-8")
    return dict(_names(FluentParser().parse(source)))


def names_of(command: str) -> tuple[str, ...]:
    """All the names of one command."""
    return tuple(name for name, known in command_ids().items() if known == command)


def _names(resource: ftl.Resource) -> Iterator[tuple[str, str]]:
    for part in resource.body:
        if isinstance(part, ftl.Message) and part.id.name.startswith(PREFIX):
            for attribute in part.attributes:
                if attribute.id.name == NAME:
                    yield part.id.name.removeprefix(PREFIX), _text(attribute.value)


def _text(pattern: ftl.Pattern) -> str:
    return "".join(part.value for part in pattern.elements if isinstance(part, ftl.TextElement)).strip()
