"""One answer for all who ask at the same time."""

import asyncio

from metrics.shared_answer import SharedAnswer


class Counted:
    """A question whose answers are numbers; each waits until it is let go."""

    def __init__(self) -> None:
        self.asked = 0
        self.go = asyncio.Event()

    async def __call__(self) -> int:
        self.asked += 1
        number = self.asked
        await self.go.wait()
        return number


async def turns() -> None:
    """Let everything that is ready run."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_those_who_ask_at_the_same_time_share_one_answer_and_the_next_one_gets_another() -> None:
    question = Counted()
    answer = SharedAnswer(question)
    first = [asyncio.create_task(answer.get()) for _ in range(50)]
    await turns()
    later = [asyncio.create_task(answer.get()) for _ in range(50)]
    await turns()
    question.go.set()
    assert await asyncio.gather(*first, *later) == [1] * 100
    assert await answer.get() == 2


async def test_one_who_goes_away_takes_nobody_s_answer_along() -> None:
    question = Counted()
    answer = SharedAnswer(question)
    gone, stays = asyncio.create_task(answer.get()), asyncio.create_task(answer.get())
    await turns()
    gone.cancel()
    question.go.set()
    assert await stays == 1


async def test_a_failure_is_told_to_those_who_waited_for_it_alone() -> None:
    files = ["gone"]

    async def question() -> int:
        if files:
            raise OSError(files.pop())
        return 7

    answer = SharedAnswer(question)
    both = await asyncio.gather(answer.get(), answer.get(), return_exceptions=True)
    assert [type(each) for each in both] == [OSError, OSError]
    assert await answer.get() == 7
