"""Backups: what is taken from a running desk can be put back, and nothing that is not whole ever is."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from storage.audit import audit, chain
from storage.engine.revisions import NEWEST, Schema
from storage.engine.store import StorageError, Store, sqlite_path
from storage.ops.backup import back_up
from storage.ops.backup_archive import check
from storage.ops.migrate import alone, apply, call, schema_suits, upgrade
from storage.ops.restore import restore
from tests.story.desk import StoryDesk
from tests.support.backups import KEY, TRUSTED
from tests.support.databases import fresh, url_of

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
PARK = (-2.1885, -79.8880)


def contents(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with closing(sqlite3.connect(file)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr)  # noqa: S608
            for name in names
        }


@pytest.fixture
def url(tmp_path: Path) -> str:
    return fresh(tmp_path)


@pytest.fixture
def backup(url: str, tmp_path: Path) -> Path:
    """A backup of an empty desk."""
    file = tmp_path / "backup.zip"
    back_up(url, file, NOON, KEY)
    return file


async def test_the_last_backup_of_a_running_desk_is_the_desk(tmp_path: Path) -> None:
    story = StoryDesk(tmp_path / "here")
    (tmp_path / "here").mkdir()
    await story.open()
    ana, marta = await story.agent("Ana Mora", at=PARK), await story.supervisor("Marta Solís")
    await ana.says("/nueva Patrullaje zona norte !alta")
    await marta.says("/emergencia Robo en el parque")
    ana.reads_all()
    marta.reads_all()

    file = tmp_path / "backups" / "last.zip"
    manifest = await asyncio.to_thread(back_up, story.app.config.storage.url, file, story.clock.now(), KEY)
    there = url_of(tmp_path / "there" / "gad.db")
    restore(file, there, NOON, TRUSTED)
    assert contents(sqlite_path(there)) == contents(sqlite_path(story.app.config.storage.url))
    assert manifest.events > 3

    await story.end()
    again = StoryDesk(tmp_path / "there")
    again.clock.advance(60)
    await again.open()
    board = await again.app.queries.board()
    assert sum(board.tasks.values()) == 2
    assert (await audit.verify(again.app.store)).flaw is None
    await again.end()


async def test_a_backup_is_of_one_moment_however_much_is_written_meanwhile(tmp_path: Path) -> None:
    story = StoryDesk(tmp_path)
    await story.open()
    ana = await story.agent("Ana Mora", at=PARK)
    for number in range(1, 4):
        await ana.says(f"/nueva Ronda {number}")
    making = asyncio.create_task(
        asyncio.to_thread(back_up, story.app.config.storage.url, tmp_path / "b.zip", NOON, KEY)
    )
    number = 0
    while not making.done() or number < 5:
        number += 1
        await ana.says(f"/nueva Patrullaje {number}")
    ana.reads_all()
    manifest = await making
    await story.end()

    restore(tmp_path / "b.zip", url_of(tmp_path / "copy" / "gad.db"), NOON, TRUSTED)
    store = Store(url_of(tmp_path / "copy" / "gad.db"))
    await store.start()
    verdict = await audit.verify(store, manifest.seal)
    await store.stop()
    assert (verdict.flaw, verdict.events) == (None, manifest.events)


def test_a_database_that_is_not_there_has_no_backup(tmp_path: Path) -> None:
    missing = tmp_path / "gad.db"
    with pytest.raises(StorageError, match="is not there, so there is nothing to back up"):
        back_up(url_of(missing), tmp_path / "backup.zip", NOON, KEY)
    assert list(tmp_path.iterdir()) == []


def test_postgresql_is_backed_up_with_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="pg_dump and pg_restore"):
        back_up("postgresql+asyncpg://there/gad", tmp_path / "backup.zip", NOON, KEY)


def test_a_backup_that_fails_leaves_nothing_behind(url: str, backup: Path, tmp_path: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(StorageError, match="is there already"):
        back_up(url, backup, NOON, KEY)
    (tmp_path / "nothing.db").write_bytes(b"")
    with pytest.raises(StorageError, match="can't be made"):
        back_up(url_of(tmp_path / "nothing.db"), tmp_path / "other.zip", NOON, KEY)
    assert backup.read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {"gad.db", "backup.zip", "nothing.db"}


@pytest.mark.parametrize("where", [0.02, 0.3, 0.5, 0.98])
def test_a_backup_that_was_cut_off_is_refused_and_nothing_is_touched(url: str, backup: Path, where: float) -> None:
    whole, before = backup.read_bytes(), sqlite_path(url).read_bytes()
    backup.write_bytes(whole[: int(len(whole) * where)])

    with pytest.raises(StorageError, match="is damaged"):
        restore(backup, url, NOON, TRUSTED)

    assert sqlite_path(url).read_bytes() == before
    assert {file.name for file in backup.parent.iterdir()} == {"gad.db", "backup.zip"}


def test_a_byte_that_turned_is_found_or_means_nothing(backup: Path, tmp_path: Path) -> None:
    whole, copy, refused = backup.read_bytes(), tmp_path / "copy.db", 0
    check(backup, TRUSTED, copy)
    database = copy.read_bytes()
    for at in range(0, len(whole), 31):
        backup.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            check(backup, TRUSTED, copy)
        except StorageError:
            refused += 1
        else:
            # A date, or another way to write the same zeros.
            assert copy.read_bytes() == database
    assert refused > len(whole) / 31 / 2


async def test_nothing_is_restored_under_a_desk_that_runs(url: str, backup: Path) -> None:
    store = Store(url)
    await store.start()
    await store.read(chain.ends)
    with pytest.raises(StorageError, match="is held by a desk that runs; stop it first"):
        restore(backup, url, NOON, TRUSTED)
    await store.stop()

    done = restore(backup, url, NOON, TRUSTED)
    aside = done.aside
    assert (done.manifest.events, done.proved) == (0, True)
    assert aside is not None
    assert aside.name == "gad.db.before-20261101-120000"
    assert await schema_suits(url_of(aside))
    assert await schema_suits(url)


def test_what_was_damaged_is_set_aside_with_its_logs(url: str, backup: Path) -> None:
    file = sqlite_path(url)
    file.write_bytes(b"not a database at all" * 100)
    (log := file.with_name("gad.db-wal")).write_bytes(b"nor is this its log")

    aside = restore(backup, url, NOON, TRUSTED).aside

    assert aside is not None
    assert aside.read_bytes().startswith(b"not a database")
    assert not log.exists()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM task").fetchone() == (0,)


async def test_a_backup_of_the_first_schema_is_restored_and_brought_up_to_date(tmp_path: Path) -> None:
    def first(connection: Connection) -> None:
        apply(connection, to="0001")
        call(connection, Schema(revision="0001", oldest="0001"))

    old, there = url_of(tmp_path / "old.db"), url_of(tmp_path / "there.db")
    await alone(old, first)
    assert back_up(old, tmp_path / "old.zip", NOON, KEY).schema == "0001"
    restore(tmp_path / "old.zip", there, NOON, TRUSTED)
    await upgrade(there)
    assert await schema_suits(there)
    assert back_up(there, tmp_path / "new.zip", NOON, KEY).schema == NEWEST
