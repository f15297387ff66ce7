"""Hard nights, in short: processes are killed and stand still, ways are shut, updates come twice and disordered."""

from pathlib import Path

import pytest

from tests.random_people import field
from tests.random_people.driver import LIKELY_IN_A_HARD_NIGHT
from tests.random_people.steps import night as steps_of

LENGTH = 30


@pytest.mark.outgrown
@pytest.mark.parametrize("seed", [25])
async def test_every_promise_holds_in_a_hard_night_of_three_processes(seed: int, tmp_path: Path) -> None:
    steps = steps_of(seed, LENGTH, LIKELY_IN_A_HARD_NIGHT)
    outcome = await field.night(tmp_path, steps, storage="postgresql", intake="webhook", processes=3, hard=True)
    assert not outcome.wrong, "\n".join((*outcome.wrong, *outcome.told))
