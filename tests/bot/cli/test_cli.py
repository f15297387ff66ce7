"""The command line: what fails says so in one line, with an exit code that is not 0."""

import socket
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.cli import demo
from bot.cli.main import main

Told = tuple[int, str, str]
Gad = Callable[..., Told]


@pytest.fixture
def gad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Gad:
    """Types a command in an empty folder: its exit code, output and errors."""
    monkeypatch.chdir(tmp_path)

    def typed(*words: str) -> Told:
        monkeypatch.setattr(sys, "argv", ["gad", *words])
        with pytest.raises(SystemExit) as left:
            main()
        return int(left.value.code or 0), *capsys.readouterr()

    return typed


def test_gad_alone_lists_its_commands(gad: Gad) -> None:
    code, output, errors = gad()
    assert (code, errors) == (0, "")
    assert {"run", "demo", "check"} <= set(output.split())


@pytest.mark.parametrize("words", [(), ("audit", "--help"), ("deadletters", "--help")])
def test_each_command_is_told_in_one_line_of_a_terminal(
    gad: Gad, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, output, _ = gad(*words)
    assert "Commands:" in output
    commands = output.partition("Commands:")[2]
    assert [line for line in commands.splitlines() if line.endswith("...")] == []


def test_gad_says_its_version_before_anything_else(gad: Gad) -> None:
    assert gad("--version") == (0, f"gad {version('grupo-gad')}\n", "")
    assert gad("--version", "run", "--colour") == (0, f"gad {version('grupo-gad')}\n", "")


def test_python_m_bot_is_gad() -> None:
    root = Path(__file__).parents[3]
    notified = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], cwd=root, capture_output=True, text=True, check=True
    )
    assert notified.stdout.startswith("Usage: gad ")


@pytest.mark.parametrize(
    ("words", "line", "code"),
    [
        (["run"], "gad: config.toml: no such file; config.example.toml is one to start from", 78),
        (["run", "--config", "gad.toml"], "gad: telegram.token: is missing; `gad check` says what else is", 78),
        (["run", "--config", "bad.toml"], "gad: server.port: expected a whole number, got 'x' (in bad.toml)", 78),
        (["dance"], "gad: No such command 'dance'.", 64),
        (["run", "--colour"], "gad: No such option: --colour", 64),
        (["demo", "--port", "x"], "gad: Invalid value for '--port'", 64),
    ],
)
def test_what_fails_says_so_in_one_line(gad: Gad, words: list[str], line: str, code: int) -> None:
    Path("gad.toml").touch()
    Path("bad.toml").write_text('[server]\nport = "x"', "utf-8")

    left, output, errors = gad(*words)

    assert (left, output) == (code, "")
    assert errors.startswith(line)
    assert len(errors.splitlines()) == 1


def test_check_names_each_thing_that_is_missing(gad: Gad) -> None:
    Path("config.toml").write_text("[server]\nport = 0\n[storage]\nurl = 'sqlite+aiosqlite:////proc/gad.db'\n", "utf-8")

    code, output, errors = gad("check")

    assert (code, output) == (1, "")
    assert [line.split(":")[0] for line in errors.splitlines()] == ["telegram.token", "storage.url"]


def test_check_names_every_mistake_of_the_file_and_run_the_first_and_how_many_more(gad: Gad) -> None:
    wrong = "colour = 1\nlanguage = 'tlh'\n[server]\nport = 65536\n[dispatch]\noffer_to = 'x'\n[telegram]\ntokn = 'a'\n"
    Path("config.toml").write_text(wrong, "utf-8")

    code, output, errors = gad("check")
    keys = sorted(line.split(":")[0] for line in errors.splitlines())
    assert (code, output) == (1, "")
    assert keys == ["colour", "dispatch.offer_to", "language", "server.port", "telegram.tokn"]

    code, output, errors = gad("run")
    assert (code, output) == (78, "")
    assert errors.endswith("(and 4 more: gad check)\n")
    assert len(errors.splitlines()) == 1


def test_a_page_that_was_asked_for_at_a_taken_port_says_so(gad: Gad) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert gad("demo", "--port", str(port)) == (1, "", f"gad: --port: {port} is taken by another program\n")


async def test_the_demonstration_opens_whatever_ports_are_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = demo.free_port(taken.getsockname()[1])
    assert port == 0
    async with demo.opened(port=port, side_port=port) as open_demo:
        assert open_demo.desk.server.port != 0
