"""A newer release that changes the schema of a desk on one machine, and the way back to the one before."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.backup import back_up, restore
from storage.migrate import schema_at, schema_suits, upgrade
from storage.move import move
from storage.revisions import CURRENT, OLDEST, Schema
from storage.store import StorageError, sqlite_path
from tests.databases import fresh, url_of
from tests.newer import AFTER, NEXT, adding, taking_away

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
WORDS = "INSERT INTO task_word (word, task) VALUES (?, ?)"

# Brings the database up to date; with a number, dies before that statement.
UPGRADES = """
import asyncio, os, signal, sys
from sqlalchemy import Engine, event
from storage.migrate import upgrade

left = int(sys.argv[2])

@event.listens_for(Engine, "before_cursor_execute")
def count(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(upgrade(sys.argv[1]))
"""


def upgraded(release: Path, url: str, *, dies_at: int = 0) -> subprocess.CompletedProcess[str]:
    """What that release does to the database when it starts."""
    command = [sys.executable, "-c", UPGRADES, url, str(dies_at)]
    return subprocess.run(command, cwd=release, check=False, capture_output=True, text=True)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database in which something is."""
    url = fresh(tmp_path)
    with closing(sqlite3.connect(sqlite_path(url), isolation_level=None)) as connection:
        connection.executemany(WORDS, [("robo", number) for number in range(50)])
    return url


def words(url: str) -> int:
    with closing(sqlite3.connect(sqlite_path(url))) as connection:
        return int(connection.execute("SELECT count(*) FROM task_word").fetchone()[0])


async def test_a_release_that_only_added_can_be_left_again(url: str, tmp_path: Path) -> None:
    assert upgraded(adding(tmp_path / "next"), url).returncode == 0
    assert await schema_at(url) == Schema(revision=NEXT, oldest=OLDEST)

    await upgrade(url)

    assert await schema_suits(url)
    assert await schema_at(url) == Schema(revision=NEXT, oldest=OLDEST), "it is left as it is"
    assert words(url) == 50
    with pytest.raises(StorageError, match="no database with the schema of this version"):
        await move(url, url_of(tmp_path / "elsewhere.db"))  # what was added would be left behind


async def test_a_release_that_took_something_away_can_not_be_left(url: str, tmp_path: Path) -> None:
    assert upgraded(taking_away(tmp_path / "after"), url).returncode == 0

    with pytest.raises(
        StorageError, match=rf"^storage\.url: \S+ is from a newer version of the desk \(schema {AFTER}\)$"
    ):
        await upgrade(url)

    assert not await schema_suits(url)
    assert words(url) == 50


async def test_backups_follow_the_same_rule(url: str, tmp_path: Path) -> None:
    upgraded(adding(tmp_path / "next"), url)
    back_up(url, tmp_path / "added.zip", NOON)
    restore(tmp_path / "added.zip", url_of(tmp_path / "added.db"), NOON)
    assert await schema_suits(url_of(tmp_path / "added.db"))

    upgraded(taking_away(tmp_path / "after"), url)
    with pytest.raises(StorageError, match=rf"is from a newer version of the desk \(schema {AFTER}\)"):
        back_up(url, tmp_path / "taken.zip", NOON)
    assert not (tmp_path / "taken.zip").exists()


@pytest.mark.parametrize("statement", [6, 8, 10, 12])
async def test_p1_killed_in_the_middle_of_a_change_it_is_the_old_one_or_the_new_one(
    url: str, tmp_path: Path, statement: int
) -> None:
    newer = adding(tmp_path / "next")
    assert upgraded(newer, url, dies_at=statement).returncode == -9
    assert await schema_at(url) == CURRENT
    await upgrade(url)
    assert words(url) == 50

    assert upgraded(newer, url).returncode == 0

    assert await schema_at(url) == Schema(revision=NEXT, oldest=OLDEST)
    assert words(url) == 50
