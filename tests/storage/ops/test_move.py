"""Moving to another database and back: row by row the same, and safe to break off anywhere."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.transport.rendering import render
from core.desk.desk import Desk
from core.rules.permissions import Caller
from core.rules.situation import Rules
from core.vocabulary import commands as c
from storage.audit import audit
from storage.engine.store import StorageError, Store, sqlite_path
from storage.ops.backup import back_up
from storage.ops.migrate import schema_suits, upgrade
from storage.ops.move import move, undo
from storage.ops.moved import address
from storage.ops.restore import restore
from storage.repositories.unit_of_work import StoreUnitOfWork
from tests.storage.ops.test_backup import NOON, contents
from tests.story.desk import StoryDesk
from tests.support.backups import KEY, TRUSTED
from tests.support.console import Gad, in_folder
from tests.support.databases import url_of
from tests.support.servers.postgresql import PostgresqlServer

PARK = (-2.1885, -79.8880)


@pytest.fixture
async def lived(tmp_path: Path) -> str:
    """The database of a desk at which things have happened."""
    story = StoryDesk(tmp_path)
    await story.open()
    ana, marta = await story.agent("Ana Mora", at=PARK), await story.supervisor("Marta Ñuñez 🚨")
    for number in range(20):
        await ana.says(f"/nueva Patrullaje {number} !alta")
        await story.advance(60)
    await marta.says("/emergencia Robo en el parque")
    await ana.presses("Voy")
    ana.reads_all()
    marta.reads_all()
    await story.end()
    return url_of(tmp_path / "gad.db")


@pytest.fixture
def elsewhere(postgresql: PostgresqlServer) -> Iterator[str]:
    """A PostgreSQL database with the schema and nothing in it."""
    url = postgresql.fresh()
    yield url
    postgresql.drop(url)


async def goes_on(url: str) -> None:
    """A desk that opens there has its record, and can add to everything."""
    store = Store(url)
    await store.start()
    before = await audit.verify(store)
    desk = Desk(units=StoreUnitOfWork(store, render), clock=StoryDesk(Path()).clock, composer=_Silent(), rules=Rules())
    command = c.OpenTask(title="Sigue", sent_at=StoryDesk(Path()).clock.now())
    outcome = await desk.execute(command, caller=Caller(via="api"), key="once more")
    after = await audit.verify(store)
    await store.stop()
    assert (before.flaw, after.flaw) == (None, None)
    assert after.events > before.events > 20
    assert outcome.task is not None
    assert outcome.task.id == 22


class _Silent:
    """Says nothing."""

    def task(self, *_: object) -> None: ...

    def person(self, *_: object) -> None: ...

    def unit(self, *_: object) -> None: ...

    def blank(self, *_: object) -> None: ...


async def test_to_postgresql_and_back_it_is_the_same_desk(lived: str, elsewhere: str, tmp_path: Path) -> None:
    before = contents(sqlite_path(lived))
    there = await move(lived, elsewhere)
    home = url_of(tmp_path / "home" / "gad.db")
    back = await move(elsewhere, home)

    assert there == back
    assert {one.table: one.rows for one in there if one.rows}.items() <= {
        name: len(rows) for name, rows in before.items()
    }.items()
    assert contents(sqlite_path(home)) == before
    assert await schema_suits(elsewhere)
    await goes_on(elsewhere)
    await goes_on(home)


@pytest.mark.parametrize("after", [0, 1, 7, 30])
async def test_broken_off_anywhere_it_is_finished_by_the_next_try(lived: str, tmp_path: Path, after: int) -> None:
    target, notified = url_of(tmp_path / "new.db"), 0

    def break_off(table: str, done: int, rows: int) -> None:
        nonlocal notified
        if notified == after:
            raise KeyboardInterrupt
        notified += 1

    with pytest.raises(KeyboardInterrupt):
        await move(lived, target, break_off)
    assert not await schema_suits(target)
    with pytest.raises(StorageError, match="is from a newer version of the desk"):
        await upgrade(target)

    await move(lived, target)

    assert contents(sqlite_path(target)) == contents(sqlite_path(lived))


async def test_what_the_old_desk_did_between_two_tries_is_moved_too(lived: str, tmp_path: Path) -> None:
    target = url_of(tmp_path / "new.db")

    def break_off(table: str, done: int, rows: int) -> None:
        if table == "timer" and done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await move(lived, target, break_off)
    await goes_on(lived)

    await move(lived, target)

    assert contents(sqlite_path(target)) == contents(sqlite_path(lived))


async def test_nothing_is_moved_from_under_a_desk_or_onto_one(lived: str, elsewhere: str, tmp_path: Path) -> None:
    store = Store(lived)
    await store.start()
    await store.read(lambda session: _nothing())
    with pytest.raises(StorageError, match="is held by a desk that runs; stop it first"):
        await move(lived, elsewhere)
    await store.stop()
    await move(lived, elsewhere)

    with pytest.raises(StorageError, match="is in use"):
        await move(lived, elsewhere)
    store = Store(elsewhere)
    await store.start()
    with pytest.raises(StorageError, match="a desk runs on this database; stop it first"):
        await move(elsewhere, url_of(tmp_path / "home.db"))
    await store.stop()
    with pytest.raises(StorageError, match="the database itself"):
        await move(lived, lived)
    with pytest.raises(StorageError, match="there is no database"):
        await move(url_of(tmp_path / "none.db"), url_of(tmp_path / "home.db"))


async def _nothing() -> None: ...


def test_the_operator_reads_what_was_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gad: Gad = in_folder(tmp_path, monkeypatch, capsys)
    asyncio.run(upgrade("sqlite+aiosqlite:///gad.db"))
    code, output, errors = gad("migrate", "--to", "sqlite+aiosqlite:///new.db")
    assert code == 0, errors
    assert output.splitlines()[-1] == "All is there and the same: put the new address into storage.url"
    assert "event" in output
    assert "━" in errors, "a bar for each table"
    code, _, errors = gad("migrate", "--to", "oracle://me:s3cret@there")
    assert (code, len(errors.splitlines())) == (64, 1)
    assert "expected a SQLite file" in errors
    assert "s3cret" not in errors


async def test_a_database_that_was_moved_says_where_to_and_opens_for_nobody(lived: str, elsewhere: str) -> None:
    """Opened by mistake it would send again what waits in it."""
    await move(lived, make_url(elsewhere).set(password="s3cret").render_as_string(hide_password=False))
    with pytest.raises(StorageError, match=r"has moved to postgresql\+asyncpg://.*gad migrate --undo") as refused:
        await upgrade(lived)
    assert "s3cret" not in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
    await upgrade(elsewhere)

    assert await undo(lived) == address(elsewhere)
    assert await undo(lived) is None
    await upgrade(lived)


async def test_a_backup_of_a_database_that_was_moved_says_so_too(lived: str, tmp_path: Path) -> None:
    await move(lived, url_of(tmp_path / "new.db"))
    back_up(lived, tmp_path / "copy.zip", NOON, KEY)
    restore(tmp_path / "copy.zip", url_of(tmp_path / "there.db"), NOON, TRUSTED)
    with pytest.raises(StorageError, match=r"has moved to sqlite\+aiosqlite:///.*new\.db"):
        await upgrade(url_of(tmp_path / "there.db"))


async def test_killed_between_the_two_databases_it_is_finished_by_the_next_try(
    lived: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old one is closed before the new one opens: at no moment may a desk open on both."""

    def die(_: object) -> None:
        raise KeyboardInterrupt

    target = url_of(tmp_path / "new.db")
    with monkeypatch.context() as patched:
        patched.setattr("storage.ops.move._hand_over", die)
        with pytest.raises(KeyboardInterrupt):
            await move(lived, target)
    for url in (lived, target):
        with pytest.raises(StorageError):
            await upgrade(url)
    await move(lived, target)
    await upgrade(target)


async def test_a_backup_that_was_put_back_is_opened_before_it_moves(lived: str, tmp_path: Path) -> None:
    """Which numbers are lost stands beside the rows that are moved."""
    back_up(lived, tmp_path / "copy.zip", NOON, KEY)
    restore(tmp_path / "copy.zip", url_of(tmp_path / "there.db"), NOON, TRUSTED)
    with pytest.raises(StorageError, match="start the desk on it once before it is moved"):
        await move(url_of(tmp_path / "there.db"), url_of(tmp_path / "new.db"))
