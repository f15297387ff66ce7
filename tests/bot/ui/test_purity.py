"""Views are functions from the desk's things to words: they look nothing up, wait for nothing and read no clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

BOT = Path(__file__).parents[3] / "bot"
VIEWS = sorted(
    path
    for pattern in ("ui/*.py", "cards/*.py", "notifications/*.py", "features/*/*_view.py", "conversation/menu.py")
    for path in BOT.glob(pattern)
)
THEIRS = (
    *(".".join(path.relative_to(BOT.parent).with_suffix("").parts).removesuffix(".__init__") for path in VIEWS),
    "bot.conversation.registry",
    "bot.features.tasks.task_draft",
    "bot.features.oncall.rota_draft",
    "telegram.constants",
)
OTHERS = ("bot", "storage", "telegram", "asyncio", "aiohttp", "random", "secrets", "time", "os")


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def within(module: str, rooms: tuple[str, ...]) -> bool:
    return any(f"{module}.".startswith(f"{room}.") for room in rooms)


@pytest.mark.parametrize("view", VIEWS, ids=lambda path: path.stem)
def test_a_view_is_pure(view: Path) -> None:
    tree = ast.parse(view.read_text(encoding="utf-8"))
    foreign = [name for name in imports(tree) if within(name, OTHERS) and not within(name, THEIRS)]
    assert not foreign
    for node in ast.walk(tree):
        assert not isinstance(node, ast.AsyncFunctionDef | ast.Await), f"{view.name} waits"
        match node:
            case ast.Attribute(value=ast.Name(id="datetime" | "date"), attr="now" | "utcnow" | "today"):
                pytest.fail(f"{view.name}:{node.lineno} reads a clock")
