"""`make mutants` itself: each mutant that was tried counts, and whatever nobody noticed is named."""

from pathlib import Path

import pytest
from msgspec import json

from scripts import mutants
from scripts.mutants import Score, score, told
from tests.project.imports import ROOT


def kept(tree: Path, file: str, codes: dict[str, int | None]) -> None:
    """Results of a file as mutmut leaves them, among all else that it keeps."""
    place = tree / "mutants" / mutants.MUTATED / file
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(json.encode({"exit_code_by_key": codes, "hash_by_function_name": {}}))


def test_what_survived_and_what_met_no_test_count_against_it(tmp_path: Path) -> None:
    names = [f"core.rules.offers.x_ask__mutmut_{n}" for n in range(6)]
    kept(tmp_path, "offers.py.meta", dict(zip(names, [1, 0, 33, None, 36, 1], strict=True)))
    kept(tmp_path, "swaps.py.meta", {"core.rules.swaps.x_swap__mutmut_1": 1})
    found = score(tmp_path)
    assert (found.tried, found.survived, found.untested) == (6, [names[1]], [names[2]])
    assert found.percent == pytest.approx(100 * 4 / 6)
    assert told(found).splitlines() == [
        "core/rules: 66.7 % of 6 mutants noticed by the tests of the rules; 1 survived, 1 met no test",
        "most in: offers 2",
    ]


def test_where_nothing_was_tried_there_is_no_score(tmp_path: Path) -> None:
    assert score(tmp_path).percent == 0
    assert Score(4, [], []).percent == 100


def test_everything_that_it_copies_and_runs_is_there() -> None:
    assert [place for place in (*mutants.COPIED, *mutants.TESTS, mutants.MUTATED) if not (ROOT / place).exists()] == []


def test_the_settings_name_what_is_mutated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutants, "PLACE", tmp_path)
    monkeypatch.setattr(mutants, "COPIED", ("README.md",))
    tree = mutants.copied()
    assert (tree / "README.md").exists()
    assert (
        '[tool.mutmut]\nsource_paths = ["core"]\nonly_mutate = ["core/rules/*.py"]'
        in (tree / "pyproject.toml").read_text()
    )


def test_the_page_has_the_score_once_and_keeps_the_rest() -> None:
    first = mutants.put("# Baseline\n", Score(4, [], []), "python scripts/mutants.py")
    again = mutants.put(f"{first}more\n", Score(4, ["a.x_b__mutmut_1"], []), "python scripts/mutants.py --endings 3")
    assert first.startswith("# Baseline\n\n<!-- mutants")
    assert again.count("<!-- mutants") == 1
    assert "75.0 % of 4 mutants" in again
    assert "`python scripts/mutants.py --endings 3`" in again
    assert again.endswith("<!-- /mutants -->\nmore\n")
