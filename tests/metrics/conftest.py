"""A side server for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.metrics.side import Side


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[Side]:
    side = Side(tmp_path)
    await side.open()
    yield side
    await side.close()


@pytest.fixture
async def closed_side(tmp_path: Path) -> AsyncIterator[Side]:
    """One that the test sets up and opens itself."""
    side = Side(tmp_path)
    yield side
    await side.close()
