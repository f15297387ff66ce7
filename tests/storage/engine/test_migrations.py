"""The schema: what the migrations make is what the tables say, whenever the process dies."""

import sqlite3
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from storage.engine.revisions import CURRENT, MIGRATIONS, OLDEST, REVISIONS
from storage.engine.store import StorageError
from storage.ops.migrate import alone, apply, schema_at, schema_suits, upgrade
from storage.schema.metadata import METADATA
from tests.storage.dying import UPGRADE
from tests.storage.structure import breaks, by_revisions, structure
from tests.support.databases import url_of
from tests.support.servers.postgresql import PostgresqlServer

ROOT = Path(__file__).parents[3]


def schema(file: Path) -> dict[str, str]:
    """Name and text of everything in a database."""
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: " ".join(sql.split()) for name, sql in rows}


def drift(connection: Connection) -> list[Any]:
    """In what the database differs from the tables."""
    return list(compare_metadata(MigrationContext.configure(connection), METADATA))


async def test_the_revisions_and_the_tables_make_the_same_database(tmp_path: Path) -> None:
    await alone(url_of(tmp_path / "grown.db"), apply)
    await upgrade(url_of(tmp_path / "new.db"))

    assert schema(tmp_path / "grown.db") == schema(tmp_path / "new.db")
    assert await schema_suits(url_of(tmp_path / "grown.db"))


def test_a_program_that_imports_nothing_else_makes_every_table(tmp_path: Path) -> None:
    program = "import asyncio, sys; from storage.ops.migrate import upgrade; asyncio.run(upgrade(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", program, url_of(tmp_path / "new.db")], check=True, cwd=ROOT)

    assert METADATA.tables.keys() <= schema(tmp_path / "new.db").keys()


async def test_the_revisions_and_the_tables_make_the_same_database_on_a_server(postgresql: PostgresqlServer) -> None:
    grown, new = postgresql.empty(), postgresql.empty()
    await alone(grown, apply)
    await upgrade(new)

    assert await alone(grown, structure) == await alone(new, structure)
    assert await schema_at(grown) == await schema_at(new) == CURRENT
    for url in (grown, new):
        postgresql.drop(url)


async def test_the_tables_have_not_drifted_from_the_revisions(empty: str) -> None:
    await alone(empty, apply)

    assert await alone(empty, drift) == []


async def test_nothing_is_taken_from_the_oldest_desk_that_may_run_beside_this_one(empty: str) -> None:
    assert OLDEST in REVISIONS
    await alone(empty, partial(by_revisions, to=OLDEST))
    before = await alone(empty, structure)
    await upgrade(empty)

    assert breaks(before, await alone(empty, structure)) == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("DROP TABLE form", "form is gone"),
        ("ALTER TABLE task DROP COLUMN told", "task.told is gone"),
        ("ALTER TABLE task ADD COLUMN reviewed INTEGER DEFAULT 0 NOT NULL", None),
        ("ALTER TABLE task ADD COLUMN reviewed INTEGER", None),
        ("CREATE INDEX task_by_title ON task (title)", None),
        ("CREATE UNIQUE INDEX task_by_title ON task (title)", "task refuses rows that it took"),
        ("DROP INDEX timer_due", "the index timer_due is gone"),
    ],
)
async def test_what_an_older_desk_would_miss_is_named(empty: str, change: str, line: str | None) -> None:
    await upgrade(empty)
    before = await alone(empty, structure)
    await alone(empty, lambda connection: connection.exec_driver_sql(change))

    assert breaks(before, await alone(empty, structure)) == ([line] if line else [])


async def test_a_column_that_an_older_desk_does_not_fill_is_named(postgresql: PostgresqlServer) -> None:
    url = postgresql.fresh()
    before = await alone(url, structure)
    for change in (
        "ADD COLUMN reviewed BIGINT NOT NULL",
        "ALTER COLUMN unit SET NOT NULL",
        "ALTER told TYPE BIGINT USING 0",
    ):
        await alone(url, lambda connection: connection.exec_driver_sql(f"ALTER TABLE task {change}"))  # noqa: B023

    assert sorted(breaks(before, await alone(url, structure))) == [
        "task.reviewed must be given, and an older desk does not know it",
        "task.told is not what it was",
        "task.unit is not what it was",
    ]
    postgresql.drop(url)


def test_the_revisions_are_one_line_that_the_names_of_the_files_tell() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    line = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(line)) == REVISIONS


async def test_a_database_is_made_with_its_folder_and_left_alone_when_it_is_current(tmp_path: Path) -> None:
    file = tmp_path / "var" / "desk" / "gad.db"
    assert not await schema_suits(url_of(file))
    assert not file.exists(), "to look at it does not make it"

    await upgrade(url_of(file))
    made = file.read_bytes()
    await upgrade(url_of(file))

    assert await schema_suits(url_of(file))
    assert file.read_bytes() == made


async def test_a_start_on_a_current_database_loads_nothing_of_alembic(tmp_path: Path) -> None:
    url = url_of(tmp_path / "gad.db")
    await upgrade(url)
    code = (
        "import asyncio, sys; from storage.ops.migrate import upgrade;"
        f"asyncio.run(upgrade({url!r})); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("way", ["tables", "revisions"])
async def test_p1_killed_in_the_middle_it_is_made_by_the_next_start(empty: str, way: str) -> None:
    for statement in (8, 25):
        command = [sys.executable, "-c", UPGRADE, empty, str(statement), way]
        killed = subprocess.run(command, cwd=ROOT, check=False)
        assert killed.returncode == -9, "it was killed, as it should be"
        assert not await schema_suits(empty)

    await upgrade(empty)

    assert await schema_at(empty) == CURRENT
    assert await alone(empty, drift) == []


async def test_a_newer_database_is_refused_in_one_line_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "gad.db"
    await upgrade(url_of(file))
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999', oldest = '9998'")
    connection.close()
    before = file.read_bytes()

    with pytest.raises(StorageError) as refused:
        await upgrade(url_of(file))

    assert str(refused.value) == f"storage.url: {file} is from a newer version of the desk (schema 9999)"
    assert not await schema_suits(url_of(file))
    assert file.read_bytes() == before


async def test_what_is_not_the_desks_is_refused_in_one_line(tmp_path: Path) -> None:
    foreign, damaged = tmp_path / "foreign.db", tmp_path / "damaged.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE task (id INTEGER)")
    connection.close()
    damaged.write_bytes(b"not a database at all" * 100)
    below = damaged / "gad.db"

    for file, line in (
        (foreign, f"storage.url: {foreign} is the database of another program"),
        (damaged, f"storage.url: {damaged} can't be used (it is no database)"),
        (below, f"storage.url: {below} can't be used (a file stands where a folder should be)"),
    ):
        with pytest.raises(StorageError) as refused:
            await upgrade(url_of(file))
        assert str(refused.value) == line
    with pytest.raises(SQLAlchemyError):
        await schema_suits(url_of(damaged))
    with pytest.raises(StorageError, match="not mysql"):
        await upgrade("mysql+asyncmy://localhost/gad")


async def test_a_server_that_could_not_keep_every_text_is_refused_before_anything_is_in_it(
    postgresql: PostgresqlServer,
) -> None:
    """The first 🚨 would be an update that can't be kept, and nothing would come in behind it."""
    url = postgresql.empty(made="ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(StorageError, match=r"^storage\.url: \S+ is made for LATIN1, which not every text fits"):
        await upgrade(url)
    assert not await schema_suits(url)
    postgresql.drop(url)
