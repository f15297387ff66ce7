"""Words, places and priorities that can't be kept are refused, and the task stays as it was."""

import pytest

from core.vocabulary import commands as c
from core.vocabulary.places import Place
from core.vocabulary.words import Kind, Priority
from tests.core.rules.test_every_step import STAGES
from tests.core.stages import SARA, answer


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (c.AddNote(task=7, text=" \n"), "-empty"),
        (c.AddNote(task=7, text="ñ" * 4_001), "-too-long"),
        (c.AddNote(task=7, text="ñ" * 4_000), "noted"),
        (c.AddNote(task=7, media="photo", attachment="AgAC"), "noted"),
        (c.Locate(task=7), "-empty"),
        (c.Locate(task=7, address="  "), "-empty"),
        (c.Locate(task=7, address="a" * 201), "-too-long"),
        (c.Locate(task=7, place=Place(90.1, 0)), "-off-earth"),
        (c.Locate(task=7, place=Place(0, float("nan"))), "-off-earth"),
        (c.Locate(task=7, place=Place(-90, 180)), "located"),
        (c.Revise(task=7, title=" "), "-empty"),
        (c.Revise(task=7, title="a" * 201), "-too-long"),
        (c.Revise(task=7, title="  Ronda "), "-unchanged"),
        (c.Revise(task=7), "-unchanged"),
        (c.Revise(task=7, priority=Priority.HIGH), "revised"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_the_task_stays(command: c.TaskCommand, why: str) -> None:
    assert answer(SARA, command, STAGES[Kind.TASK]["running"]) == why


def test_an_emergency_stays_as_urgent_as_it_is() -> None:
    emergency = STAGES[Kind.EMERGENCY]["asked"]
    assert answer(SARA, c.Revise(task=7, priority=Priority.LOW), emergency) == "-wrong-state"
    assert answer(SARA, c.Revise(task=7, priority=Priority.CRITICAL, title="Robo armado"), emergency) == "revised"
