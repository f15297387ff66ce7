"""One answer for all who wait for it."""

import asyncio
from datetime import timedelta

from metrics.next_answer import NextAnswer


class Counted:
    """A question whose answers are numbers; each waits until it is let go."""

    def __init__(self) -> None:
        self.asked = 0
        self.at_once = 0
        self.most = 0
        self.go = asyncio.Event()
        self.twice = asyncio.Event()

    async def __call__(self) -> int:
        self.asked += 1
        number = self.asked
        self.at_once += 1
        if number == 2:
            self.twice.set()
        self.most = max(self.most, self.at_once)
        await self.go.wait()
        self.at_once -= 1
        return number


async def turns() -> None:
    """Let everything that is ready run."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_those_who_ask_together_share_one_answer_and_those_who_come_later_get_a_newer_one() -> None:
    question = Counted()
    answer = NextAnswer(question)
    first = [asyncio.create_task(answer.get()) for _ in range(50)]
    await turns()
    later = [asyncio.create_task(answer.get()) for _ in range(50)]
    await turns()
    assert question.asked == 1
    question.go.set()
    assert await asyncio.gather(*first, *later) == [1] * 50 + [2] * 50
    assert question.most == 1
    assert await answer.get() == 3


async def test_one_who_goes_away_takes_nobody_s_answer_along() -> None:
    question = Counted()
    answer = NextAnswer(question)
    gone, stays = asyncio.create_task(answer.get()), asyncio.create_task(answer.get())
    await turns()
    gone.cancel()
    question.go.set()
    assert await stays == 1


async def test_an_answer_that_hangs_is_not_waited_for() -> None:
    question = Counted()
    answer = NextAnswer(question, patience=timedelta(0))
    hangs = asyncio.create_task(answer.get())
    await turns()
    waits = asyncio.create_task(answer.get())
    await question.twice.wait()
    question.go.set()
    assert await hangs == 1
    assert await waits == 2


async def test_a_failure_is_told_to_those_who_waited_for_it_alone() -> None:
    files = ["gone"]

    async def question() -> int:
        if files:
            raise OSError(files.pop())
        return 7

    answer = NextAnswer(question)
    both = await asyncio.gather(answer.get(), answer.get(), return_exceptions=True)
    assert [type(each) for each in both] == [OSError, OSError]
    assert await answer.get() == 7
