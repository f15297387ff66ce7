"""A move to another database that is killed anywhere, and a desk that would write meanwhile."""

import asyncio
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine.store import StorageError, sqlite_path
from storage.ops.migrate import upgrade
from storage.ops.move import move
from tests.storage.ops.test_backup import contents
from tests.support.databases import fresh, url_of
from tests.support.servers.direct import DirectPostgresql
from tests.support.servers.postgresql import PostgresqlServer

ROOT = Path(__file__).parents[3]
ROWS = 10_000
DEATHS = 5
# Fewer than any try has to say, however much of it is there already.
LINES = 16
ADDED = "INSERT INTO event (at, via, reason, body, chain, link, hash) VALUES (0, '', '', '', 1, 0, '') RETURNING id"

# A line for each page that is moved.
MOVES = """
import asyncio, sys
from storage.ops.move import move
asyncio.run(move(sys.argv[1], sys.argv[2], lambda table, done, rows: print(table, done, flush=True)))
"""


def put_much(file: Path) -> None:
    """Rows in several tables, those with numbers of their own among them, with gaps."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO event (id, at, via, reason, body, chain, link, hash) VALUES (?, 1, 'chat', '', ?, 0, ?, '')",
            ((number * 3, f"niño {number} 🚨", number) for number in range(ROWS)),
        )
        connection.executemany("INSERT INTO answer VALUES (?, ?, '')", ((f"update:{n}", n) for n in range(ROWS)))
        connection.executemany("INSERT INTO task_word VALUES ('robo', ?)", ((n,) for n in range(ROWS)))
        connection.execute("COMMIT")


@pytest.fixture
def source(tmp_path: Path) -> str:
    """A desk with much in it, that nobody runs."""
    folder = tmp_path / "source"
    folder.mkdir()
    url = fresh(folder)
    put_much(sqlite_path(url))
    return url


def killed(source: str, target: str, after: int, pause: float) -> bool:
    """A move in a process of its own, killed when it has said so many lines and a moment has passed; whether it was."""
    command = [sys.executable, "-c", MOVES, source, target]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as moving:
        assert moving.stdout is not None
        for _ in range(after):
            moving.stdout.readline()
        time.sleep(pause)
        moving.kill()
        moving.communicate()
    return moving.returncode == -signal.SIGKILL


@pytest.fixture
def elsewhere(postgresql: PostgresqlServer) -> Iterator[str]:
    """A PostgreSQL database with much in it."""
    url = postgresql.fresh()
    direct = DirectPostgresql(url)
    direct.connection.execute(f"INSERT INTO answer SELECT 'update:' || n, n, '' FROM generate_series(1, {ROWS}) n")  # noqa: S608
    direct.close()
    yield url
    postgresql.drop(url)


async def test_killed_at_random_it_is_finished_by_the_next_try(source: str, empty: str, tmp_path: Path) -> None:
    before, chance = contents(sqlite_path(source)), random.Random(5)
    deaths = [killed(source, empty, chance.randrange(LINES), chance.random() / 50) for _ in range(DEATHS)]
    assert all(deaths)
    with pytest.raises(StorageError, match="is from a newer version of the desk"):
        await upgrade(empty)

    moved = {one.table: one for one in await move(source, empty)}

    assert moved["event"].rows == moved["answer"].rows == ROWS
    assert contents(sqlite_path(source)) == before
    back = url_of(tmp_path / "back.db")
    await move(empty, back)
    assert contents(sqlite_path(back)) == before


async def test_numbers_go_on_after_those_that_were_moved(source: str, empty: str, tmp_path: Path) -> None:
    await move(source, empty)
    last = (ROWS - 1) * 3
    if empty.startswith("sqlite"):
        with closing(sqlite3.connect(sqlite_path(empty), isolation_level=None)) as connection:
            assert connection.execute(ADDED).fetchone() == (last + 1,)
        return
    direct = DirectPostgresql(empty)
    fresh_numbers = [direct.connection.execute(ADDED).fetchone() for _ in range(2)]
    assert [row["id"] for row in fresh_numbers if row] == [last + 1, last + 2]
    added = "INSERT INTO person (telegram_id, name, role, membership, availability, seen_at, reachable)"
    first = direct.connection.execute(
        f"{added} VALUES (7, 'Ana', 1, 'active', 'available', 0, 1) RETURNING id"
    ).fetchone()
    assert first is not None
    assert first["id"] == 1, "of a table in which nothing was"
    direct.close()


async def test_nobody_writes_to_the_old_database_while_it_is_moved(source: str, empty: str) -> None:
    """A desk that opens in the middle, or a program that adds something by hand: it would be left behind."""
    refused: list[str] = []

    def write(table: str, done: int, rows: int) -> None:
        if table == "answer" and done and not refused:
            with closing(sqlite3.connect(sqlite_path(source), timeout=0, isolation_level=None)) as connection:
                try:
                    connection.execute("INSERT INTO answer VALUES ('late', 0, '')")
                except sqlite3.OperationalError as error:
                    refused.append(error.sqlite_errorname)

    await move(source, empty, write)

    assert refused == ["SQLITE_BUSY"]


async def test_no_desk_opens_a_server_that_is_moved_away(elsewhere: str, tmp_path: Path) -> None:
    meanwhile: list[asyncio.Task[None]] = []

    def open_a_desk(table: str, done: int, rows: int) -> None:
        if not meanwhile:
            meanwhile.append(asyncio.create_task(upgrade(elsewhere)))

    moving = asyncio.create_task(move(elsewhere, url_of(tmp_path / "home.db"), open_a_desk))
    await asyncio.wait([moving])
    with pytest.raises(StorageError, match=r"^storage\.url: \S+ is being moved to another database$"):
        await meanwhile[0]
    await moving
    with pytest.raises(StorageError, match=r"has moved to sqlite\+aiosqlite:///.+/home\.db"):
        await upgrade(elsewhere)
