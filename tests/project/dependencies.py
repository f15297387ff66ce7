"""The dependencies: what pyproject.toml declares, and which folders import it."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.project.imports import ROOMS, ROOT, tree

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# Imported on more floors of a room than this, a dependency is said to be used by the room.
MANY = 3


def declared(*lists: list[str]) -> dict[str, Requirement]:
    """The requirements of these lists by the distribution's name."""
    requirements = [Requirement(line) for lines in lists for line in lines]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


RUN = declared(PROJECT["project"]["dependencies"])
BUILD = declared(PROJECT["dependency-groups"]["build"])
DEV = declared(PROJECT["dependency-groups"]["dev"])


@cache
def importers(*rooms: str) -> dict[str, set[str]]:
    """The distributions that these rooms import, each with the floors that do: ``bot/transport``, ``metrics``."""
    known = packages_distributions()
    own = {*ROOMS, "tests", "scripts"}
    found: dict[str, set[str]] = {}
    for path in (path for room in rooms for path in (ROOT / room).rglob("*.py")):
        floor = "/".join(path.relative_to(ROOT).parent.parts[:2])
        for module in modules(tree(path)):
            if module not in own and module in known:
                found.setdefault(canonicalize_name(known[module][0]), set()).add(floor)
    return {name: in_short(floors) for name, floors in found.items()}


def modules(file: ast.Module) -> Iterator[str]:
    """The first name of each module that a file imports."""
    for node in ast.walk(file):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.split(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.split(".")[0]


def in_short(floors: set[str]) -> set[str]:
    """The room instead of its floors, where they are more than three."""
    rooms = {floor.split("/")[0] for floor in floors}
    crowded = {room for room in rooms if sum(floor.split("/")[0] == room for floor in floors) > MANY}
    return crowded | {floor for floor in floors if floor.split("/")[0] not in crowded}
