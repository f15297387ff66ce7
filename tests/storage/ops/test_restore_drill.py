"""`scripts/restore_drill.sh`: a backup is proved by putting it back beside the desk that runs."""

import asyncio
import os
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.jobs.dumps import newest_dump
from core.vocabulary.words import Membership
from storage.audit.export import own_key
from storage.engine.store import sqlite_path
from storage.ops import erased_list
from storage.ops.backup import back_up
from storage.repositories import people
from tests.project.imports import ROOT
from tests.story.desk import StoryDesk
from tests.story.test_erased_again import ERASED
from tests.story.test_forgotten import closed, everything, holds, wants_it_erased, whole
from tests.story.test_privacy import known
from tests.support.databases import fresh
from tests.support.servers.postgresql import PostgresqlServer, installed

CONFIG = '[storage]\nurl = "sqlite+aiosqlite:///nothing-here.db"\n[audit]\nkey_file = "key.pem"\n'


class Drill(NamedTuple):
    """The end of a program: its exit code and what it said."""

    code: int
    output: str
    errors: str


async def ran(folder: Path, program: str | Path, *words: str) -> Drill:
    """Run a program there, with PostgreSQL's on the path."""
    path = os.pathsep.join([str(installed() / "bin"), os.environ["PATH"]])
    process = await asyncio.create_subprocess_exec(
        program,
        *words,
        cwd=folder,
        env={**os.environ, "PATH": path, "PGOPTIONS": ""},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    return Drill(process.returncode or 0, output.decode(), errors.decode())


async def drill(folder: Path, *words: str) -> Drill:
    """The drill in a folder with a configuration."""
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    return await ran(folder, ROOT / "scripts" / "restore_drill.sh", *words)


async def with_a_task(folder: Path, database: str) -> StoryDesk:
    """A desk with something in its record."""
    desk = StoryDesk(folder, storage={"url": database})
    await desk.open()
    ana = await desk.agent("Ana Mora")
    await ana.says("/nueva Patrullaje zona norte")
    ana.reads_all()
    return desk


async def test_the_backup_of_a_file_is_put_back_while_the_desk_runs(tmp_path: Path) -> None:
    database = fresh(tmp_path)
    desk = await with_a_task(tmp_path, database)
    back_up(database, tmp_path / "backup.zip", desk.clock.now(), own_key(tmp_path / "key.pem"))
    before = sqlite_path(database).read_bytes()
    done = await drill(tmp_path, "config.toml", "backup.zip")
    assert done.code == 0, done
    assert "The record is whole" in done.output
    assert done.output.splitlines()[-1].startswith("restore drill: backup.zip, written ")
    assert sqlite_path(database).read_bytes() == before
    assert not (tmp_path / "nothing-here.db").exists()
    await desk.end()


async def test_a_backup_with_a_changed_record_fails_the_drill(tmp_path: Path) -> None:
    database = fresh(tmp_path)
    desk = await with_a_task(tmp_path, database)
    await desk.end()
    with closing(sqlite3.connect(sqlite_path(database))) as file, file:
        file.execute("UPDATE event SET at = at + 1 WHERE id = (SELECT max(id) FROM event)")
    back_up(database, tmp_path / "backup.zip", desk.clock.now(), own_key(tmp_path / "key.pem"))
    done = await drill(tmp_path, "config.toml", "backup.zip")
    assert done.code == 1
    assert done.errors.splitlines()[-1] == "restore drill: backup.zip can't be restored"


@pytest.mark.outgrown
async def test_a_dump_of_postgresql_is_put_back_while_the_desk_runs(
    tmp_path: Path, served: str, postgresql: PostgresqlServer
) -> None:
    desk = await with_a_task(tmp_path, served)
    plain = served.replace("postgresql+asyncpg:", "postgresql:")
    dumped = await ran(tmp_path, installed() / "bin" / "pg_dump", "--format=custom", "--file=desk.dump", plain)
    assert dumped.code == 0, dumped
    (tmp_path / "desk.dump").rename(tmp_path / "gad-today.dump")
    assert newest_dump(tmp_path) is not None, "its age is a number of the desk's"
    (tmp_path / "gad-today.dump").rename(tmp_path / "desk.dump")
    scratch = postgresql.empty()
    done = await drill(tmp_path, "config.toml", "desk.dump", scratch)
    assert done.code == 0, done
    assert "The record is whole" in done.output
    again = await drill(tmp_path, "config.toml", "desk.dump", scratch)
    assert (again.code, again.errors.splitlines()[-1]) == (1, "restore drill: desk.dump can't be restored")
    postgresql.drop(scratch)
    await desk.end()


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        ((), 64, ""),
        (("config.toml", "none.zip"), 66, "restore drill: none.zip: no such file"),
        (("none.toml", "config.toml"), 66, "restore drill: none.toml: no such file"),
        (("config.toml", "base", "wal", "gad", "2026-11-30 10:42"), 66, "restore drill: base: no such file"),
        (("config.toml", "config.toml", "wal"), 1, "restore drill: config.toml can't be restored"),
        (("config.toml", "config.toml"), 1, "restore drill: config.toml can't be restored"),
    ],
)
async def test_what_is_missing_is_one_line(tmp_path: Path, words: tuple[str, ...], code: int, line: str) -> None:
    done = await drill(tmp_path, *words)
    assert (done.code, done.output) == (code, "")
    assert not line or done.errors.splitlines()[-1] == line


@pytest.mark.outgrown
async def test_p15_a_dump_of_postgresql_brings_back_nobody_who_was_erased_since(
    tmp_path: Path, served: str, postgresql: PostgresqlServer
) -> None:
    """The list beside the audit key outlives the database: the desk that opens the dump erases them again."""
    desk = StoryDesk(tmp_path, storage={"url": served})
    await desk.open()
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora")
    await ana.says("/nueva Patrullaje zona ñandú")
    await closed(desk, ana, 1)
    plain = served.replace("postgresql+asyncpg:", "postgresql:")
    dumped = await ran(tmp_path, installed() / "bin" / "pg_dump", "--format=custom", "--file=desk.dump", plain)
    assert dumped.code == 0, dumped
    was = await known(desk, ana)
    marta.reads_all()
    await wants_it_erased(ana)
    await marta.presses("Confirmar")
    await desk.passes(ERASED)
    await erased_list.keep_up(desk.app.store, Path(desk.app.config.audit.erased_file))
    ana.reads_all()
    marta.reads_all()
    await desk.end()

    scratch = postgresql.empty()
    program, into = installed() / "bin" / "pg_restore", scratch.replace("postgresql+asyncpg:", "postgresql:")
    back = await ran(tmp_path, program, "--exit-on-error", "--no-owner", "--dbname", into, "desk.dump")
    assert back.code == 0, back
    again = StoryDesk(tmp_path, storage={"url": scratch})
    await again.open()
    assert "Ana Mora" in await again.app.store.read(everything), "the dump had her"
    left = await again.app.store.read(partial(people.by_id, person_id=was.id))
    assert left is not None
    assert left.membership is Membership.FORGOTTEN, "she was put out before anything else began"
    await again.passes(ERASED)
    kept = await again.app.store.read(everything)
    assert "Ana Mora" not in kept
    assert "ñandú" not in kept
    assert not holds(kept, str(ana.user.id))
    assert "Marta Solís" in kept
    assert {one.person for one in (await whole(again)).erasures} == {was.id}
    await again.end()
    postgresql.drop(scratch)
