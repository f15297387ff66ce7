"""A process's life as those see it who start and stop it: what it says, and with which code it ends."""

import asyncio
import socket
from datetime import timedelta
from pathlib import Path

import pytest
import typer
from typer.exceptions import TyperException

from bot.cli import main, run
from bot.cli.exit_codes import ExitCode
from bot.cli.options import CannotOpen, Failed
from bot.cli.reload import reload
from bot.config.error import ConfigError
from bot.config.schema import Config
from bot.runtime.running import desks_in
from metrics.door import GRACE, CannotListen
from storage.engine.errors import StorageError
from tests.bot.runtime.test_service_manager import Listener
from tests.support.desks.process import DeskProcess, until
from tests.support.servers.processes import free_port

ENDS: list[tuple[BaseException, ExitCode]] = [
    (ConfigError("server.port: expected a whole number"), ExitCode.CONFIG),
    (CannotOpen("storage.url: the database can't be reached"), ExitCode.UNAVAILABLE),
    (StorageError("piece.jsonl: this is not what was signed"), ExitCode.FAILED),
    (Failed("the record was bent"), ExitCode.FAILED),
    (CannotListen("server.port", "127.0.0.1", 8080, "it is in use by another program"), ExitCode.OS),
    (PermissionError(13, "Permission denied"), ExitCode.OS),
    (TyperException("No such command 'dance'."), ExitCode.USAGE),
    (typer.Abort(), ExitCode.INTERRUPTED),
    (RuntimeError("nobody thought of that"), ExitCode.SOFTWARE),
]


@pytest.mark.parametrize(("error", "code"), ENDS, ids=[type(error).__name__ for error, _ in ENDS])
def test_whoever_starts_it_again_can_tell_why_it_ended(
    error: BaseException, code: ExitCode, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*words: object, **more: object) -> None:
        raise error

    monkeypatch.setattr(main, "app", fails)
    with pytest.raises(SystemExit) as left:
        main.main()
    assert left.value.code == code
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_each_code_is_in_the_documentation() -> None:
    page = (Path(__file__).parents[3] / "docs" / "deployment.md").read_text("utf-8")
    assert [code for code in ExitCode if f"\n| {int(code)} |" not in page] == []


def desk_in(folder: Path, **more: str) -> DeskProcess:
    settings = {
        "GAD_TELEGRAM__TOKEN": "7000:life",
        "GAD_TELEGRAM__API_BASE_URL": f"http://127.0.0.1:{free_port()}",
        "GAD_STORAGE__URL": f"sqlite+aiosqlite:///{folder / 'gad.db'}",
        "GAD_SERVER__PORT": "0",
        "GAD_BACKUP__FOLDER": "",
    }
    return DeskProcess(folder, settings | more)


async def test_the_service_manager_hears_when_it_is_open_that_it_lives_and_when_it_closes(tmp_path: Path) -> None:
    listener = Listener()
    process = desk_in(tmp_path, NOTIFY_SOCKET=listener.name, WATCHDOG_USEC="20000")
    await process.begin()
    heard: list[str] = []
    async with asyncio.timeout(60):
        while "WATCHDOG=1" not in heard:
            await asyncio.sleep(0.01)
            heard += listener.heard()
    assert heard[0] == "READY=1"
    assert await process.close() == ExitCode.DONE
    assert "STOPPING=1" in listener.heard()
    listener.close()


async def test_gad_reload_finds_the_desk_which_reads_its_configuration_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    listener, file = Listener(), tmp_path / "config.toml"
    monkeypatch.setenv("GAD_AUDIT__KEY_FILE", str(tmp_path / "audit.key"))
    file.touch()
    with pytest.raises(Failed, match="SIGHUP"):
        reload(file)
    process = desk_in(tmp_path, NOTIFY_SOCKET=listener.name, GAD_AUDIT__KEY_FILE=str(tmp_path / "audit.key"))
    await process.begin()
    await until(lambda: "READY=1" in listener.heard(), "the desk is open")
    await asyncio.to_thread(reload, file)
    assert capsys.readouterr().out.startswith("told 1 desk: ")
    heard: list[str] = []

    def read_again() -> bool:
        heard.extend(listener.heard())
        return "READY=1" in heard

    await until(read_again, "it has read it again")
    assert heard[0].startswith("RELOADING=1")
    assert await process.close() == ExitCode.DONE
    assert desks_in(tmp_path) == [], "its sign goes with it"
    listener.close()


def test_a_desk_that_ends_at_that_moment_keeps_no_other_from_being_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[int] = []

    def kill(process: int, number: int) -> None:
        if process == 7:
            raise ProcessLookupError(3, "No such process")
        told.append(process)

    monkeypatch.setattr("bot.runtime.running.desks_in", lambda _: [7, 8])
    monkeypatch.setattr("os.kill", kill)
    file = tmp_path / "config.toml"
    file.touch()
    reload(file)
    assert told == [8]
    assert capsys.readouterr().out == "told 1 desk: 8\n"


async def test_a_port_that_is_taken_ends_it_with_a_code_of_its_own(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = desk_in(tmp_path, GAD_SERVER__PORT=str(taken.getsockname()[1]))
        await process.begin()
        assert await process.ends() == ExitCode.OS


class Slow:
    """A desk whose opening doesn't end by itself."""

    config = Config.model_validate({"shutdown_grace": "0s"})

    async def start(self) -> None:
        await asyncio.Event().wait()


async def test_an_opening_that_does_not_end_is_no_reason_to_ignore_a_stop() -> None:
    stop, slow = asyncio.Event(), Slow()
    opening = asyncio.create_task(run.opened(slow, stop))
    await asyncio.sleep(0)
    stop.set()
    assert not await opening


def test_a_stop_ends_before_a_container_is_killed() -> None:
    """Ten seconds after SIGTERM: the work in hand has its time, and then the requests have theirs."""
    assert Config().shutdown_grace + GRACE < timedelta(seconds=10)
