"""A room for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.features.room import Room
from tests.bot.features.walk import Walk


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """A desk with nobody in it."""
    room = Room(tmp_path)
    await room.open()
    yield room
    await room.close()


@pytest.fixture
async def walk(room: Room) -> Walk:
    """Somebody of each kind, and a task that is Sara's alone."""
    walk = Walk(room)
    await walk.begin()
    return walk
