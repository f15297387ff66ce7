"""docs/threat-model.md: each line has a test that is there, or says that nothing holds it yet."""

import re

import pytest

from tests.project.held_lines import assert_held
from tests.project.imports import ROOT

PAGE = ROOT / "docs" / "threat-model.md"
THREATS = [line for line in PAGE.read_text("utf-8").split("\n") if re.match(r"\| (?!threat \|)[^-]", line)]
SUBJECTS = (
    "forged updates, a stolen token, a stolen phone, an insider, a hostile group, a hostile program, redis, backups,"
    "the supply chain, what is left"
)


def test_the_page_speaks_of_every_kind_of_attacker() -> None:
    headings = {line[3:].lower() for line in PAGE.read_text("utf-8").split("\n") if line.startswith("## ")}
    assert headings == {one.strip() for one in SUBJECTS.split(",")}


@pytest.mark.parametrize("line", THREATS, ids=lambda line: line.split("|")[1].strip()[:60])
def test_a_threat_names_a_test_that_is_there_or_says_that_nothing_holds_it(line: str) -> None:
    assert_held(PAGE, line)
