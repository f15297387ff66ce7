"""`make bench` itself: every bench is in the table of targets, a verdict follows from the bound, both pages get it."""

import ast
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import json

from scripts.load.result import Machine
from scripts.performance import page, run
from scripts.performance.figures import Figure, number, rates, ratios
from scripts.performance.run_result import Run
from scripts.performance.targets import Target, Targets, Verdict, judged, read_targets
from tests.project.imports import ROOT

BENCHES = ROOT / "scripts" / "bench"
# Imported by benches, and no bench by themselves.
PARTS = {"loopback", "one_chat", "crowd", "newcomers"}
TARGETS = read_targets()
AT_LEAST = Target(name="fast", bench="answers", what="answers", against="an echo", at_least=1.5)
AT_MOST = Target(name="soon", bench="answers", what="the same, p99", at_most=20, unit="ms")
MACHINE = Machine(system="Linux", processor="x", cores=2, memory_gb=4, versions={"Python": "3"}, commit="abc")


def ran(bench: str, *figures: Figure, broke: bool = False) -> Run:
    return Run(
        bench=bench,
        short=False,
        at=datetime(2026, 11, 1, tzinfo=UTC),
        seconds=3,
        busy=0.5,
        machine=MACHINE,
        figures=None if broke else list(figures),
    )


def returned_by(path: Path) -> set[str]:
    """Names of the targets for which ``figures`` in this file has a figure."""
    whole = ast.parse(path.read_text("utf-8"))
    made = next(node for node in whole.body if isinstance(node, ast.FunctionDef) and node.name == "figures")
    calls = (node for node in ast.walk(made) if isinstance(node, ast.Call))
    firsts = (call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Figure")
    return {first.value for first in firsts if isinstance(first, ast.Constant) and isinstance(first.value, str)}


def test_every_bench_has_its_targets_and_every_target_its_figure() -> None:
    benches = {path.stem: returned_by(path) for path in BENCHES.glob("*.py") if path.stem not in PARTS}
    wanted: dict[str, set[str]] = {}
    for target in TARGETS.target:
        wanted.setdefault(target.bench, set()).add(target.name)
    wanted.pop("", None)
    assert benches == wanted


def test_a_target_has_one_name_and_one_bound() -> None:
    names = [target.name for target in TARGETS.target]
    assert len(set(names)) == len(names)
    assert not [target.name for target in TARGETS.target if None not in (target.at_least, target.at_most)]


@pytest.mark.parametrize(
    ("target", "rounds", "verdict"),
    [
        (AT_LEAST, [1.5], Verdict.PASS),
        (AT_LEAST, [1.4, 1.6, 1.7], Verdict.PASS),
        (AT_LEAST, [1.4, 1.49, 9.0], Verdict.SHORT),
        (AT_MOST, [20.0], Verdict.PASS),
        (AT_MOST, [20.1], Verdict.SHORT),
        (Target(name="limits", bench="answers", what="asking", unit="µs"), [3.0], Verdict.NO_GOAL),
    ],
    ids=["at the bound", "median above", "median below", "at most", "over", "no goal"],
)
def test_the_median_is_held_against_the_bound(target: Target, rounds: list[float], verdict: Verdict) -> None:
    assert judged(target, {"answers": [Figure(target.name, rounds)]}).verdict is verdict


def test_what_has_no_figure_says_why() -> None:
    nowhere = Target(name="fast", bench="", what="answers")
    assert judged(nowhere, {}).verdict is Verdict.NO_BENCH
    assert judged(AT_LEAST, {}).verdict is Verdict.NOT_RUN
    assert judged(AT_LEAST, {"answers": None}).verdict is Verdict.BROKEN
    assert judged(AT_LEAST, {"answers": [Figure("another", [1.0])]}).verdict is Verdict.BROKEN


def test_a_ratio_is_of_its_own_round() -> None:
    assert ratios([2.0, 9.0], [1.0, 3.0]) == [2.0, 3.0]
    with pytest.raises(ValueError, match="argument"):
        ratios([1.0], [])


@pytest.mark.parametrize(
    ("value", "said"), [(1794.4, "1,794"), (18.24, "18.2"), (1.163, "1.16"), (0.351, "0.35"), (0, "0")]
)
def test_a_number_has_three_digits_that_count(value: float, said: str) -> None:
    assert number(value) == said


def test_rates_are_told_with_their_names() -> None:
    assert rates("desk", [1.0, 3.0, 2.0], "echo", [4.0]) == "desk 2.00/s, echo 4.00/s"


def test_both_pages_have_the_table_and_keep_the_rest() -> None:
    targets = Targets([AT_LEAST, AT_MOST, Target(name="none", bench="", what="to come")])
    runs = {"answers": ran("answers", Figure("fast", [1.0, 1.2, 1.4], "desk 1,200/s"), Figure("soon", [9.0]))}
    table = page.readme(targets, runs)
    assert "| answers | an echo | ≥ 1.5 × | 1.20 × (1.00–1.40) | **short** | `answers.py` |" in table
    assert "| the same, p99 | – | ≤ 20 ms | 9.00 ms | pass | `answers.py` |" in table
    assert "| to come | – | – | – | no bench | – |" in table
    long = page.baseline(targets, runs)
    assert table.split("|---", 1)[1].split("\n", 1)[1] in long
    assert "| `answers` | desk 1,200/s | 3 | 0.5 |" in long
    whole = page.put(f"before\n{page.BEGIN}old\n{page.END}after\n", table)
    assert whole == f"before\n{page.BEGIN}{table}{page.END}after\n"
    with pytest.raises(page.Unmarked):
        page.put("no marks", table)


@pytest.mark.parametrize("file", [page.BASELINE, page.README], ids=["baseline", "readme"])
def test_both_pages_have_a_place_for_it(file: Path) -> None:
    assert page.put(file.read_text("utf-8"), "here\n").count("here\n") >= 1


def test_the_terminal_counts_the_verdicts() -> None:
    said = page.terminal(Targets([AT_LEAST, AT_MOST]), {"answers": ran("answers", broke=True)})
    assert said.endswith("0 pass, 0 short, 0 no goal, 0 no bench, 0 not run, 2 broken; 3 s")


BENCH = {
    "well": "from scripts.performance.figures import Figure\ndef figures(short): return [Figure('fast', [2. + short])]",
    "breaks": "def figures(short): raise RuntimeError('no')\n",
    "hangs": "import time\ndef figures(short):\n    while True: time.sleep(60)\n",
}


@pytest.mark.parametrize(("name", "found"), [("well", [3.0]), ("breaks", None), ("hangs", None)])
def test_a_bench_that_breaks_or_hangs_is_ended_and_named(
    name: str, found: list[float] | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "played.py").write_text(BENCH[name], "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(run, "REPORTS", tmp_path)
    monkeypatch.setattr(run, "machine", lambda _: MACHINE)
    outcome = run.run("played", short=True, patience=0.5 if name == "hangs" else 30)
    assert (outcome.figures and outcome.figures[0].rounds) == found
    assert not list(tmp_path.glob("*.figures"))
    assert judged(AT_LEAST, {"answers": outcome.figures}).verdict is (Verdict.PASS if found else Verdict.BROKEN)


def test_a_run_is_read_as_it_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts.performance.run_result.REPORTS", tmp_path)
    kept = ran("answers", Figure("fast", [1.0], "said"))
    kept.save()
    assert json.decode((tmp_path / "answers.json").read_bytes(), type=Run) == kept


def test_an_unknown_bench_is_a_line_that_names_those_there_are() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "performance" / "run.py"), "--only", "nothing"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert "answers_webhook" in said.stderr
