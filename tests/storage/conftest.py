"""A database of its own for each test."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.databases import Direct, fresh


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """An open store with the schema and nothing in it."""
    store = Store(fresh(tmp_path))
    await store.start()
    yield store
    await store.stop()


@pytest.fixture
def direct(tmp_path: Path) -> Iterator[Direct]:
    """The same without its threads."""
    direct = Direct(tmp_path)
    yield direct
    direct.close()
