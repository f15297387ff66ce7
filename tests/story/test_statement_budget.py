"""The price of an update in statements: a change that asks the database once more for each of them is seen (P11)."""

import sqlite3
from pathlib import Path

import pytest

from storage.engine import sqlite
from tests.story.desk import StoryDesk
from tests.support.databases import fresh

# Statements of one command that changes a person: kept, looked up, decided, recorded, answered, sent, marked.
BUDGET = 17
# The desk's own looks at its queues, which many updates share, and those of its jobs.
SHARED = ("BEGIN", "COMMIT", "WITH heads", "SELECT min(", "SELECT inbox.id", "SELECT timer.")


async def test_a_command_costs_no_more_statements_than_are_written_down_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def watched(path: str, *, read_only: bool = False) -> sqlite3.Connection:
        connection = sqlite.connect(path, read_only=read_only)
        connection.set_trace_callback(lambda text: None if text.startswith(SHARED) else asked.append(text))
        return connection

    monkeypatch.setattr("storage.engine.store.connect", watched)
    desk = StoryDesk(tmp_path, storage={"url": fresh(tmp_path)})
    await desk.open()
    try:
        ana = await desk.agent("Ana Mora")
        await ana.says("/fuera")
        ana.sees("fuera de servicio")
        await desk.passes(4)  # her chat's pace is over: nothing is put back
        asked.clear()
        await ana.says("/disponible")
        ana.sees("isponible")
        assert len(asked) <= BUDGET, "\n".join(asked)
    finally:
        await desk.end()
