"""Random nights: whatever people do while the world fails beside them, every promise holds in the end."""

from pathlib import Path

import pytest

from tests.random_people.driver import LIKELY
from tests.random_people.nights import night
from tests.random_people.steps import night as steps_of

LENGTH = 60


@pytest.mark.parametrize("seed", [1, 2])
async def test_every_promise_holds_whatever_people_do(seed: int, tmp_path: Path) -> None:
    outcome = await night(tmp_path, steps_of(seed, LENGTH, LIKELY))
    assert not outcome.wrong, "\n".join((*outcome.wrong, *outcome.told))
