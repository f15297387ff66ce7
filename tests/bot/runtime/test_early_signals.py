"""A SIGTERM that comes before anything is loaded ends the process, the first one of a container too."""

import subprocess
import sys

import pytest

from tests.project.imports import ROOT

DEAF = "import os; os.kill = lambda pid, number: None"  # as for the first process, which no default action ends
TERMINATED = """
import signal
from bot.runtime import early_signals
early_signals.take()
signal.raise_signal(signal.SIGTERM)
print("goes on")
"""
LOADED = """
import sys
from bot.cli import start
print(*sorted({"typer", "asyncio", "pydantic", "telegram"} & set(sys.modules)))
"""


def ended(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("before", "code"), [("", -15), (DEAF, 143)], ids=["any process", "the first of a container"])
def test_it_counts(before: str, code: int) -> None:
    run = ended(before + TERMINATED)
    assert (run.returncode, run.stdout, run.stderr) == (code, "", "")


def test_little_is_loaded_before_it_does() -> None:
    """The rest takes a few tenths of a second, in which a signal would be lost."""
    run = ended(LOADED)
    assert (run.returncode, run.stdout.strip()) == (0, "")
