"""A desk for each story, and the walls that it ends with: a message that nobody expected fails it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.story.desk import StoryDesk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[StoryDesk]:
    """An open desk with nobody in it."""
    story = StoryDesk(tmp_path)
    await story.open()
    yield story
    await story.end()
