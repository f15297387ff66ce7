"""P1, P2: nobody's words are swallowed because their update has a number that another one had."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.story.desk import StoryDesk


@pytest.fixture
async def telegram_settings() -> dict[str, str]:
    return {}


@pytest.fixture
async def desk(tmp_path: Path, telegram_settings: dict[str, str]) -> AsyncIterator[StoryDesk]:
    desk = StoryDesk(tmp_path, telegram=telegram_settings)
    await desk.open()
    yield desk
    await desk.end()


async def test_p1_an_emergency_with_a_number_that_began_anew_is_heard(desk: StoryDesk) -> None:
    people = [await desk.agent(name) for name in ("Ana Mora", "Beto Salas", "Eva Ríos")]
    for phone in people:
        desk.bot.updates.begin_anew(1)
        await phone.says("/emergencia Robo con arma")
        phone.sees("Alerta enviada")
    for phone in people:
        phone.reads_all()
    assert await desk.asks("SELECT count(*) FROM task WHERE kind = 'emergency'") == 3


async def test_p1_an_emergency_to_another_bot_is_heard(desk: StoryDesk, telegram_settings: dict[str, str]) -> None:
    """The desk goes on with another bot's token, which counts from the same number."""
    ana = await desk.agent("Ana Mora")
    desk.bot.updates.begin_anew(700_000_001)
    said = desk.telegram.say(ana.user, "/fuera")
    await desk.settle()
    ana.reads_all()
    await desk.close()
    telegram_settings["token"] = "7001:another"
    desk.bot = desk.telegram.add_bot("7001:another", "gad_two_bot", "GAD 2")
    desk.bot.updates.begin_anew(700_000_001)
    await desk.open()
    user = {"id": ana.user.id, "is_bot": False, "first_name": ana.name}
    chat = {"id": ana.user.id, "type": "private", "first_name": ana.name}
    # Even message and moment are the same: the bot is another.
    same = {"message_id": said.wire.message_id, "date": int(desk.clock.seconds()), "from": user, "chat": chat}
    desk.telegram.deliver({"message": {**same, "text": "/emergencia Robo"}}, desk.bot)
    await desk.settle()
    assert await desk.asks("SELECT count(*) FROM task WHERE kind = 'emergency'") == 1
    desk.bot.updates.put_again(700_000_001)
    await desk.settle()
    assert await desk.asks("SELECT count(*) FROM task WHERE kind = 'emergency'") == 1, "P2"
    ana.reads_all()
