"""The files that a desk keeps are closed to the other users of its machine."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli.main import main
from storage.engine.private_files import tighten
from storage.engine.sqlite import connect
from storage.engine.store import sqlite_path
from tests.story.desk import StoryDesk
from tests.support.databases import fresh, url_of

SECRET = "nadie lee esto " * 500


@pytest.fixture(autouse=True)
def open_to_all() -> Iterator[None]:
    """An umask that hides nothing."""
    before = os.umask(0)
    yield
    os.umask(before)


def readable(folder: Path) -> list[str]:
    """The files and folders in this one that others may enter or read."""
    modes = {path: stat.S_IMODE(path.lstat().st_mode) for path in (folder, *folder.rglob("*"))}
    return sorted(f"{path.relative_to(folder)} {mode:o}" for path, mode in modes.items() if mode & 0o077)


def keeping(folder: Path) -> StoryDesk:
    var = folder / "var"
    return StoryDesk(var, audit={"key_file": str(var / "audit.key")}, backup={"folder": str(var / "backups")})


async def test_whatever_the_umask_nobody_else_reads_what_a_desk_keeps(tmp_path: Path) -> None:
    desk = keeping(tmp_path)
    await desk.open()
    ana = await desk.agent("Ana Mora")
    await ana.says("/nueva Patrullaje")
    await desk.app.backups.back_up()
    ana.reads_all()

    kept = {path.name for path in (tmp_path / "var").rglob("*")}
    assert {"gad.db", "gad.db-wal", "gad.db-shm", "gad.db-desk", "backups"} <= kept
    assert readable(tmp_path / "var") == []
    await desk.end()


@pytest.fixture
def gad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Types a command that goes well, for a database that others can read."""
    fresh(tmp_path)
    keys = f'audit = {{key_file = "{tmp_path}/made/keys/audit.key"}}'
    (tmp_path / "gad.toml").write_text(f'storage = {{url = "{url_of(tmp_path / "gad.db")}"}}\n{keys}\n')

    def typed(*words: str) -> None:
        monkeypatch.setattr("sys.argv", ["gad", *words, "--config", str(tmp_path / "gad.toml")])
        with pytest.raises(SystemExit) as left:
            main()
        assert not left.value.code

    return typed


def test_nobody_else_reads_what_the_commands_write(gad: Callable[..., None], tmp_path: Path) -> None:
    gad("backup", str(tmp_path / "made" / "copy.zip"))
    gad("audit", "export", str(tmp_path / "made" / "piece.jsonl"))
    gad("restore", str(tmp_path / "made" / "copy.zip"))

    assert readable(tmp_path / "made") == []
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("gad.db*")} == {0o600}


async def test_what_an_older_release_left_open_is_closed_at_the_start(tmp_path: Path) -> None:
    var = tmp_path / "var"
    desk = keeping(tmp_path)
    await desk.open()
    await desk.close()
    (var / "exports").mkdir()
    (var / "exports" / "task.jsonl").touch()
    (var / "gad.db.before-20261101-120000").touch()
    for path in (var, *var.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (elsewhere := tmp_path / "elsewhere").touch()
    (var / "link").symlink_to(elsewhere)

    await desk.open()

    (var / "link").unlink()
    assert readable(var) == []
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o666, "what a link leads to is somebody else's"
    await desk.end()


def test_a_folder_that_is_not_the_desks_alone_keeps_its_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tmp_path.chmod(0o755)
    (sticky := tmp_path / "shared").mkdir()
    sticky.chmod(0o1777)
    database, key, copy, others = (
        Path("gad.db"),
        sticky / "audit.key",
        sticky / "gad-20261101-120000.zip",
        Path("notes"),
    )
    ours = [database, Path("gad.db-wal"), Path("gad.db.before-20261101-120000"), key, copy]
    for file in [*ours, others]:
        file.touch()

    assert tighten(database, key, sticky) == []

    assert {stat.S_IMODE(file.stat().st_mode) for file in ours} == {0o600}
    assert [stat.S_IMODE(path.stat().st_mode) for path in (others, tmp_path, sticky)] == [0o666, 0o755, 0o1777]


def test_deleted_words_are_not_left_in_the_file(tmp_path: Path) -> None:
    file = sqlite_path(fresh(tmp_path))
    with closing(connect(str(file))) as connection:
        connection.execute("INSERT INTO task_word (word, task) VALUES (?, 1)", (SECRET,))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert SECRET[:15].encode() in file.read_bytes()
        connection.execute("DELETE FROM task_word")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert SECRET[:15].encode() not in file.read_bytes()
        assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
