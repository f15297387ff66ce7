"""Steps of a random night: each is known by the seed and its number, whatever became of the steps before it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import NamedTuple

SEEDS = 2**32


class Step(NamedTuple):
    """One thing that happens: what, by which of the people (a number, taken modulo their count), with which dice."""

    number: int
    what: str
    who: int
    dice: int

    def chance(self) -> random.Random:
        """Dice of its own: a step that vanishes changes nothing of what the others throw."""
        return random.Random(self.dice)


def step(seed: int, number: int, likely: Mapping[str, int]) -> Step:
    """The step of this number; ``likely`` has the weight of each kind of thing that may happen."""
    chance = random.Random(f"{seed}:{number}")
    what = chance.choices(list(likely), list(likely.values()))[0]
    return Step(number, what, chance.randrange(SEEDS), chance.randrange(SEEDS))


def night(seed: int, length: int, likely: Mapping[str, int]) -> list[Step]:
    """All steps of a night."""
    return [step(seed, number, likely) for number in range(length)]
