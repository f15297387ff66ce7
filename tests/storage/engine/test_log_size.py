"""SQLite's log of changes grows for a reader that is left open, is told, and is cut when they are gone."""

import sqlite3
from functools import partial
from pathlib import Path

from storage.audit import record
from storage.engine.session import Session
from storage.engine.sqlite import LOG_KEPT
from storage.engine.store import Store
from storage.repositories.queries import SqlQueries
from tests.story.clock import NOON
from tests.support.databases import fresh

LARGE = b"x" * 2_000_000


async def keep(number: int, session: Session) -> None:
    await record.remember(session, f"update:{number}", LARGE, NOON)


async def test_the_log_is_cut_after_a_reader_that_somebody_forgot(tmp_path: Path) -> None:
    store = Store(fresh(tmp_path))
    await store.start()
    forgotten = sqlite3.connect(tmp_path / "gad.db", isolation_level=None)
    forgotten.execute("BEGIN")
    forgotten.execute("SELECT count(*) FROM answer").fetchone()
    for number in range(12):
        await store.write(partial(keep, number))
    grown = (await SqlQueries(store).board()).log_bytes
    assert grown > LOG_KEPT, "whoever watches sees it grow"
    forgotten.execute("COMMIT")
    forgotten.close()
    for number in range(12, 16):
        await store.write(partial(keep, number))
    assert store.log_bytes <= LOG_KEPT
    await store.stop()
