"""python-telegram-bot's own methods behind the limits, on a loop whose time leaps instead of passing."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer
from telegram.error import Forbidden, RetryAfter
from telegram.ext import ExtBot

from bot.channel.lanes import LaneRateLimiter
from bot.channel.limits import Limits
from bot.channel.request import AiohttpRequest
from core.words import Lane

SLOT = 1 / 27
ANA, BETO = 1, 2


class LeapingSelector(selectors.DefaultSelector):
    """Waits for nobody: the time that it was to wait has passed."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += (timeout or 0.0) + 1e-6
        return super().select(0)


class LeapingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._leaping = LeapingSelector()
        super().__init__(self._leaping)

    def time(self) -> float:
        return self._leaping.now


class Chats:
    """Sends through the limiter, and what left by it: when, to whom, what."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.limiter = LaneRateLimiter(Limits(), clock=loop.time)
        self.left: list[tuple[float, int | None, str]] = []
        self.refusals: dict[int | None, list[Exception]] = {}

    def send(self, chat_id: int | None, text: str = "", *, lane: Lane | None = None) -> asyncio.Task[object]:
        async def leave(text: str) -> bool:
            self.left.append((self._loop.time(), chat_id, text))
            await asyncio.sleep(0.05)
            if refusals := self.refusals.get(chat_id):
                raise refusals.pop(0)
            return True

        async def send() -> object:
            data = {} if chat_id is None else {"chat_id": chat_id}
            return await self.limiter.process_request(leave, (text,), {}, "sendMessage", data, lane)

        return self._loop.create_task(send())

    def times(self, chat_id: int | None) -> list[float]:
        return [at for at, chat, _ in self.left if chat == chat_id]

    def texts(self, chat_id: int) -> list[str]:
        return [text for _, chat, text in self.left if chat == chat_id]


def leaping(story: Callable[[Chats], Coroutine[None, None, None]]) -> Callable[[], None]:
    """A test that tells its story on a leaping loop."""

    def test() -> None:
        with asyncio.Runner(loop_factory=LeapingLoop) as runner:
            runner.run(story(Chats(runner.get_loop())))

    test.__name__ = story.__name__
    return test


@leaping
async def test_p5_an_emergency_behind_900_routine_messages_leaves_in_the_next_slot(chats: Chats) -> None:
    routine = [chats.send(1000 + number) for number in range(900)]
    await asyncio.sleep(5)

    came = asyncio.get_running_loop().time()
    await chats.send(ANA, lane=Lane.EMERGENCY)

    assert chats.times(ANA)[0] - came <= SLOT
    await asyncio.gather(*routine)
    starts = [at for at, _, _ in chats.left]
    assert max(sum(at <= other < at + 1 for other in starts) for at in starts) <= 28


@leaping
async def test_p5_lanes_leave_in_their_order(chats: Chats) -> None:
    for number in range(10):
        chats.send(100 + number)
    await asyncio.gather(*(chats.send(lane, lane=lane) for lane in reversed(Lane)))

    assert [chat for _, chat, _ in chats.left if chat in tuple(Lane)] == [Lane.EMERGENCY, Lane.ACTION, Lane.ROUTINE]


@leaping
async def test_p6_one_chats_64_messages_keep_their_order_and_hold_up_no_other(chats: Chats) -> None:
    many = [chats.send(ANA, str(number)) for number in range(64)]
    await asyncio.sleep(1)

    came = asyncio.get_running_loop().time()
    await chats.send(BETO)

    assert chats.times(BETO)[0] - came <= 2 * SLOT
    await asyncio.gather(*many)
    assert chats.texts(ANA) == [str(number) for number in range(64)]


@leaping
async def test_p6_a_429_holds_its_chat_as_long_as_it_says_and_no_other(chats: Chats) -> None:
    chats.refusals[ANA] = [RetryAfter(timedelta(seconds=9))]
    all_of_them = [chats.send(ANA, text) for text in ("1", "2", "3", "4", "5")]
    await asyncio.sleep(0.5)
    came = asyncio.get_running_loop().time()
    await chats.send(BETO)

    assert chats.times(BETO)[0] - came <= SLOT
    await asyncio.gather(*all_of_them)
    assert [at >= 9 for at in chats.times(ANA)] == [False] * 2 + [True] * 4
    assert chats.texts(ANA) == ["1", "2", "1", "3", "4", "5"], "the refused one keeps its place"


@leaping
async def test_a_429_that_asks_for_more_patience_than_there_is_and_any_other_error_are_the_callers(
    chats: Chats,
) -> None:
    chats.refusals[ANA] = [RetryAfter(timedelta(hours=1)), Forbidden("blocked")]

    with pytest.raises(RetryAfter):
        await chats.send(ANA)
    with pytest.raises(Forbidden):
        await chats.send(ANA)
    assert len(chats.left) == 2


@leaping
async def test_who_gave_up_waiting_takes_nobodys_place(chats: Chats) -> None:
    waiting = [chats.send(100 + number) for number in range(50)]
    await asyncio.sleep(0.5)
    came = asyncio.get_running_loop().time()
    for task in waiting:
        task.cancel()
    await chats.send(ANA)

    assert chats.times(ANA)[0] - came <= SLOT
    assert len(chats.left) < 20


@leaping
async def test_what_has_no_chat_is_not_limited(chats: Chats) -> None:
    await asyncio.gather(*(chats.send(None) for _ in range(500)))

    assert chats.left[-1][0] < 0.1


async def test_the_lane_comes_with_python_telegram_bots_own_methods() -> None:
    lanes: list[Lane] = []

    class Noted(Limits):
        def start(self, chat_id: int, lane: Lane, now: float) -> None:
            lanes.append(lane)
            super().start(chat_id, lane, now)

    async def take(request: web.BaseRequest) -> web.Response:
        return web.json_response({"ok": True, "result": True})

    async with RawTestServer(take) as server, AiohttpRequest() as request:
        limiter = LaneRateLimiter(Noted())
        bot = ExtBot("1:TOKEN", base_url=f"{server.make_url('/bot')}", request=request, rate_limiter=limiter)
        await bot.delete_message(ANA, 7, rate_limit_args=Lane.EMERGENCY)
        await bot.delete_message(ANA, 7)
        await bot.answer_callback_query("nobody's chat")

    assert lanes == [Lane.EMERGENCY, Lane.ROUTINE]
