"""Backups on a bad day: a full disk, and a process that is killed in the middle."""

import asyncio
import resource
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.engine.store import sqlite_path
from storage.ops.backup import back_up
from storage.ops.backup_archive import check
from storage.ops.migrate import schema_suits
from storage.ops.restore import restore
from tests.storage.ops.test_backup import contents
from tests.support.backups import KEY, TRUSTED
from tests.support.databases import fresh

ROOT = Path(__file__).parents[3]
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
ROWS = 2_000

# Does it, and dies before the call with the given number of those that change a folder or wait for the disk.
DIES = """
import os, signal, sqlite3, sys
from datetime import UTC, datetime
from pathlib import Path
from storage.engine.revisions import CURRENT
from storage.ops.backup import back_up
from storage.ops.known_schema import strangers
from storage.ops.restore import restore
from tests.support.backups import KEY, TRUSTED

left = int(sys.argv[4])

def count(event, _):
    global left
    if event in ("open", "os.rename", "os.link", "os.remove", "sqlite3.connect", "os.chmod"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

now = datetime(2026, 11, 1, 12, tzinfo=UTC)
strangers(sqlite3.connect(":memory:"), CURRENT)  # it learns the schema, once in a process
sys.addaudithook(count)
if sys.argv[1] == "restore":
    restore(Path(sys.argv[2]), sys.argv[3], now, TRUSTED)
else:
    back_up(sys.argv[3], Path(sys.argv[2]), now, KEY)
"""


def dies(act: str, file: Path, url: str, at: int) -> bool:
    """Whether it was killed before it was done."""
    command = [sys.executable, "-c", DIES, act, str(file), url, str(at)]
    ended = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert ended.returncode in (0, -signal.SIGKILL), ended.stderr
    return ended.returncode != 0


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A desk with something in it."""
    url = fresh(tmp_path)
    with closing(sqlite3.connect(sqlite_path(url))) as connection:
        words = ((f"palabra {number * 7919 % ROWS} {number}", number) for number in range(ROWS))
        connection.executemany("INSERT INTO task_word VALUES (?, ?)", words)
        connection.commit()
    return url


def test_killed_anywhere_a_restore_leaves_the_old_desk_or_the_new_one(url: str, tmp_path: Path) -> None:
    backup = tmp_path / "backup.zip"
    back_up(url, backup, NOON, KEY)
    new = contents(sqlite_path(url))
    with closing(sqlite3.connect(sqlite_path(url), isolation_level=None)) as connection:
        connection.execute("DELETE FROM task_word WHERE task % 2 = 0")
    old = contents(sqlite_path(url))

    was, aside = sqlite_path(url).read_bytes(), tmp_path / "gad.db.before-20261101-120000"
    became: list[bool] = []
    while dies("restore", backup, url, len(became) + 1):
        now = contents(sqlite_path(url))
        assert now in (old, new), f"killed before call {len(became) + 1}"
        assert asyncio.run(schema_suits(url))
        assert now == old or contents(aside) == old
        became.append(now == new)
        aside.unlink(missing_ok=True)
        sqlite_path(url).write_bytes(was)

    assert len(became) > 6, "it was killed at many places"
    assert became == sorted(became), "first the old one, then the new one"
    assert contents(sqlite_path(url)) == new
    assert {file.name for file in tmp_path.iterdir()} == {"gad.db", "backup.zip", aside.name}, "of the others nothing"


def test_killed_anywhere_a_backup_is_whole_or_not_there(url: str, tmp_path: Path) -> None:
    file, at, there = tmp_path / "copies" / "backup.zip", 1, []
    while dies("back_up", file, url, at):
        there.append(file.exists())
        if file.exists():
            check(file, TRUSTED)
            file.unlink()
        at += 2

    assert at > 6
    assert not all(there)
    check(file, TRUSTED)
    assert [one.name for one in file.parent.iterdir()] == ["backup.zip"], "what the killed ones left is gone"


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_disk_that_is_full_leaves_no_half_backup(url: str, tmp_path: Path, share: float) -> None:
    whole = sqlite_path(url).stat().st_size
    file = tmp_path / "copies" / "backup.zip"
    (tmp_path / "config.toml").write_text(f'[storage]\nurl = "{url}"\n', "utf-8")

    def full() -> None:
        """Nothing may grow beyond this."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(whole * share), int(whole * share)))

    command = [sys.executable, "-m", "bot", "backup", str(file), "--config", str(tmp_path / "config.toml")]
    ended = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, preexec_fn=full)

    assert ended.returncode == 1
    assert ended.stderr.startswith(f"gad: {file} can't be made (")
    assert len(ended.stderr.splitlines()) == 1
    assert list(file.parent.iterdir()) == []


def test_a_disk_that_is_full_leaves_the_old_desk(url: str, tmp_path: Path) -> None:
    backup = tmp_path / "backup.zip"
    back_up(url, backup, NOON, KEY)
    before = contents(sqlite_path(url))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(Exception, match="can't be") as refused:
            restore(backup, url, NOON, TRUSTED)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert type(refused.value).__name__ == "StorageError"
    assert contents(sqlite_path(url)) == before
    assert {file.name for file in tmp_path.iterdir()} == {"gad.db", "backup.zip"}
