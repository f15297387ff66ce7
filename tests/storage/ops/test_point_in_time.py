"""PostgreSQL's own way back: a base and the log laid on it, to the second before somebody's mistake."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.ops.test_restore_drill import drill
from tests.story.desk import StoryDesk
from tests.support.desks.disk import asks, runs
from tests.support.servers.postgresql import OWNER, PostgresqlServer


@pytest.fixture
def archiving() -> Iterator[PostgresqlServer]:
    """A server whose log is kept."""
    server = PostgresqlServer(archives=True)
    yield server
    server.stop()


async def is_kept(url: str) -> None:
    """Begin a new piece of the log, and wait until the one before is in the archive."""
    [(piece,)] = await asks(url, "SELECT pg_walfile_name(pg_switch_wal())")
    async with asyncio.timeout(30):
        while True:
            [(last,)] = await asks(url, "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver")
            if last >= piece:
                return
            await asyncio.sleep(0.1)


@pytest.mark.outgrown
async def test_the_desk_is_put_back_as_it_was_before_somebody_emptied_its_tables(
    tmp_path: Path, archiving: PostgresqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGUSER", OWNER)
    url = archiving.fresh()
    desk = StoryDesk(tmp_path, storage={"url": url})
    await desk.open()
    ana = await desk.agent("Ana Mora")
    await ana.says("/nueva Patrullaje zona norte")
    base = await asyncio.to_thread(archiving.base)
    await ana.says("/nueva Patrullaje zona sur")
    [(moment,)] = await asks(url, "SELECT clock_timestamp()::text")
    ana.reads_all()
    await desk.end()
    await runs(url, "DELETE FROM task")
    await is_kept(url)

    words = ("config.toml", str(base), str(archiving.archive), url.rpartition("/")[2])
    done = await drill(tmp_path, *words, moment)
    assert done.code == 0, done
    assert "restore drill: 2 tasks, the last event of " in done.output
    assert "The record is whole" in done.output

    too_late = await drill(tmp_path, *words, "2040-01-01 00:00:00+00")
    assert too_late.code == 1
    assert too_late.errors.splitlines()[-1] == f"restore drill: {base} can't be brought to 2040-01-01 00:00:00+00"
