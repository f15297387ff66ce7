"""Units of work: what waits is committed together, each is answered only after that, and none spoils another's."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.engine.session import Query, Session
from storage.engine.sqlite import ConnectionThread, connect
from storage.engine.store import StorageError, Store, sqlite_path
from storage.repositories import counters
from tests.support.databases import fresh, url_of


async def next_number(session: Session) -> int:
    return await counters.next_value(session, "number")


async def wait_forever(session: Session) -> int:
    await counters.next_value(session, "number")
    await asyncio.sleep(0)
    return 1


def file_of(folder: Path) -> Path:
    return folder / "gad.db"


def on_disk(file: Path) -> int:
    """Rows that another program sees: only committed ones."""
    with sqlite3.connect(file) as connection:
        row = connection.execute("SELECT value FROM counter WHERE name = 'number'").fetchone()
    connection.close()
    return int(row[0]) if row else 0


class Gate:
    """Holds the writer in a unit, so that the others gather behind it and are one batch."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._entered = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    async def held(self, session: Session) -> None:
        self._loop.call_soon_threadsafe(self._entered.set)
        assert self._open.wait(5)

    async def entered(self) -> None:
        """Wait until the writer is in the unit."""
        await self._entered.wait()

    def open(self) -> None:
        self._open.set()


async def test_p3_an_answer_comes_only_after_its_commit(store: Store, tmp_path: Path) -> None:
    for number in range(1, 20):
        assert await store.write(next_number) == number
        assert on_disk(file_of(tmp_path)) == number


async def test_what_waits_is_committed_together(tmp_path: Path) -> None:
    commits: list[str] = []
    url = fresh(tmp_path)

    def watched() -> sqlite3.Connection:
        connection = connect(str(sqlite_path(url)))
        connection.set_trace_callback(lambda text: commits.append(text) if text == "COMMIT" else None)
        return connection

    writer, gate = ConnectionThread(watched, writes=True), Gate()
    await writer.start()
    first = asyncio.create_task(writer.run(gate.held))
    await gate.entered()
    others = [asyncio.create_task(writer.run(next_number)) for _ in range(50)]
    await asyncio.sleep(0)
    gate.open()
    await first

    assert await asyncio.gather(*others) == list(range(1, 51))
    assert len(commits) == 2
    await writer.stop()


async def test_p3_a_unit_that_fails_takes_back_its_own_work_and_nobody_elses(store: Store, tmp_path: Path) -> None:
    async def fails(session: Session) -> int:
        await counters.next_value(session, "number")
        await counters.next_value(session, "number")
        raise ValueError("changed my mind")

    async def breaks_the_rules(session: Session) -> int:
        await counters.next_value(session, "number")
        return await counters.next_value(session, None)  # type: ignore[arg-type]  # the database refuses it

    units = [next_number, fails, next_number, breaks_the_rules, wait_forever, next_number]
    gate = Gate()
    first = asyncio.create_task(store.write(gate.held))
    await gate.entered()
    cluster = asyncio.gather(*(store.write(unit) for unit in units), return_exceptions=True)
    await asyncio.sleep(0)
    gate.open()
    await first

    one, changed_mind, two, refused, suspended, three = await cluster
    assert (one, two, three) == (1, 2, 3)
    assert isinstance(changed_mind, ValueError)
    assert isinstance(refused, sqlite3.IntegrityError)
    assert isinstance(suspended, RuntimeError)
    assert on_disk(file_of(tmp_path)) == 3


