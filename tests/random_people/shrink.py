"""Few steps that still fail, out of many (delta debugging)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


async def shrink(steps: Sequence[T], fails: Callable[[list[T]], Awaitable[bool]], *, most: int = 100) -> list[T]:
    """The steps without those that can be left out, after at most so many tries.

    ``fails`` says whether these steps alone fail still. Ever smaller pieces are left out, until no single step can be.
    """
    left, size = list(steps), max(1, len(steps) // 2)
    while most > 0:
        for begin in range(0, len(left), size):
            rest = left[:begin] + left[begin + size :]
            most -= 1
            if most < 0 or (rest and await fails(rest)):
                break
        else:
            if size == 1:
                return left
            size = max(1, size // 2)
            continue
        if most < 0:
            break
        left = rest
        size = min(size, max(1, len(left) // 2))
    return left
