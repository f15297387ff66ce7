"""One reading for all who ask the same at the same time."""

import asyncio

import pytest

from metrics.joint_reading import JointReading


class Shelf:
    """A page that is read; each reading takes what is there when it begins, and waits until it is let go."""

    def __init__(self) -> None:
        self.there = 1
        self.readings = 0
        self.go = asyncio.Event()

    async def read(self) -> int:
        self.readings += 1
        found = self.there
        await self.go.wait()
        return found


async def turns() -> None:
    """Let everything that is ready run."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_whoever_comes_while_it_is_read_shares_the_next_reading_and_sees_what_was_changed_before() -> None:
    shelf, joint = Shelf(), JointReading[int]()
    first = asyncio.create_task(joint.get("page", shelf.read))
    await turns()
    shelf.there = 2
    later = [asyncio.create_task(joint.get("page", shelf.read)) for _ in range(50)]
    await turns()
    assert shelf.readings == 1
    shelf.go.set()
    assert await first == 1
    assert await asyncio.gather(*later) == [2] * 50
    assert shelf.readings == 2


async def test_whoever_comes_during_the_second_reading_waits_for_the_third() -> None:
    shelf, joint = Shelf(), JointReading[int]()
    first = asyncio.create_task(joint.get("page", shelf.read))
    await turns()
    second = asyncio.create_task(joint.get("page", shelf.read))
    shelf.go.set()
    await first
    shelf.go.clear()
    await turns()
    assert shelf.readings == 2
    shelf.there = 3
    third = asyncio.create_task(joint.get("page", shelf.read))
    await turns()
    shelf.go.set()
    assert [await second, await third] == [1, 3]


async def test_who_asks_something_else_does_not_wait() -> None:
    shelf, other, joint = Shelf(), Shelf(), JointReading[int]()
    other.go.set()
    waits = asyncio.create_task(joint.get("page", shelf.read))
    await turns()
    assert await joint.get("another", other.read) == 1
    shelf.go.set()
    await waits


async def test_nothing_is_kept_once_nobody_asks() -> None:
    shelf, joint = Shelf(), JointReading[int]()
    shelf.go.set()
    assert await asyncio.gather(*(joint.get("page", shelf.read) for _ in range(3))) == [1, 1, 1]
    shelf.there = 5
    assert await joint.get("page", shelf.read) == 5


async def test_one_who_goes_away_takes_nobody_s_answer_along() -> None:
    shelf, joint = Shelf(), JointReading[int]()
    first = asyncio.create_task(joint.get("page", shelf.read))
    await turns()
    gone, stays = (asyncio.create_task(joint.get("page", shelf.read)) for _ in range(2))
    await turns()
    first.cancel()
    gone.cancel()
    shelf.go.set()
    assert await stays == 1


async def test_a_failure_is_told_to_those_who_shared_it_alone() -> None:
    trouble, joint = ["gone"], JointReading[int]()

    async def read() -> int:
        await asyncio.sleep(0)
        if trouble:
            raise OSError(trouble.pop())
        return 7

    first = asyncio.create_task(joint.get("page", read))
    await asyncio.sleep(0)
    later = asyncio.create_task(joint.get("page", read))
    with pytest.raises(OSError, match="gone"):
        await first
    assert await later == 7
