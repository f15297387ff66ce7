"""The load tests themselves: the desk that is seeded, the load that was asked for, and a report that hides nothing."""

import json
import os
import subprocess
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from core.queries.queries import Which
from core.vocabulary.words import Kind
from scripts import seed_desk
from scripts.load import report
from scripts.load.baseline import HEAD, Alone, part, put
from scripts.load.first import FIRST
from scripts.load.result import Check, Group, Machine, Metric, Result, Summary, Threshold
from storage.audit import audit
from storage.engine.sqlite import connect
from storage.engine.store import Store
from storage.repositories.queries import SqlQueries
from tests.project.imports import ROOT

RUNNER = "scripts/run_load_tests.sh"
ROWS = [f"SELECT count(*) FROM {table}" for table in ("task", "person", "outbox", "timer")]  # noqa: S608
COUNTED = "SELECT 'tasks:' || state || ':' || priority, count(*) FROM task GROUP BY 1"
KEPT = "SELECT name, value FROM counter WHERE name LIKE 'tasks:%'"


async def test_a_seeded_desk_is_like_one_that_has_worked_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seed_desk, "BY_COMMANDS", 30)
    url = f"sqlite+aiosqlite:///{tmp_path / 'gad.db'}"
    await seed_desk.seed(url, tasks=1_000, crowd=20, units=2)
    store = Store(url)
    await store.start()
    verdict = await audit.verify(store)
    queries = SqlQueries(store)
    emergencies = await queries.tasks(Which.ALL, kind=Kind.EMERGENCY)
    found = await queries.search("patrullaje sur")
    await store.stop()
    with connect(str(tmp_path / "gad.db")) as database:
        rows = [database.execute(query).fetchone()[0] for query in ROWS]
        counted, kept = dict(database.execute(COUNTED)), dict(database.execute(KEPT))
    assert rows == [1_000, 20, 0, 0], "tasks, people; nothing waits to be sent, and no timer runs"
    assert verdict.flaw is None
    assert verdict.events > 2_000, "each task has a history of its own"
    assert counted == kept, "totals are those of the rows"
    assert emergencies.tasks[0].id > 900, "copies are found like the first ones"
    assert found.tasks


@pytest.mark.parametrize(
    ("name", "targets", "seconds", "short"),
    [("http", [20, 50, 50, 100, 10], 270, 15), ("push", [5, 5, 20, 20, 30, 30], 270, 25)],
)
def test_the_load_is_the_one_that_was_asked_for(name: str, targets: list[int], seconds: int, short: int) -> None:
    stages, thresholds = _asked(name, "")
    assert [stage["target"] for stage in stages] == targets
    assert sum(_seconds(stage["duration"]) for stage in stages) == seconds
    assert sum(_seconds(stage["duration"]) for stage in _asked(name, "1")[0]) == short
    assert thresholds["http_req_failed"] == ["rate<0.01"]
    assert thresholds["checks"] == ["rate==1"]
    timed = "push_alert" if name == "push" else "http_req_duration{name:list}"
    assert thresholds[timed] == ["p(95)<500", "p(99)<1000"]


