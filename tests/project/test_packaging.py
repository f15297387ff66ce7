"""The shipped things: the package, its pins and its image."""

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.project.dependencies import BUILD, DEV, RUN, TRACING
from tests.project.imports import ROOMS, ROOT


def pins(name: str) -> dict[str, str]:
    """Pinned version of each package in a constraints file, every one of them with a hash."""
    text = (ROOT / name).read_text("utf-8")
    found = re.findall(
        r"^([a-z0-9.-]+)(?:\[[a-z,-]+\])?==(\S+)(?: ;[^\\\n]+)? \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE
    )
    assert len(found) == len(re.findall(r"^[^#\s]", text, re.MULTILINE))
    return dict(found)


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-tracing.txt", "constraints-dev.txt"])
def test_pins_name_no_place_that_they_come_from(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links|@ |^/", text, re.MULTILINE)


def test_every_dependency_is_pinned_to_a_version_that_it_allows() -> None:
    run, dev = pins("constraints.txt"), pins("constraints-dev.txt")
    tracing = pins("constraints-tracing.txt")
    assert not run.keys() & {**dev, **tracing}.keys()
    assert dev.items() >= tracing.items(), "the tests trace"
    for name, requirement in TRACING.items():
        assert requirement.specifier.contains(tracing[name]), name
    for name, requirement in {**RUN, **BUILD}.items():
        assert requirement.specifier.contains(run[name]), name
    for name, requirement in DEV.items():
        assert requirement.specifier.contains({**run, **dev}[name]), name


def built(kind: str, into: Path) -> Path:
    build = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(into)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(into.iterdir())


def test_the_sdist_holds_the_rooms_and_the_pages_beside_them(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path)) as sdist:
        held = {name.split("/", 1)[1] for name in sdist.getnames()}
    pages = {"README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "config.example.toml"}
    made = {"PKG-INFO", "pyproject.toml", ".gitignore"}
    assert {name for name in held if "/" not in name} == pages | made
    assert {name.split("/", 1)[0] for name in held if "/" in name} == set(ROOMS)


def test_type_checkers_read_the_types_of_every_room() -> None:
    assert [room for room in ROOMS if not (ROOT / room / "py.typed").is_file()] == []


def test_the_wheel_holds_every_file_of_the_rooms(tmp_path: Path) -> None:
    with zipfile.ZipFile(built("wheel", tmp_path)) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    kept = (path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file())
    assert held == {path.relative_to(ROOT).as_posix() for path in kept if "__pycache__" not in path.parts}


def test_the_image_runs_as_nobody_in_particular_and_says_whether_it_is_well() -> None:
    recipe = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    last_stage = recipe[recipe.rindex("\nFROM ") :]
    steps = dict(re.findall(r"^([A-Z]+) (.+)$", last_stage, re.MULTILINE))
    assert steps["USER"] not in ("root", "0")
    assert steps["HEALTHCHECK"].endswith('CMD ["gad", "health", "--page", "live", "--config", "/etc/gad/config.toml"]')
    assert re.findall(r"^(?:ARG BASE=|FROM )(\S+)", recipe, re.MULTILINE)[1:] == ["${BASE}", "${BASE}"]
    assert re.search(r"^ARG BASE=python:\S+@sha256:[0-9a-f]{64}$", recipe, re.MULTILINE)
    assert (steps["ENTRYPOINT"], steps["CMD"]) == ('["gad"]', '["run", "--config", "/etc/gad/config.toml"]')
    assert steps["VOLUME"] == steps["WORKDIR"] == "/var/lib/gad"
    assert not re.search(r"^(ARG|ENV) .*(TOKEN|SECRET|PASSWORD)", recipe, re.MULTILINE | re.IGNORECASE)


def test_every_step_of_the_image_finds_its_files() -> None:
    recipe = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    let_in = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    copied = [
        source
        for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", recipe, re.MULTILINE)
        for source in sources.split()
        if source != "."
    ]
    run = [word for words in re.findall(r"^RUN (.+)$", recipe, re.MULTILINE) for word in words.split()]
    wanted = {*copied, *(word for word in run if word.startswith("deploy/") or word.endswith(".txt"))}
    assert wanted == {"constraints.txt", "config.example.toml", "deploy/slim.sh"}
    assert [name for name in sorted(wanted) if name not in let_in or not (ROOT / name).is_file()] == []
    assert os.access(ROOT / "deploy" / "slim.sh", os.X_OK)
    # A later stage takes from an earlier one only what was made there.
    assert re.findall(r"^COPY --from=(\w+) (\S+)", recipe, re.MULTILINE) == [("build", "/opt/gad")]
    assert "venv --without-pip /opt/gad" in recipe


def test_the_image_is_built_from_the_package_alone() -> None:
    ignored, *let_in = (
        line
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line and not line.startswith(("#", "**"))
    )
    assert ignored == "*"
    files = {"deploy/slim.sh", "constraints.txt", "pyproject.toml", "README.md", "LICENSE", "config.example.toml"}
    assert {line.removeprefix("!") for line in let_in} == {*ROOMS, *files}
