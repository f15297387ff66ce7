"""docs/scorecard.md names nothing that isn't there."""

import re

from tests.metrics.test_alarms import ALARMS
from tests.project.imports import ROOT

PAGE = (ROOT / "docs" / "scorecard.md").read_text("utf-8")


def test_each_program_page_and_target_is_there() -> None:
    named = re.findall(r"`[^`]*?\b((?:scripts|tests|deploy)/[\w./-]+)", PAGE)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make (\w+)`", PAGE)) <= targets


def test_it_has_sixteen_lines_and_counts_the_alarms() -> None:
    assert re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE) == [str(number) for number in range(1, 17)]
    assert f"all {len(ALARMS)}, with [the seconds](alarm-drill.md)" in PAGE
    drill = (ROOT / "docs" / "alarm-drill.md").read_text("utf-8")
    seen = re.findall(r"^\| (\w+) \| (?:page|ticket) \|.*\| (\d+ s) \|$", drill, re.MULTILINE)
    assert sorted(alarm for alarm, _ in seen) == sorted(ALARMS)