def _asked(name: str, short: str) -> tuple[list[dict[str, Any]], dict[str, list[str]]]:
    """The stages and thresholds of a script, as k6 reads them."""
    command = [str(ROOT / ".venv/bin/k6"), "inspect", "--env", f"SHORT={short}", f"scripts/load_test_{name}.js"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    options = json.loads(said)
    stages = options["stages"] or options["scenarios"]["pairs"]["stages"]
    return stages, options["thresholds"]


def _seconds(duration: str) -> int:
    """``1m30s`` as k6 writes it."""
    minutes, _, seconds = duration.rpartition("m")
    return int(minutes or 0) * 60 + int(seconds.removesuffix("s"))


@pytest.mark.parametrize(
    ("words", "environment", "code", "says"),
    [
        (["http", "--quick"], {}, 2, "usage: scripts/run_load_tests.sh [http|push|all] [--short] [--postgresql]"),
        (["--short"], {"K6": "/nowhere/k6"}, 1, "load tests: /nowhere/k6 is missing: make install brings it"),
    ],
    ids=["a word that it doesn't know", "no k6"],
)
def test_what_is_missing_is_said_in_one_line(
    words: list[str], environment: dict[str, str], code: int, says: str
) -> None:
    given = os.environ | environment
    ran = subprocess.run([RUNNER, *words], cwd=ROOT, capture_output=True, text=True, check=False, env=given)
    assert ran.returncode == code
    (line,) = ran.stderr.splitlines()
    assert line.startswith(says)


def run(*, held: bool) -> Result:
    times = {"avg": 9.0, "med": 8.0, "p(95)": 700.0, "p(99)": 800.0, "max": 900.0}
    rates = {"rate": 2.0, "count": 20.0}
    metrics = {
        "http_req_duration{name:list}": Metric("trend", times, {"p(95)<500": Threshold(held)}),
        "http_reqs{name:list}": Metric("counter", rates),
        "http_reqs": Metric("counter", rates),
        "http_req_failed": Metric("rate", {"rate": 0.0}),
    }
    summary = Summary(metrics, Group([Check("a page comes", 20, 0 if held else 1)]))
    machine = Machine(system="Linux", processor="A", cores=2, memory_gb=8, versions={"k6": "1"}, commit="abc")
    return Result(
        name="http",
        short=True,
        database="sqlite",
        tasks=5_000,
        people=200,
        limits=False,
        command=f"{RUNNER} http",
        at=datetime(2026, 11, 30, tzinfo=UTC),
        seconds=15,
        busy=(0.5, 1.5),
        machine=machine,
        summary=summary,
    )


def test_a_report_says_what_did_not_hold() -> None:
    well, ill = run(held=True), run(held=False)
    assert well.summary.held
    assert not ill.summary.held
    for text in (report.markdown(well), report.html(well, None)):
        assert "every threshold and check held" in text
        assert "Not held" not in text
    for text in (report.markdown(ill), unescape(report.html(ill, None))):
        assert "http_req_duration{name:list}: p(95)<500, it was 700 ms" in text
        assert "check: a page comes: 1 of 21 failed" in text
    assert "| list | 20 | 2.0 | 8 ms | 700 ms | 800 ms | 900 ms | p95 < 500 ms | **no** |" in report.markdown(ill)


def test_a_report_has_the_first_one_beside_it_and_says_when_others_were_in_the_way() -> None:
    alone, busy = run(held=True), replace(run(held=True), busy=(9.0, 12.0))
    for told in (report.markdown, lambda result: report.html(result, None)):
        assert "health 374, a page of a list 98–127, create a task 51–91 (p95 1.0 to 1.7 s)" in told(alone)
        assert "say little" not in told(alone)
        assert "More than its 2 cores were busy before: the times say little, the counts all." in told(busy)


def test_a_check_that_fails_is_enough() -> None:
    well = run(held=True)
    failed = replace(well.summary, root_group=Group([Check("a page comes", 20, 1)]))
    assert not failed.held


def test_the_baseline_is_replaced_and_what_stands_beside_it_stays() -> None:
    page = put(HEAD + "## By hand\n", "first\n")
    again = put(page + "\n## After\n", "second\n")
    assert "first" not in again
    assert again.count("second") == 1
    assert "## By hand" in again
    assert again.endswith("## After\n")


def test_runs_that_were_not_made_again_stay_on_the_page() -> None:
    """And what stands beside the first one, which is asked for with `http` on SQLite alone."""
    each = {kind: Alone(600.0, 90.0) for kind in FIRST}
    http, push = replace(run(held=True), short=False), replace(run(held=True), name="push", short=False)
    page = put(HEAD, part(HEAD, [http, push], each))
    assert put(page, part(page, [], {})) == page
    again = put(page, part(page, [replace(push, tasks=7_000)], {}))
    assert again.count("### ") == 2
    assert (
        again.count("7,000 tasks") == again.count("5,000 tasks") == again.count("| health | 374 | 600 | 90 ms |") == 1
    )