async def test_p3_when_the_commit_fails_nobody_is_told_that_it_was_done(store: Store, tmp_path: Path) -> None:
    """A foreign key that is checked at the commit stands for a full disk."""

    async def dooms_the_commit(session: Session) -> None:
        connection = session._execute.__self__  # type: ignore[attr-defined]  # behind the session's back
        connection.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.execute("CREATE TABLE child (of INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
        connection.execute("INSERT INTO child VALUES (1)")

    gate = Gate()
    first = asyncio.create_task(store.write(gate.held))
    await gate.entered()
    cluster = asyncio.gather(*(store.write(unit) for unit in (next_number, dooms_the_commit)), return_exceptions=True)
    await asyncio.sleep(0)
    gate.open()
    await first

    assert all(isinstance(answer, sqlite3.IntegrityError) for answer in await cluster)
    assert on_disk(file_of(tmp_path)) == 0
    assert await store.write(next_number) == 1, "the next one starts anew"


async def test_while_another_program_has_the_database_units_fail_and_later_ones_work(tmp_path: Path) -> None:
    url = fresh(tmp_path)

    def impatient() -> sqlite3.Connection:
        connection = connect(str(sqlite_path(url)))
        connection.execute("PRAGMA busy_timeout=0")
        return connection

    writer = ConnectionThread(impatient, writes=True)
    await writer.start()
    other = sqlite3.connect(file_of(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="locked"):
        await writer.run(next_number)
    other.execute("ROLLBACK")
    other.close()

    assert await writer.run(next_number) == 1
    await writer.stop()


async def test_p3_when_the_disk_is_full_nothing_of_the_batch_is_kept_and_everybody_hears_why(tmp_path: Path) -> None:
    """SQLite takes the whole transaction back then, not the unit alone."""
    url = fresh(tmp_path)

    def cramped() -> sqlite3.Connection:
        connection = connect(str(sqlite_path(url)))
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 5}")
        return connection

    async def too_much(session: Session) -> None:
        await session.run(Query(text("INSERT INTO answer (key, at, body) VALUES ('k', 0, hex(zeroblob(100000)))")))

    writer, gate = ConnectionThread(cramped, writes=True), Gate()
    await writer.start()
    first = asyncio.create_task(writer.run(gate.held))
    await gate.entered()
    cluster = asyncio.gather(
        writer.run(next_number), writer.run(too_much), writer.run(next_number), return_exceptions=True
    )
    await asyncio.sleep(0)
    gate.open()
    await first

    assert [str(answer) for answer in await cluster] == ["storage: database or disk is full"] * 3
    assert all(isinstance(answer, StorageError) for answer in await cluster)
    assert await writer.run(next_number) == 1, "the next one starts anew"
    await writer.stop()


async def test_a_caller_who_went_away_does_not_take_the_others_with_them(store: Store, tmp_path: Path) -> None:
    gate = Gate()
    first = asyncio.create_task(store.write(gate.held))
    await gate.entered()
    gone, stays = asyncio.create_task(store.write(next_number)), asyncio.create_task(store.write(next_number))
    await asyncio.sleep(0)
    gone.cancel()
    gate.open()
    await first

    assert await stays == 2, "what was handed over is done"
    assert on_disk(file_of(tmp_path)) == 2


async def test_a_reading_sees_what_was_committed_and_changes_nothing(store: Store) -> None:
    await store.write(next_number)
    with pytest.raises(StorageError):
        await store.read(next_number)
    assert await store.read(lambda session: counters.totals(session, "tasks")) == {}
    assert await store.write(next_number) == 2


async def test_p1_a_stop_finishes_what_waits_and_takes_nothing_more(tmp_path: Path) -> None:
    store, gate = Store(fresh(tmp_path)), Gate()
    await store.start()
    first = asyncio.create_task(store.write(gate.held))
    await gate.entered()
    waiting = [asyncio.create_task(store.write(next_number)) for _ in range(300)]
    await asyncio.sleep(0)
    stop = asyncio.create_task(store.stop())
    await asyncio.sleep(0)
    gate.open()
    await asyncio.gather(first, stop)

    assert await asyncio.gather(*waiting) == list(range(1, 301))
    assert on_disk(file_of(tmp_path)) == 300
    with pytest.raises(RuntimeError, match="closed"):
        await store.write(next_number)


async def test_p1_every_commit_is_on_the_disk(tmp_path: Path) -> None:
    connection = connect(str(sqlite_path(fresh(tmp_path))))
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2, "FULL"
    connection.close()


async def test_a_database_that_cannot_be_opened_is_said_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "gad.db"
    file.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StorageError) as refused:
        await Store(url_of(file)).start()
    assert str(refused.value) == f"storage.url: {file} can't be opened (file is not a database)"


@pytest.mark.parametrize("url", ["sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:", "mysql://h/gad", "gad.db", ""])
def test_a_url_that_names_no_file_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(StorageError, match=r"^storage\.url: .+$"):
        sqlite_path(url)


@pytest.mark.parametrize("ending", ["", "-wal"])
@pytest.mark.parametrize("replaced", [False, True])
async def test_p1_nothing_is_committed_to_a_file_that_the_next_process_would_not_find(
    tmp_path: Path, ending: str, replaced: bool
) -> None:
    """SQLite itself takes every commit, and all of them go with the process."""
    store = Store(fresh(tmp_path))
    await store.start()
    await store.write(next_number)
    lost = Path(f"{file_of(tmp_path)}{ending}")
    kept = lost.rename(tmp_path / "elsewhere")
    if replaced:
        lost.write_bytes(kept.read_bytes())
    with pytest.raises(StorageError, match="moved, deleted or replaced"):
        await store.write(next_number)
    kept.rename(lost)
    assert await store.write(next_number) == 2, "what was refused was not kept, and it is itself again"
    await store.stop()
    assert on_disk(file_of(tmp_path)) == 2
