"""A desk on a disk that has bad days, for the stories about them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.story.desk import StoryDesk
from tests.story.disk import Disk

# A full disk still takes what is short.
MUCH = "Robo con armas en la esquina del parque, son cuatro y huyen hacia el malecón. " * 50
WAIT = "⏳ Ahora mismo no puedo guardar nada, pero tu mensaje no se pierde"


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk of the desk's file."""
    disk = Disk(tmp_path / "gad.db")
    monkeypatch.setattr("storage.engine.store.connect", disk.connect)
    return disk


@pytest.fixture
async def desk(tmp_path: Path, disk: Disk) -> AsyncIterator[StoryDesk]:
    """A desk on a file of this disk, which ends within a second."""
    story = StoryDesk(tmp_path, shutdown_grace="1s")
    await story.open()
    yield story
    await story.end()
