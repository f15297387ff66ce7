"""A world with a bot, Juan and Ana who have both pressed Start, served over real HTTP; its clock moves only by hand."""

from collections.abc import AsyncIterator

import pytest
import telegram as ptb

from emulator import Bot, Person, Server, Telegram, serve
from tests.emulator.by_hand import TOKEN, Clock, client


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> Telegram:
    """Without flood control: a test that is about it turns it on."""
    world = Telegram(now=clock)
    world.flood.enabled = False
    return world


@pytest.fixture
def bot(world: Telegram) -> Bot:
    return world.add_bot(TOKEN, "gad_bot", "GAD")


@pytest.fixture
def juan(world: Telegram, bot: Bot) -> Person:
    return _arrived(world, "Juan Pérez", "juan")


@pytest.fixture
def ana(world: Telegram, bot: Bot) -> Person:
    return _arrived(world, "Ana Mora", "ana")


@pytest.fixture
async def server(world: Telegram) -> AsyncIterator[Server]:
    server = await serve(world)
    yield server
    await server.stop()


@pytest.fixture
async def api(server: Server, bot: Bot) -> AsyncIterator[ptb.Bot]:
    """The server as python-telegram-bot sees it."""
    async with client(server) as api:
        yield api


def _arrived(world: Telegram, name: str, username: str) -> Person:
    person = world.add_person(name, username=username)
    world.say(person, "/start")
    world.first_bot().updates.clear()
    return person
