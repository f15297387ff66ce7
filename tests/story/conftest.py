"""A desk for each story, on one machine and outgrown; an unexpected message fails the story at its end."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.engine.store import is_postgresql
from tests.story.desk import StoryDesk
from tests.support.servers.redis import RedisServer


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    said = any("database" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "database" in metafunc.fixturenames and not said:
        kinds = ["sqlite", pytest.param("postgresql", marks=pytest.mark.outgrown)]
        metafunc.parametrize("database", kinds, indirect=True)


@pytest.fixture
async def desk(tmp_path: Path, database: str, request: pytest.FixtureRequest) -> AsyncIterator[StoryDesk]:
    """An open desk with nobody in it: on a file, or on PostgreSQL and Redis."""
    url = ""
    if is_postgresql(database):
        redis: RedisServer = request.getfixturevalue("redis")
        redis.forget()
        url = redis.url
    story = StoryDesk(tmp_path, storage={"url": database}, redis={"url": url})
    await story.open()
    yield story
    await story.end()
