"""Out of many steps the few that fail are found, whichever they are."""

import pytest

from tests.random_people.shrink import shrink


@pytest.mark.parametrize("guilty", [{3}, {0, 99}, {10, 11, 60}, set(range(0, 100, 9))])
async def test_the_guilty_steps_alone_are_left(guilty: set[int]) -> None:
    async def fails(steps: list[int]) -> bool:
        return guilty <= set(steps)

    assert await shrink(range(100), fails, most=1_000) == sorted(guilty)


async def test_after_so_many_tries_what_is_left_fails_still() -> None:
    tries = []

    async def fails(steps: list[int]) -> bool:
        tries.append(steps)
        return {1, 50, 98} <= set(steps)

    left = await shrink(range(100), fails, most=7)
    assert len(tries) == 7
    assert {1, 50, 98} <= set(left)
