"""``kill -9`` while the desk makes its schema at the start, and while ``gad migrate --to`` copies it elsewhere."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from emulator import Telegram, serve
from storage.engine.store import sqlite_path
from storage.ops.migrate import schema_suits
from tests.storage.ops.test_backup import contents
from tests.storage.ops.test_move import lived
from tests.support.databases import url_of
from tests.support.desks.process import ROOT, DeskProcess, environment, is_ready
from tests.support.servers.processes import free_port

__all__ = ["lived"]

VICTIM = ("-m", "tests.chaos.victim")
KILLED = -9


async def test_p1_killed_while_it_makes_its_schema_the_next_start_opens(empty: str, tmp_path: Path) -> None:
    telegram = Telegram()
    telegram.add_bot("7004:schema", "gad_bot")
    server, port = await serve(telegram), free_port()
    settings = {
        "GAD_TELEGRAM__TOKEN": "7004:schema",
        "GAD_TELEGRAM__API_BASE_URL": server.url,
        "GAD_STORAGE__URL": empty,
        "GAD_SERVER__PORT": str(port),
    }
    for statement in ("9", "40"):
        dies = DeskProcess(tmp_path, settings, entry=(*VICTIM, "schema", "statement", "after", statement))
        await dies.begin()
        assert await dies.ends() == KILLED
        assert not await schema_suits(empty)
    desk = DeskProcess(tmp_path, settings)
    await desk.begin()
    await is_ready(port)
    assert await desk.close() == 0
    await server.stop()


async def moves_and_dies(source: str, target: str, folder: Path) -> None:
    """`gad migrate --to`, killed in the middle of each of its parts, and at last let be."""
    (folder / "config.toml").touch()
    where = ("migrate", "--to", target, "--config", str(folder / "config.toml"))
    fates = (("step", "after", "3"), ("copy", "before", "1"), ("copy", "after", "2"), ("copy", "before", "6"), None)
    for fate in fates:
        entry = (*VICTIM, "moving", *fate) if fate is not None else ("-m", "bot")
        command = [sys.executable, *entry, *where]
        ended = await asyncio.to_thread(
            subprocess.run, command, cwd=ROOT, env=environment({"GAD_STORAGE__URL": source}), check=False
        )
        assert ended.returncode == (0 if fate is None else KILLED)
        if "copy" in entry:
            assert not await schema_suits(target), "no desk opens what is half there"


async def test_p1_killed_while_it_moves_it_is_finished_by_the_next_try(lived: str, tmp_path: Path) -> None:
    target = url_of(tmp_path / "elsewhere.db")
    await moves_and_dies(lived, target, tmp_path)
    assert contents(sqlite_path(target)) == contents(sqlite_path(lived))


@pytest.mark.outgrown
async def test_p1_killed_while_it_moves_to_a_server_and_back_it_is_the_same_desk(
    lived: str, empty: str, tmp_path: Path
) -> None:
    home = url_of(tmp_path / "home.db")
    await moves_and_dies(lived, empty, tmp_path)
    await moves_and_dies(empty, home, tmp_path)
    assert contents(sqlite_path(home)) == contents(sqlite_path(lived))
