"""Long polling: what an offset confirms, who may poll, which kinds of updates a bot gets."""

import asyncio

import pytest
import telegram as ptb
from telegram.error import Conflict

from emulator import Bot, Person, Server, Telegram
from tests.emulator.by_hand import answer_of, client, until


def texts(updates: tuple[ptb.Update, ...]) -> list[str | None]:
    return [update.effective_message.text if update.effective_message else None for update in updates]


async def test_updates_stay_until_an_offset_confirms_them(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    for n in range(3):
        world.say(juan, f"m{n}")
    first = await api.get_updates(limit=2)
    assert texts(first) == ["m0", "m1"]
    assert texts(await api.get_updates()) == ["m0", "m1", "m2"]
    assert texts(await api.get_updates(offset=first[-1].update_id + 1)) == ["m2"]
    assert texts(await api.get_updates(offset=-1)) == ["m2"]
    assert [u.update_id for u in first] == [first[0].update_id, first[0].update_id + 1]


async def test_a_negative_offset_forgets_the_rest(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    for n in range(5):
        world.say(juan, f"m{n}")
    assert texts(await api.get_updates(offset=-2)) == ["m3", "m4"]
    assert texts(await api.get_updates()) == ["m3", "m4"]


async def test_a_long_poll_ends_when_something_comes(api: ptb.Bot, world: Telegram, bot: Bot, juan: Person) -> None:
    poll = asyncio.create_task(api.get_updates(timeout=30))
    await until(lambda: bot.updates.is_awaited)
    world.say(juan, "ya")
    assert texts(await poll) == ["ya"]


async def test_a_long_poll_ends_empty(server: Server, bot: Bot) -> None:
    assert await answer_of(server, "getUpdates", json={"timeout": 0.02}) == (200, {"ok": True, "result": []})


async def test_a_second_poller_ends_the_first_one(
    server: Server, api: ptb.Bot, world: Telegram, bot: Bot, juan: Person
) -> None:
    first = asyncio.create_task(api.get_updates(timeout=30))
    await until(lambda: bot.updates.is_awaited)
    async with client(server) as other:
        second = asyncio.create_task(other.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        world.say(juan, "para la segunda")
        assert texts(await second) == ["para la segunda"]


async def test_a_webhook_forbids_polling(api: ptb.Bot, world: Telegram, bot: Bot, juan: Person) -> None:
    poll = asyncio.create_task(api.get_updates(timeout=30))
    await until(lambda: bot.updates.is_awaited)
    await api.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(Conflict, match="terminated by setWebhook"):
        await poll
    with pytest.raises(Conflict, match="webhook is active"):
        await api.get_updates()
    await api.delete_webhook()
    await api.get_updates()


async def test_only_the_kinds_asked_for(api: ptb.Bot, world: Telegram, bot: Bot, juan: Person) -> None:
    await api.get_updates(allowed_updates=["edited_message"])
    said = world.say(juan, "no se ve")
    world.edit(juan, said, "se ve")
    world.block(juan, bot)
    [update] = await api.get_updates(allowed_updates=[])
    assert update.edited_message is not None
    world.unblock(juan, bot)
    assert len(await api.get_updates()) == 2


async def test_an_update_can_come_again(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    world.say(juan, "uno")
    [update] = await api.get_updates()
    world.say(juan, "dos")
    world.redeliver(update.update_id)
    again = await api.get_updates(offset=update.update_id + 1)
    assert texts(again) == ["uno", "dos"]
    assert again[0].update_id == update.update_id
    assert texts(await api.get_updates(offset=update.update_id + 1)) == ["dos"]
    with pytest.raises(LookupError):
        world.redeliver(999)


async def test_any_object_can_be_delivered(server: Server, world: Telegram, bot: Bot) -> None:
    world.deliver({"message": {"nothing": "of use"}})
    world.deliver({})
    world.deliver({"update_id": -7, "unheard_of": 1})
    _, answer = await answer_of(server, "getUpdates")
    assert answer["result"] == [
        {"update_id": 1, "message": {"nothing": "of use"}},
        {"update_id": 2},
        {"update_id": 3, "unheard_of": 1},
    ]
