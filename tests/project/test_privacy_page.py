"""docs/privacy.md: each line has a test that is there, or says that nothing holds it yet; every age is told."""

import re

import pytest

from bot.config.privacy import Privacy
from tests.project.held_lines import assert_held
from tests.project.imports import ROOT

PAGE = ROOT / "docs" / "privacy.md"
TEXT = PAGE.read_text("utf-8")
HEADING = re.compile(r"^\|.*\| test \|$", re.MULTILINE)
LINES = [line for part in HEADING.split(TEXT)[1:] for line in part.strip().split("\n\n")[0].split("\n")[1:]]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split("|")[1].strip()[:60])
def test_a_line_names_a_test_that_is_there_or_says_that_nothing_holds_it(line: str) -> None:
    assert_held(PAGE, line)


@pytest.mark.parametrize("key", Privacy.model_fields)
def test_every_key_of_the_ages_is_told(key: str) -> None:
    assert f"`{key}`" in TEXT
