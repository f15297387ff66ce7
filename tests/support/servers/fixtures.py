"""Servers that all tests of a run share, and the kinds of database that a test can be given."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import fresh, url_of
from tests.support.servers.postgresql import PostgresqlServer
from tests.support.servers.redis import RedisServer

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """A PostgreSQL server with nothing in it."""
    server = PostgresqlServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def redis() -> Iterator[RedisServer]:
    """A Redis server."""
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture
def served(postgresql: PostgresqlServer) -> Iterator[str]:
    """The URL of a new database on the PostgreSQL server: the schema, nothing in it."""
    url = postgresql.fresh()
    yield url
    postgresql.drop(url)


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new database of the kind that the test asks for (see ``KINDS``): the schema, nothing in it."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return fresh(tmp_path)
    url: str = request.getfixturevalue("served")
    return url


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database in which nothing is, of each kind."""
    if request.param == "sqlite":
        yield url_of(tmp_path / "grown.db")
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql")
    url = server.empty()
    yield url
    server.drop(url)
