"""Mutation score of `core/rules`: how many of the faults that mutmut plants the tests of the rules notice.

    python scripts/mutants.py [--files seats offers] [--endings 3 8] [--minutes 40] [--least 85] [--write]

mutmut plants one fault at a time in a copy of the tree (`build/mutants/tree`), in an environment of its own, and runs
the tests that come through the changed function. ``--endings`` takes the mutants whose numbers end so: two of ten
digits are a fifth of them; ``--files`` those of some rules alone. Not noticed is what survived and what no test of the
rules comes to; ``mutmut results`` and ``mutmut show`` in that folder name them. After ``--minutes`` it ends with what
it has. ``--write`` puts the score into docs/BASELINE_PERFORMANCE.md. Exits with 1 under ``--least`` percent.
"""

import argparse
import os
import shlex
import shutil
import signal
import subprocess
import sys
import venv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, json

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "build" / "mutants"
PINS = Path(__file__).with_suffix(".txt")
BASELINE = ROOT / "docs" / "BASELINE_PERFORMANCE.md"
BEGIN, END = "<!-- mutants: written by scripts/mutants.py -->\n", "<!-- /mutants -->\n"
MUTATED = "core/rules"
TESTS = ("tests/core/rules", "tests/core/notifications", "tests/core/state")
COPIED = (
    "bot",
    "core",
    "docs",
    "emulator",
    "metrics",
    "scripts",
    "storage",
    "tests",
    "README.md",
    "config.example.toml",
)
# Exit codes of mutmut's workers: pytest's, and its own for a mutant that no test comes to.
SURVIVED, NO_TESTS = 0, 33
SETTINGS = f"""
[tool.mutmut]
source_paths = ["core"]
only_mutate = ["{MUTATED}/*.py"]
also_copy = {list(COPIED)!r}
pytest_add_cli_args = ["-q"]
pytest_add_cli_args_test_selection = {list(TESTS)!r}
"""


class Meta(Struct, frozen=True):
    """The results of one file as mutmut keeps them; None: not tried."""

    exit_code_by_key: dict[str, int | None]


class Score(NamedTuple):
    """How many mutants were tried, and which of them nobody noticed."""

    tried: int
    survived: list[str]
    untested: list[str]

    @property
    def percent(self) -> float:
        """Those that were noticed, of all that were tried."""
        missed = len(self.survived) + len(self.untested)
        return 100 * (self.tried - missed) / self.tried if self.tried else 0.0


def environment() -> Path:
    """The command of mutmut, in an environment that sees what `.venv` has."""
    home = PLACE / "env"
    command = home / "bin" / "mutmut"
    if not command.exists():
        venv.create(home, with_pip=True)
        packages = next((home / "lib").glob("python*")) / "site-packages"
        (packages / "desk.pth").write_text(
            f"{next((ROOT / '.venv' / 'lib').glob('python*')) / 'site-packages'}\n", "utf-8"
        )
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
        subprocess.run([*pip, "-r", str(PINS)], check=True)
    return command


def copied() -> Path:
    """A fresh copy of the tree, with mutmut's settings; this one is left alone."""
    tree = PLACE / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(source, tree / name)
    (tree / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8") + SETTINGS, "utf-8")
    return tree


def plant(tree: Path, files: list[str], endings: list[str], minutes: float) -> None:
    """Let mutmut work for so long; what it has found by then is on disk."""
    room = MUTATED.replace("/", ".")
    names = [f"{room}{file}*__mutmut_*{ending}" for file in files for ending in endings]
    child = subprocess.Popen([str(environment()), "run", *names], cwd=tree, start_new_session=True)
    try:
        child.wait(minutes * 60)
    except subprocess.TimeoutExpired:
        print(f"\nstopped after {minutes:g} minutes", file=sys.stderr)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def score(tree: Path) -> Score:
    """The results that lie in the tree."""
    codes = dict(_codes(tree))
    by_code: dict[int, list[str]] = {code: [] for code in (SURVIVED, NO_TESTS)}
    for name, code in codes.items():
        by_code.setdefault(code, []).append(name)
    return Score(len(codes), by_code[SURVIVED], by_code[NO_TESTS])


def _codes(tree: Path) -> Iterator[tuple[str, int]]:
    for file in sorted((tree / "mutants" / MUTATED).glob("*.meta")):
        for name, code in json.decode(file.read_bytes(), type=Meta).exit_code_by_key.items():
            if code is not None:
                yield name, code


def told(found: Score) -> str:
    """The score, and where most of what nobody noticed is."""
    files = Counter(name.split(".x")[0].removesuffix(".") for name in (*found.survived, *found.untested))
    worst = ", ".join(f"{file.rpartition('.')[2]} {count}" for file, count in files.most_common(10))
    return (
        f"{MUTATED}: {found.percent:.1f} % of {found.tried:,} mutants noticed by the tests of the rules; "
        f"{len(found.survived)} survived, {len(found.untested)} met no test" + (f"\nmost in: {worst}" if worst else "")
    )


def put(page: str, found: Score, command: str) -> str:
    """The page with the score in its place, or at its end; other parts stay."""
    words = told(found).replace("\n", "; ")
    section = f"{BEGIN}## Mutants of the rules\n\n`{command}`, mutmut on two cores:\n{words}.\n{END}"
    if BEGIN not in page:
        return f"{page.rstrip()}\n\n{section}"
    return page[: page.index(BEGIN)] + section + page[page.index(END) + len(END) :]


def main() -> int:
    """Print the score; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", nargs="+", default=[], metavar="NAME", help="rules of these files alone")
    parser.add_argument("--endings", nargs="+", default=[""], choices=list("0123456789"), help="a part of the mutants")
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--least", type=float, default=85, help="percent")
    parser.add_argument("--write", action="store_true", help="the score into docs/BASELINE_PERFORMANCE.md")
    options = parser.parse_args()
    environment()
    tree = copied()
    plant(tree, [f".{name}." for name in options.files] or [""], options.endings, options.minutes)
    found = score(tree)
    print(f"\n{told(found)}")
    if options.write:
        command = shlex.join(["python", "scripts/mutants.py", *(arg for arg in sys.argv[1:] if arg != "--write")])
        BASELINE.write_text(put(BASELINE.read_text("utf-8"), found, command), "utf-8")
    return int(found.percent < options.least)


if __name__ == "__main__":
    sys.exit(main())
