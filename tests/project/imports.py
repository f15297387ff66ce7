"""The import graph of the rooms, read from the files: who imports whom, wherever in the file it says so."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "core", "storage", "metrics", "emulator")

Graph = Mapping[str, frozenset[str]]


@cache
def graph() -> Graph:
    """The files of the rooms (``core/desk/desk.py``), each with the files of the rooms that it imports.

    Imports inside functions and those for type checkers count like any other.
    """
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    modules = {dotted(path): path.relative_to(ROOT).as_posix() for path in files}
    return {
        modules[name]: frozenset(modules[target] for target in targets(tree(path), modules)) - {modules[name]}
        for path in files
        for name in (dotted(path),)
    }


@cache
def tree(path: Path) -> ast.Module:
    """A file, parsed once."""
    return ast.parse(path.read_text("utf-8"))


def dotted(path: Path) -> str:
    """The module's name: ``core.desk.desk``; a package is its folder."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def targets(module: ast.Module, known: Mapping[str, str]) -> Iterator[str]:
    """The modules that a file imports, of those that are known."""
    for node in ast.walk(module):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names if alias.name in known)
            case ast.ImportFrom(module=str(base), level=0, names=names):
                for alias in names:
                    inner = f"{base}.{alias.name}"
                    if inner in known or base in known:
                        yield inner if inner in known else base
            case ast.ImportFrom(level=level) if level:
                raise AssertionError("a relative import: the walls can't see whom it names")


def folders() -> list[str]:
    """Every folder that holds files of the rooms, the root (empty) too."""
    return sorted({"", *(parent.as_posix() for file in graph() for parent in Path(file).parents if parent.name)})


def inside(folder: str) -> Graph:
    """The graph between what lies directly in a folder: its files, and its subfolders as a whole."""
    depth = len(Path(folder).parts)
    between: dict[str, set[str]] = {}
    for file, others in graph().items():
        if is_in(file, folder):
            found = {Path(other).parts[depth] for other in others if is_in(other, folder)}
            between.setdefault(Path(file).parts[depth], set()).update(found)
    return {name: frozenset(others - {name}) for name, others in between.items()}


def is_in(file: str, folder: str) -> bool:
    """Whether the file lies in the folder or below it."""
    return not folder or file.startswith(f"{folder}/")


def circles(edges: Graph) -> list[str]:
    """One circle of each knot in the graph, written ``a → b → a``."""
    done: set[str] = set()
    found = []
    for start in sorted(edges):
        way = [] if start in done else way_back(edges, start)
        if way:
            found.append(" → ".join(way))
            done.update(way)
    return found


def way_back(edges: Graph, start: str) -> list[str]:
    """The shortest way from a node back to itself; empty when there is none."""
    came_from: dict[str, str] = {}
    frontier = [start]
    while frontier and start not in came_from:
        following = []
        for node in frontier:
            for other in sorted(edges.get(node, ())):
                if other not in came_from:
                    came_from[other] = node
                    following.append(other)
        frontier = following
    if start not in came_from:
        return []
    way = [start, came_from[start]]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]
