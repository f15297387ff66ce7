"""Calm after the last action: within half a minute nothing waits, whatever the night has been."""

from __future__ import annotations

import asyncio
import time

from emulator import Impossible, Person
from emulator.callbacks import CallbackQuery
from tests.chaos.site import Site
from tests.random_people.plugs import Plugs
from tests.random_people.world import World

WITHIN = 30.0  # seconds
LATE_MS = 3_000  # of a due time: a younger one may be acting
_WAITS = """
    SELECT 'updates not handled', count(*) FROM inbox WHERE state < 3 HAVING count(*) > 0 UNION ALL
    SELECT 'due times overdue', count(*) FROM timer
    WHERE due_at < extract(epoch FROM clock_timestamp()) * 1000 - {late} HAVING count(*) > 0
"""
_DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


async def grow_calm(site: Site, world: World, plugs: Plugs) -> list[str]:
    """Everybody presses once more, and nobody acts from then on; what waits still when the time is over."""
    await plugs.replace()
    pressed = [query for person in world.people if (query := _presses(world, person)) is not None]
    end = time.monotonic() + WITHIN
    while waits := await _waiting(site, pressed):
        if time.monotonic() > end:
            return waits
        await asyncio.sleep(0.5)
    return []


async def deadlocks(site: Site) -> list[str]:
    """The deadlocks of the night, as the server counted them."""
    ((number,),) = await site.asks(_DEADLOCKS)
    return [f"{number} in one night"] if number else []


def _presses(world: World, person: Person) -> CallbackQuery | None:
    """Press the first button of the last message that has one, where no client forbids it."""
    try:
        message = world.recent(world.chats(person)[0])[-1]
        return world.telegram.press_button(person, message, message.keyboard[0][0])
    except (Impossible, LookupError):
        return None


async def _waiting(site: Site, pressed: list[CallbackQuery]) -> list[str]:
    unanswered = sum(query.answered is None for query in pressed)
    found = [f"{number} {what}" for what, number in await site.asks(_WAITS.format(late=LATE_MS))]
    found += [f"{unanswered} presses not answered"] if unanswered else []
    return found + ([f"{site.unconfirmed} updates not taken"] if site.unconfirmed else [])
