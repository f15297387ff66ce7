"""The dependencies: what pyproject.toml declares, and which folders import it."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import files, packages_distributions

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
TRACING = declared(PROJECT["project"]["optional-dependencies"]["tracing"])
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
            if (first := module.split(".")[0]) not in own and first in known:
                found.setdefault(canonicalize_name(shipped_in(module, tuple(known[first]))), set()).add(floor)
    return {name: in_short(floors) for name, floors in found.items()}


@cache
def shipped_in(module: str, some: tuple[str, ...]) -> str:
    """The one of several distributions that has a module's file: more than one may fill a namespace."""
    path = module.replace(".", "/")
    its = {f"{path}.py", f"{path}/__init__.py"}
    having = (name for name in some if len(set(some)) > 1 and its & set(map(str, files(name) or ())))
    return next(having, some[0])


def modules(file: ast.Module) -> Iterator[str]:
    """The modules that a file imports."""
    for node in ast.walk(file):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module


def in_short(floors: set[str]) -> set[str]:
    """The room instead of its floors, where they are more than three."""
    rooms = {floor.split("/")[0] for floor in floors}
    crowded = {room for room in rooms if sum(floor.split("/")[0] == room for floor in floors) > MANY}
    return crowded | {floor for floor in floors if floor.split("/")[0] not in crowded}
