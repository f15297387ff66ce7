"""The history of a task: whatever happened has a line, in every language."""

from typing import get_args

import pytest

from bot.ui.texts import Texts
from core.vocabulary import events as e
from core.vocabulary.contents import Media
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.rounds import RoundWord
from tests.bot.ui.people import EVERY_LANGUAGE

TAGS = {str(event.__struct_config__.tag) for event in get_args(e.TaskEvent)} - {"escalated", "round_marked"}
TOLD_APART = {f"escalated-{cause.value}" for cause in Cause} | {f"noted-{media}" for media in get_args(Media)}
LINES = sorted(TAGS | TOLD_APART | {f"round-{word}" for word in RoundWord if word is not RoundWord.ASKED})


@EVERY_LANGUAGE
@pytest.mark.parametrize("line", LINES)
def test_whatever_happened_has_a_line(texts: Texts, line: str) -> None:
    assert texts(f"history-{line.replace('_', '-')}", by="Ana", who="Beto", text="visto")
