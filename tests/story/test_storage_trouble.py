"""Another program has the database for a while: nothing is lost, nothing is to blame for it, nothing is done twice."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from core.desk import Desk
from emulator import Fault
from storage.session import Query
from tests.story.desk import StoryDesk

PARK = (-2.1862, -79.8885)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[StoryDesk]:
    """A desk on SQLite that is out of patience at once, not after seconds."""
    story = StoryDesk(tmp_path)
    await story.open()
    await story.app.store.write(lambda session: session.rows(Query(text("PRAGMA busy_timeout=0"))))
    yield story
    await story.end()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The database is in another program's hands."""
    with closing(sqlite3.connect(folder / "gad.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_p1_what_arrives_meanwhile_is_taken_later(desk: StoryDesk, tmp_path: Path) -> None:
    """Telegram is not told that it arrived before it is on disk."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    with locked(tmp_path):
        desk.telegram.say(juan.user, "/emergencia Robo")
        await desk.until(lambda: desk.app.crew.failing("poller"), "the update can't be kept")
        assert len(desk.bot.updates) == 1
    await desk.advance(2)
    juan.sees("Alerta enviada")
    sara.sees("Robo")
    sara.reads_all()


async def test_p2_an_update_is_not_to_blame_for_the_storage(
    desk: StoryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried for as long as it takes, counts as no failure of its own, and is carried out once."""
    juan = await desk.agent("Juan Pérez")
    execute, tries = Desk.execute, []

    async def when_locked(self: Desk, *args: Any, **kwargs: Any) -> Any:
        tries.append(desk.clock.now())
        if len(tries) > 5:
            return await execute(self, *args, **kwargs)
        with locked(tmp_path):
            return await execute(self, *args, **kwargs)

    monkeypatch.setattr(Desk, "execute", when_locked)
    desk.telegram.say(juan.user, "/nueva Ronda norte")

    def tried_as_time_passes() -> bool:
        desk.clock.advance(0.1)
        return len(tries) == 6

    await desk.until(tried_as_time_passes, "it is tried again and again")
    await desk.settle()
    juan.sees("Ronda norte")
    assert all((later - earlier).total_seconds() >= 1 for earlier, later in pairwise(tries))
    assert await desk.asks("SELECT count(*) FROM task") == 1
    assert await desk.asks("SELECT max(attempts) FROM inbox") == 0


async def test_p2_a_message_that_left_meanwhile_is_not_sent_again(
    desk: StoryDesk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What Telegram answered can't be asked for again, so it is kept in mind until it can be written down."""
    juan = await desk.agent("Juan Pérez")
    before = len(juan.messages)
    desk.telegram.faults.add(Fault(kind="slow", method="sendMessage", seconds=0.1))
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.until(lambda: len(desk.telegram.faults) == 0, "the alert is on its way")
    with locked(tmp_path):
        await desk.until(lambda: len(juan.messages) > before, "it arrives")
        await desk.until(lambda: "tried again" in caplog.text, "it can't be written down")
    await desk.advance(2)
    juan.sees("Alerta enviada").lacks("reenvío")
    juan.sees("¿Dónde es?")


async def test_p1_what_a_dead_process_held_is_taken_back_when_its_lease_is_over(desk: StoryDesk) -> None:
    """An update that was taken and never handled, though the desk is not started anew."""
    juan = await desk.agent("Juan Pérez")
    held = int((desk.clock.seconds() + 30) * 1000)
    hold = "UPDATE inbox SET state = 2, lease_until = :until WHERE state = 1"
    await desk.app.worker.hands.taking.acquire()
    desk.telegram.say(juan.user, "/fuera")
    await desk.until(lambda: not len(desk.bot.updates), "it is on disk")
    await desk.app.store.write(lambda session: session.run(Query(text(hold)), until=held))
    desk.app.worker.hands.taking.release()
    await desk.passes(20)
    juan.sees_nothing()
    await desk.passes(16)
    juan.sees("Estás fuera de servicio")
