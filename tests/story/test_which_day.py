"""A date between slashes in English: nobody plans on a guess, a button says which day is meant."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.story.desk import StoryDesk


@pytest.fixture
async def english(tmp_path: Path) -> AsyncIterator[StoryDesk]:
    desk = StoryDesk(tmp_path, language="en")
    await desk.open()
    yield desk
    await desk.end()


@pytest.mark.parametrize(("command", "answer"), [("/oncall", "North"), ("/plan", "Fri 3 Apr 07:00")])
async def test_who_is_on_call_on_3_4_is_asked_back(english: StoryDesk, command: str, answer: str) -> None:
    marta = await english.admin("Martha Sun")
    await marta.says("/units")
    await marta.sees("Units").presses("New unit")
    marta.reads_all()
    await marta.says("North")
    marta.reads_all()
    await marta.says("America/Guayaquil")
    marta.reads_all()
    await marta.says(f"{command} 3/4 07:00 North")
    question = marta.sees("Which day do you mean?").offers("Fri 3 Apr 07:00", "Wed 4 Mar 07:00")
    await question.presses("Fri 3 Apr 07:00")
    (question if command == "/oncall" else marta.sees(answer)).says(answer)
    await marta.says(f"{command} 13/4 07:00 North")
    marta.reads_all()
    await english.advance(1)
