"""Kept by the desk itself: backups in a folder, and the seal of the record with the administrators."""

import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.jobs.backups import backups
from storage.audit import audit
from storage.audit.export import name_of, own_key
from storage.engine.store import sqlite_path
from storage.ops import age
from storage.ops.backup_archive import Trust
from storage.ops.restore import restore
from tests.storage.ops.test_backup import contents
from tests.story.desk import StoryDesk
from tests.support.databases import url_of


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[StoryDesk]:
    """A desk that keeps two backups."""
    copies = {"folder": str(tmp_path / "copies"), "every": "6h", "keep": 2}
    story = StoryDesk(tmp_path, backup=copies, audit={"key_file": str(tmp_path / "audit.key")})
    await story.open()
    yield story
    await story.end()


async def test_a_backup_is_made_when_the_last_is_old_enough_and_the_oldest_goes(
    desk: StoryDesk, tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    first = await desk.app.backups.back_up()
    assert first == copies / "gad-20260302-170000.zip"
    assert await desk.app.backups.back_up() is None
    (copies / "mine.zip").touch()

    await desk.advance(timedelta(hours=6).total_seconds())
    second = await desk.app.backups.back_up()
    await desk.advance(timedelta(hours=6).total_seconds())
    third = await desk.app.backups.back_up()

    assert backups(copies) == [second, third]
    assert (copies / "mine.zip").exists()
    assert third is not None
    own = Trust(key=name_of(own_key(tmp_path / "audit.key")))
    restore(third, url_of(tmp_path / "there" / "gad.db"), desk.clock.now(), own)
    assert contents(tmp_path / "there" / "gad.db") == contents(sqlite_path(desk.app.config.storage.url))


async def test_what_a_killed_process_left_of_a_backup_goes_with_the_next(desk: StoryDesk, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    for left in (".gad-20260301-170000.zip.db", ".gad-20260301-170000.zip.part", ".mine.zip.part"):
        (copies / left).write_bytes(b"half")

    made = await desk.app.backups.back_up()

    assert made is not None
    assert {file.name for file in copies.iterdir()} == {made.name, ".mine.zip.part"}


async def test_an_encrypted_backup_leaves_nothing_readable_beside_it(tmp_path: Path) -> None:
    copies, public = tmp_path / "copies", age.new_identity()[1]
    backup = {"folder": str(copies), "every": "6h", "keep": 1, "encrypt_to": public}
    desk = StoryDesk(tmp_path, backup=backup, audit={"key_file": str(tmp_path / "audit.key")})
    await desk.open()
    (tmp_path / ".gad-20260301-170000.zip.age.part").write_bytes(b"half of one that a killed process left")

    first = await desk.app.backups.back_up()
    await desk.advance(timedelta(hours=6).total_seconds())
    second = await desk.app.backups.back_up()

    assert first == copies / "gad-20260302-170000.zip.age"
    assert backups(copies) == [second]
    assert [file.name for file in copies.iterdir()] == ["gad-20260302-230000.zip.age"]
    assert not list(tmp_path.glob(".gad-*"))
    await desk.end()


async def test_a_backup_from_the_future_keeps_nobody_from_making_one(desk: StoryDesk, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "gad-20990101-000000.zip").touch()

    assert await desk.app.backups.back_up() is not None
    assert await desk.app.backups.back_up() is None


async def test_a_backup_that_fails_is_told_once_and_the_old_ones_stay(desk: StoryDesk, tmp_path: Path) -> None:
    rosa = await desk.admin("Rosa Vera")
    first = await desk.app.backups.back_up()
    assert first is not None
    await desk.advance(timedelta(hours=6).total_seconds())
    blocked = tmp_path / "copies" / ".gad-20260302-230000.zip.part"
    blocked.mkdir()
    (blocked / "full").touch()

    assert await desk.app.backups.back_up() is None
    assert await desk.app.backups.back_up() is None
    await desk.settle()

    rosa.sees("La copia de seguridad no se pudo hacer", "12:00")
    rosa.sees_nothing()
    assert zipfile.is_zipfile(first)


async def test_p10_the_seal_is_told_to_the_administrators_once_a_day(desk: StoryDesk) -> None:
    assert not await desk.app.backups.publish_seal(), "nothing has happened yet"
    rosa, ana = await desk.admin("Rosa Vera"), await desk.agent("Ana Mora")
    await ana.says("/nueva Patrullaje")
    ana.reads_all()

    assert await desk.app.backups.publish_seal()
    assert not await desk.app.backups.publish_seal()
    await desk.settle()
    rosa.sees("Tarea nueva")
    seal = rosa.sees("Sello del registro").text.splitlines()[2]
    ana.sees_nothing()

    await ana.says("/nueva Vigilancia")
    ana.reads_all()
    rosa.sees("Tarea nueva")
    assert (await audit.verify(desk.app.store, seal)).flaw is None
    assert (await audit.verify(desk.app.store, "0" * 64)).flaw is audit.Flaw.UNKNOWN_SEAL

    await desk.advance(timedelta(hours=13).total_seconds())
    assert not await desk.app.backups.publish_seal(), "it is night"
    await desk.advance(timedelta(hours=6).total_seconds())
    assert await desk.app.backups.publish_seal()
    await desk.settle()
    rosa.sees("Sello del registro")
