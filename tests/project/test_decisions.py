"""docs/adr: each decision has its status and date, and stands in the index as it says of itself."""

import re
from pathlib import Path

import pytest

from tests.project.imports import ROOT

FOLDER = ROOT / "docs" / "adr"
DECISIONS = sorted(FOLDER.glob("[0-9]*.md"))
SECTIONS = ["Context", "Decision", "What else was considered", "What was measured"]
STATUS = re.compile(r"proposed|accepted|rejected|superseded by \d{4}")


def named(path: Path) -> str:
    return path.stem


def head(page: Path) -> tuple[int, str, str, str]:
    """Number, title, status and date, as the page says them."""
    found = re.match(r"# (\d+)\. (.+)\n\n- Status: (.+)\n- Date: (.+)\n", page.read_text("utf-8"))
    assert found, f"{page.name} begins otherwise than the others"
    return int(found[1]), found[2], found[3], found[4]


@pytest.mark.parametrize("page", DECISIONS, ids=named)
def test_a_decision_has_its_number_status_date_and_sections(page: Path) -> None:
    number, _, status, date = head(page)
    assert page.name.startswith(f"{number:04}-")
    assert STATUS.fullmatch(status)
    assert re.fullmatch(r"20\d\d-[01]\d-[0-3]\d", date)
    assert re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE) == SECTIONS


def test_the_numbers_have_no_gap() -> None:
    assert [head(page)[0] for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_the_index_says_of_each_what_its_page_says() -> None:
    index = (FOLDER / "README.md").read_text("utf-8")
    found = re.findall(r"^\| \[(\d{4})\]\((.+?)\) \| (.+?) \| (.+?) \| (.+?) \|$", index, re.MULTILINE)
    assert found == [(page.name[:4], page.name, *head(page)[1:]) for page in DECISIONS]
