"""Alarms: each fires, keeps quiet, and fires for a series that is born late; each has its entry in the runbook."""

import inspect
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.rules import escalation
from scripts.alarm_drill import LONG, SCENES, Seen, report
from scripts.short_drill import LASTING, ON_POSTGRESQL, ON_SQLITE, SHORTENED, shortened
from scripts.short_drill import report as second_report
from tests.metrics.alarms import CASES, Case, Series
from tests.project.imports import ROOT
from tests.support.promtool import promtool

RULES, RUNBOOK = ROOT / "metrics" / "alerts.yml", ROOT / "docs" / "runbook.md"
ALARMS = re.findall(r"^ +- alert: (\w+)$", RULES.read_text("utf-8"), re.MULTILINE)
ENTRIES = re.split(r"^## ", RUNBOOK.read_text("utf-8"), flags=re.MULTILINE)[1:]
LATE = 10  # minutes


def born_late(series: Series) -> Series:
    """The same, after some minutes in which there is nothing."""
    return {name: f"{'_ ' * LATE}{values}" for name, values in series.items()}


def together(series_of: Callable[[Case], Series]) -> list[list[Case]]:
    """The cases in as few tests of promtool's as may be: in one, no two see the same metric or are of one alarm."""
    groups: list[tuple[set[str], list[Case]]] = []
    for case in CASES:
        names = {case.alarm, *(series.partition("{")[0] for series in series_of(case))}
        names |= {re.sub("_(bucket|count|sum)$", "", name) for name in names}
        for seen, cases in groups:
            if not seen & names:
                seen.update(names)
                cases.append(case)
                break
        else:
            groups.append((names, [case]))
    return [cases for _, cases in groups]


def expects(case: Case, minutes: int, *, firing: bool) -> dict[str, Any]:
    """Whether alarms of this name fire at that moment."""
    expression = f'(count(ALERTS{{alertname="{case.alarm}",alertstate="firing"}}) > bool 0) or vector(0)'
    return {"expr": expression, "eval_time": f"{minutes}m", "exp_samples": [{"labels": "{}", "value": int(firing)}]}


# Series of a case, the minutes that it is looked at later than it takes, and whether it fires then.
LOOKS: dict[str, tuple[Callable[[Case], Series], int, bool]] = {
    "fires": (lambda case: case.fires, 0, True),
    "keeps quiet": (lambda case: case.quiet, 0, False),
    "fires though born late": (lambda case: born_late(case.fires), LATE, True),
}


@pytest.mark.parametrize("look", LOOKS)
def test_every_alarm_fires_keeps_quiet_and_fires_for_what_is_born_late(look: str, tmp_path: Path) -> None:
    series_of, later, firing = LOOKS[look]
    tests = [
        {
            "interval": "1m",
            "input_series": [{"series": n, "values": v} for case in cases for n, v in series_of(case).items()],
            "promql_expr_test": [expects(case, case.after + later, firing=firing) for case in cases],
        }
        for cases in together(series_of)
    ]
    file = tmp_path / "alarms.json"
    whole = {"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": tests}
    file.write_text(json.dumps(whole), "utf-8")
    done = promtool("test", "rules", str(file))
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def test_no_alarm_is_without_a_case() -> None:
    assert {case.alarm for case in CASES} == set(ALARMS)


def test_prometheus_reads_the_rules() -> None:
    done = promtool("check", "rules", str(RULES))
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def test_every_alarm_has_its_entry_in_the_runbook_in_the_same_order() -> None:
    assert [entry.split("\n", 1)[0] for entry in ENTRIES] == ALARMS


@pytest.mark.parametrize("alarm", ALARMS)
def test_an_alarm_leads_to_an_entry_that_says_what_it_means_what_to_look_at_and_what_to_do(alarm: str) -> None:
    [rule] = re.findall(rf"^ +- alert: {alarm}\n((?: {{8,}}.*\n)+)", RULES.read_text("utf-8"), re.MULTILINE)
    assert re.search(rf"^ +runbook_url: \S+/docs/runbook\.md#{alarm.lower()}$", rule, re.MULTILINE)
    [severity] = re.findall(r"^ +severity: (page|ticket)$", rule, re.MULTILINE)
    [entry] = [entry for entry in ENTRIES if entry.startswith(f"{alarm}\n")]
    means, look, do = (entry.find(part) for part in (f"**What it means** (`{severity}`). ", "**Look at**", "**Do.** "))
    assert 0 < means < look < do
    assert re.search(r"^```\n(.+\n)+```$", entry[look:do], re.MULTILINE), "the commands to look with"


def test_an_entry_names_only_alarms_and_numbers_that_there_are() -> None:
    known = set(re.findall(r"\b(gad[_:]\w+(?::\w+)*)", RULES.read_text("utf-8")))
    names = set(re.findall(r"\bgad:[\w:]+", RUNBOOK.read_text("utf-8")))
    assert names <= known


def test_the_drill_waits_for_alarms_that_there_are() -> None:
    played = [alarm for _, alarms, _ in SCENES for alarm in alarms]
    assert set(played) <= set(ALARMS)
    assert len(set(played)) == len(played)


def test_each_alarm_is_played_by_one_of_the_drills() -> None:
    scenes = (*SCENES, *LONG, *LASTING, *ON_SQLITE, *ON_POSTGRESQL)
    assert sorted([*(alarm for _, alarms, _ in scenes for alarm in alarms), "AlertUnanswered"]) == sorted(ALARMS)


def test_the_shortened_alarms_are_those_of_the_desk_but_for_their_times(tmp_path: Path) -> None:
    rules = shortened(RULES.read_text("utf-8"))
    (tmp_path / "alerts.yml").write_text(rules, "utf-8")
    assert promtool("check", "rules", str(tmp_path / "alerts.yml")).returncode == 0
    lines = zip(RULES.read_text("utf-8").splitlines(), rules.splitlines(), strict=True)
    assert sum(before != after for before, after in lines) == sum(map(len, SHORTENED.values()))
    with pytest.raises(ValueError, match="StorageSlow has no"):
        shortened(RULES.read_text("utf-8").replace("[10m]", "[11m]"))


def test_the_rule_that_is_planted_is_one_of_the_desk() -> None:
    assert "next_at=_next_at(" in inspect.getsource(escalation)


def test_the_second_report_says_what_was_shorter_and_what_was_not_seen() -> None:
    page = second_report([Seen("BackupOld", "There is none.", 40.2), Seen("SilentEnd", "Planted.", None)], 60.0)
    assert "| BackupOld | ticket | There is none. | `for: 30s` for `for: 30m` | 40 s |" in page
    assert "| SilentEnd | page | Planted. |  | **not seen** |" in page


def test_the_report_of_a_drill_says_what_was_seen_what_was_not_and_what_was_not_played() -> None:
    page = report([Seen("DeskDown", "It is killed.", 33.4), Seen("HoldLong", "It waits.", None)], 60.0)
    assert "| DeskDown | page | It is killed. | 33 s |" in page
    assert "| HoldLong | page | It waits. | **not seen** |" in page
    not_played = page.partition("Not played here")[2]
    assert "SilentEnd" in not_played
    assert "DeskDown" not in not_played


def test_the_report_in_the_docs_is_of_these_alarms() -> None:
    page = (ROOT / "docs" / "alarm-drill.md").read_text("utf-8")
    assert [alarm for alarm in ALARMS if alarm not in page] == []
    assert "not seen" not in page
