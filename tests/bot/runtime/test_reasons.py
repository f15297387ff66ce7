"""Why something failed, in words: no class of an error is named by any way on which people come to read it."""

import asyncio
import errno
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp import ClientPayloadError, ServerDisconnectedError
from redis.exceptions import ReadOnlyError, ResponseError
from telegram.error import TelegramError

from bot.jobs.calendar import Calendar
from bot.runtime.conditions import Conditions
from bot.runtime.outage import Outage
from bot.runtime.pulse import Pulse
from bot.runtime.reasons import OWN_FAULT, failure
from bot.runtime.supervisor import Crew
from bot.transport.answers import Broken, NotSent, Unknown, no_answer
from metrics.health import Health, PartHealth
from storage.engine.errors import StorageError
from tests.story.clock import MovedClock

CLASS = re.compile(r"\w*(?:Error|Exception|Oddity|Refused|NotSent|Unknown|Disconnected)\b")


class Oddity(Exception):
    """An error that nobody has words for."""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Oddity("half of it"), f"{OWN_FAULT} (half of it)"),
        (Oddity("(sqlite3.IntegrityError) not unique"), f"{OWN_FAULT} ((an error) not unique)"),
        (Oddity(), OWN_FAULT),
        (KeyError("x"), f"{OWN_FAULT} ('x')"),
        (StorageError("storage: the disk is full"), "storage: the disk is full"),
        (ServerDisconnectedError(), "the connection is cut"),
        (ReadOnlyError("You can't write"), "the server is a replica and takes no writes"),
        (ResponseError("MISCONF Redis is configured to save"), "the server can't write to its disk"),
        (ResponseError("WRONGTYPE Operation against a key"), "the server refuses it"),
        (ClientPayloadError("half"), "the answer is cut off"),
        (ConnectionResetError(), "the connection is cut"),
        (ConnectionRefusedError(), "the connection is refused"),
        (OSError(errno.EMFILE, "Too many open files"), "the process has no file left to open"),
        (TimeoutError(), "no answer in time"),
        (ExceptionGroup("two", [Oddity(), TimeoutError()]), "no answer in time"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_each_failure_is_said_in_words(error: Exception, words: str) -> None:
    assert failure(error) == words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NotSent("the connection is refused"), "no connection (the connection is refused)"),
        (Unknown("no answer in time"), "no answer (no answer in time)"),
        (Broken("502, and it is not Telegram's"), "502, and it is not Telegram's"),
        (TelegramError("Unauthorized"), "Unauthorized"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_no_answer_of_telegrams_is_said_in_words(error: TelegramError, words: str) -> None:
    assert no_answer(error) == words


async def fails(*_: object) -> None:
    raise Oddity("so")


async def of_a_loop(crew: Crew) -> Pulse:
    crew.start("loop", fails)
    return crew._pulses["loop"]


async def of_a_job(crew: Crew) -> Pulse:
    calendar = Calendar(MovedClock(), crew)
    calendar.add("job", fails, timedelta(hours=1))
    await calendar._scheduler.get_job("job").func()
    return crew._pulses["job"]


@pytest.mark.parametrize("way", [of_a_loop, of_a_job], ids=["a loop", "a job of the calendar"])
async def test_what_stands_still_is_said_in_words(way: Callable[[Crew], Awaitable[Pulse]]) -> None:
    clock = MovedClock()
    crew = Crew(clock, Conditions(clock), Outage(clock))
    pulse = await way(crew)
    for _ in range(5):
        await asyncio.sleep(0)
    await crew.stop()
    assert pulse.why == f"{OWN_FAULT} (so)"


async def test_a_part_that_can_not_be_asked_is_said_in_words() -> None:
    async def asked() -> PartHealth:
        raise Oddity("so")

    report = await Health({"storage": asked}).report()
    assert not CLASS.search(report.parts["storage"].detail)
