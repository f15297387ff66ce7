"""A key's default stands once: the parts take the value, and have none of their own that could drift from it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
# Where the defaults stand.
HOMES = {"bot/config/schema.py", "core/rules/situation.py"}
# Keys of the configuration, by every name that a part has for them.
NAMES = set(
    """
    ack_timeout at_once broadcast_every burst checkin_every checkin_grace drill_length duplicate_window give_up_after
    grace handover_timeout in_flight invitation_life lease location_max_age max_attempts offer_timeout offer_to
    per_second reopen_window shutdown_grace stale_after still_after tries workers
    """.split()
)


def defaults(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The names of arguments and fields that have a default, with it."""
    match node:
        case ast.arguments():
            positional = [*node.posonlyargs, *node.args]
            for arg, default in zip(reversed(positional), reversed(node.defaults), strict=False):
                yield arg.arg, default
            for arg, needed in zip(node.kwonlyargs, node.kw_defaults, strict=True):
                if needed is not None:
                    yield arg.arg, needed
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value
        case _:  # nothing with a default
            pass


@pytest.mark.parametrize("room", ["bot", "core", "metrics", "storage"])
def test_no_part_has_a_default_of_its_own_for_a_key(room: str) -> None:
    own = [
        f"{path.relative_to(ROOT)}:{value.lineno} {name} = {ast.unparse(value)}"
        for path in sorted((ROOT / room).rglob("*.py"))
        if path.relative_to(ROOT).as_posix() not in HOMES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name, value in defaults(node)
        if name in NAMES
        if any(isinstance(part, ast.Constant) and type(part.value) in (int, float) for part in ast.walk(value))
    ]
    assert not own
