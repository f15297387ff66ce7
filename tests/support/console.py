"""The command line, typed in a folder that has a configuration."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.main import main

Told = tuple[int, str, str]
Gad = Callable[..., Told]

CONFIG = """
[storage]
url = "sqlite+aiosqlite:///gad.db"
[audit]
key_file = "key.pem"
"""


def in_folder(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], more: str = "") -> Gad:
    """Types a command there: its exit code, output and errors."""
    monkeypatch.chdir(folder)
    (folder / "gad.toml").write_text(CONFIG + more, "utf-8")

    def typed(*words: str) -> Told:
        needs_config = words[:2] != ("audit", "check")
        monkeypatch.setattr(sys, "argv", ["gad", *words, *(["--config", "gad.toml"] if needs_config else [])])
        with pytest.raises(SystemExit) as left:
            main()
        return int(left.value.code or 0), *capsys.readouterr()

    return typed
