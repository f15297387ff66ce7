"""Names of cards are on disk, with the messages that show them."""

import ast
import re
from pathlib import Path

import pytest

from core.vocabulary import card_names

ROOT = Path(__file__).parents[3]
HOME = ROOT / "core" / "vocabulary" / "card_names.py"


def test_the_names_are_those_under_which_messages_were_sent() -> None:
    assert card_names.task_card(12) == "task:12"
    assert card_names.access_card(3) == "access:3"
    assert card_names.checkin_card(3) == "check_in:3"
    assert card_names.form_card(3) == "form:3"
    assert card_names.handover_card(2) == "guard:2"
    assert card_names.swap_card(2, 5) == "swap:2:5"
    assert card_names.pin_of("task:12") == "task:12:pin"


@pytest.mark.parametrize("room", ["bot", "core", "storage"])
def test_nobody_else_makes_one(room: str) -> None:
    made = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / room).rglob("*.py"))
        if path != HOME
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        and re.match(r"f.(task|access|check_in|form|guard|swap):\{", ast.unparse(node))
    ]
    assert not made
