"""Answers to whoever ended a task: how long they may take it back."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.features.tasks.reopening_view import completed_screen
from bot.ui.texts import Texts
from core.rules.situation import Rules
from core.vocabulary.words import TaskState
from tests.bot.ui.people import EN, ES, NOW
from tests.bot.ui.tasks import ROBBERY

DONE = replace(ROBBERY, state=TaskState.COMPLETED, closed_at=NOW, disposition="moved")


@pytest.mark.parametrize(
    ("since", "texts", "said"),
    [
        (0, ES, "en los próximos 10 segundos"),
        (7.2, ES, "en los próximos 3 segundos"),
        (9.5, ES, "en el próximo segundo"),
        (0, EN, "within 10 seconds"),
        (9.5, EN, "within a second"),
    ],
)
def test_the_seconds_that_are_left_are_told(since: float, texts: Texts, said: str) -> None:
    screen = completed_screen(DONE, Rules(), NOW + timedelta(seconds=since), texts)
    assert said in screen.text
    assert screen.buttons[-1][0].text == texts("button-undo")


def test_what_is_over_is_not_promised() -> None:
    screen = completed_screen(DONE, Rules(), NOW + Rules().undo_window, ES)
    assert ES("button-undo") not in screen.text
    assert [row[0].text for row in screen.buttons] == ["Resuelto", "Falsa alarma", "Derivado"]
