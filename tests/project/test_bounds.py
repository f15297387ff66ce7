"""The table of docs/reliability.md says of each condition what the desk does (P13)."""

import re
from pathlib import Path

from bot.runtime.conditions import BOUNDS, Condition

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
COLUMNS = 6


def rows() -> dict[str, list[str]]:
    """The cells of each row that begins with a condition."""
    found = {}
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == COLUMNS and re.fullmatch(r"`\w+`", cells[0]):
            found[cells[0].strip("`")] = cells
    return found


def test_p13_each_condition_is_listed_with_its_bound() -> None:
    table = rows()
    assert table.keys() == {condition.value for condition in Condition} == {each.value for each in BOUNDS}
    for condition, bound in BOUNDS.items():
        _, _, said_within, ended_by, _, told = table[condition]
        assert said_within == f"{bound.said_within.total_seconds():.0f} s", condition
        assert ended_by == bound.ended_by, condition
        assert told == ("told" if bound.tells_admins else "no"), condition
