"""A newer release that changes the schema, and the way back to the one before."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from storage.engine.revisions import CURRENT, OLDEST, Schema
from storage.engine.store import StorageError, sqlite_path
from storage.ops.backup import back_up
from storage.ops.migrate import schema_at, schema_suits, upgrade
from storage.ops.move import move
from storage.ops.restore import restore
from tests.storage.dying import UPGRADE
from tests.support.backups import KEY, TRUSTED
from tests.support.databases import fresh, url_of
from tests.support.newer import AFTER, NEXT, adding, taking_away
from tests.support.servers.postgresql import PostgresqlServer

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
WORDS = "INSERT INTO task_word (word, task) VALUES (?, ?)"


def upgraded(release: Path, url: str, *, dies_at: int = 0) -> subprocess.CompletedProcess[str]:
    """Upgrade the database as that release does when it starts."""
    command = [sys.executable, "-c", UPGRADE, url, str(dies_at)]
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
    back_up(url, tmp_path / "added.zip", NOON, KEY)
    restore(tmp_path / "added.zip", url_of(tmp_path / "added.db"), NOON, TRUSTED)
    assert await schema_suits(url_of(tmp_path / "added.db"))

    upgraded(taking_away(tmp_path / "after"), url)
    with pytest.raises(StorageError, match=rf"^storage.url: \S+ is from a newer version of the desk \(schema {AFTER}"):
        back_up(url, tmp_path / "taken.zip", NOON, KEY)
    assert not (tmp_path / "taken.zip").exists()


async def test_a_backup_of_the_release_before_is_restored_and_brought_up_to_date(url: str, tmp_path: Path) -> None:
    newer, there = adding(tmp_path / "next"), url_of(tmp_path / "there.db")
    back_up(url, tmp_path / "before.zip", NOON, KEY)
    (tmp_path / "config.toml").write_text(f'[storage]\nurl = "{there}"\n', "utf-8")
    proof = ("--key", str(TRUSTED.key), "--config", str(tmp_path / "config.toml"))
    words_typed = ("restore", str(tmp_path / "before.zip"), *proof)

    assert subprocess.run([sys.executable, "-m", "bot", *words_typed], cwd=newer, check=False).returncode == 0
    assert upgraded(newer, there).returncode == 0

    assert await schema_at(there) == Schema(revision=NEXT, oldest=OLDEST)
    assert words(there) == 50


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


async def test_of_several_that_start_together_one_changes_the_schema(
    postgresql: PostgresqlServer, tmp_path: Path
) -> None:
    url, newer = postgresql.fresh(), adding(tmp_path / "next")
    starting = [asyncio.to_thread(upgraded, newer, url) for _ in range(3)]
    assert [ended.returncode for ended in await asyncio.gather(*starting)] == [0, 0, 0]
    assert await schema_at(url) == Schema(revision=NEXT, oldest=OLDEST)
    postgresql.drop(url)


async def test_a_change_does_not_keep_others_waiting_behind_whoever_reads_for_long(
    postgresql: PostgresqlServer, tmp_path: Path
) -> None:
    """A dump of the database holds all tables: the change gives way, and comes when it is over."""
    url, newer = postgresql.fresh(), adding(tmp_path / "next")
    dumping, writing = [await asyncpg.connect(url.replace("+asyncpg", "")) for _ in range(2)]
    async with dumping.transaction():
        await dumping.fetch("SELECT * FROM task")
        starting = asyncio.ensure_future(asyncio.to_thread(upgraded, newer, url))
        waits = "SELECT 1 FROM pg_locks WHERE relation = 'task'::regclass AND NOT granted"
        while not await dumping.fetchval(waits):  # noqa: ASYNC110 - another process sets no event here
            await asyncio.sleep(0.02)
        await asyncio.wait_for(writing.fetch("SELECT * FROM task FOR UPDATE"), 10)
        assert not starting.done()
    assert (await starting).returncode == 0
    assert await schema_at(url) == Schema(revision=NEXT, oldest=OLDEST)
    for connection in (dumping, writing):
        await connection.close()
    postgresql.drop(url)
