"""A database of its own for each test, and each test on every kind of database."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.engine.store import Store
from tests.support.databases import Direct
from tests.support.servers.direct import DirectPostgresql
from tests.support.servers.fixtures import KINDS

# These are about how SQLite does it.
SQLITE_ALONE = {
    "test_apart",
    "test_reseal",
    "test_chain",
    "test_duty_cost",
    "test_migrations",
    "test_plans",
    "test_writer",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        kinds = KINDS[:1] if metafunc.module.__name__.rpartition(".")[2] in SQLITE_ALONE else KINDS
        metafunc.parametrize("database", kinds, indirect=True)


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    """An open store with the schema and nothing in it."""
    store = Store(database)
    await store.start()
    yield store
    await store.stop()


@pytest.fixture
def direct(database: str, tmp_path: Path) -> Iterator[Direct | DirectPostgresql]:
    """The same without its threads."""
    direct = Direct(tmp_path) if database.startswith("sqlite") else DirectPostgresql(database)
    yield direct
    direct.close()
