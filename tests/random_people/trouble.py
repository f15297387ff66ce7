"""Troubles between the desk and Telegram, in a table with one line for each.

Everything here is over by itself after some calls, or when the world is made quiet.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from msgspec.structs import replace

from emulator import Fault
from emulator.gateway import answer
from emulator.methods.params import read_fields
from tests.random_people.world import World

SEND, EDIT = "sendMessage", "editMessageText"
# Only what can be met without waiting for a real clock: no connection that never answers.
FAULTS: dict[str, Fault] = {
    "a server error for what is sent": Fault("status", code=502, method=SEND, times=4),
    "a server error for anything": Fault("status", code=500, times=6, chance=0.5),
    "too much for what is sent": Fault("status", code=429, retry_after=7, method=SEND, times=2),
    "too much for what is changed": Fault("status", code=429, retry_after=3, method=EDIT, times=2),
    "cut before the message": Fault("reset_before", method=SEND, times=3),
    "cut after the message": Fault("reset_after", method=SEND, times=2),
    "cut after the change": Fault("reset_after", method=EDIT, times=2),
    "a page instead of an answer": Fault("garbage", method=SEND, times=2),
    "a page instead of news": Fault("garbage", method="getUpdates", times=2),
    "news can't be fetched": Fault("status", code=502, method="getUpdates", times=3),
    "presses can't be answered": Fault("status", code=500, method="answerCallbackQuery", times=3),
    "a proxy's page for what is sent": Fault("proxy", code=403, body="<html>", method="send*", times=None, lasts=6),
    "a proxy that wants a login": Fault("proxy", code=407, body="", method="send*", times=4),
    "a proxy that leads elsewhere": Fault("proxy", code=302, body="", headers={"Location": "/login"}, times=3),
    "compressed, though nobody asked": Fault("gzip", times=5),
    "an hour's hold on pins": Fault("status", code=429, retry_after=3_600, method="sendLocation", times=2),
    "menus are refused": Fault("status", code=400, method="setMyCommands", times=3),
    "slow": Fault("slow", seconds=0.02, times=10),
}


class Event(NamedTuple):
    """How likely it is beside what people do, and what happens."""

    weight: int
    happens: Callable[[World, random.Random], Awaitable[str]]


async def strike(world: World, chance: random.Random) -> str:
    """Something goes wrong from now on."""
    name = chance.choice(list(FAULTS))
    world.telegram.faults.add(replace(FAULTS[name]))  # it counts down as it strikes
    return f"trouble begins: {name}"


async def takes_the_news(world: World, chance: random.Random) -> str:
    """Another program with the bot's token leads the updates elsewhere, or nowhere."""
    name, given = chance.choice((("setWebhook", {"url": "http://127.0.0.1:9/elsewhere"}), ("deleteWebhook", {})))
    await answer(world.telegram, world.bot.token, name, lambda method: read_fields(method, given), {})
    return f"another program calls {name}"


async def ends(world: World, chance: random.Random) -> str:
    """Everything works again."""
    world.telegram.faults.clear()
    return "trouble ends"


async def time_passes(world: World, chance: random.Random) -> str:
    """Some seconds, or up to ten minutes."""
    seconds = chance.choice((1, 2, 5, 5, 20, 46, 46, 60, 120, 300, 600))
    await world.passes(seconds)
    return f"{seconds} s pass"


async def desk_restarts(world: World, chance: random.Random) -> str:
    """It is closed, and opened again."""
    await world.restart()
    return "the desk is restarted"


EVENTS: dict[str, Event] = {
    "trouble": Event(5, strike),
    "takes the news": Event(1, takes_the_news),
    "trouble ends": Event(3, ends),
    "time": Event(24, time_passes),
    "restart": Event(1, desk_restarts),
}
