"""Leaves groups that nobody linked in time, whether or not somebody still writes there."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.jobs.poster import Poster
from bot.runtime.pulse import Pulse
from bot.ui.farewell import farewell
from storage.engine.session import Session
from storage.queues import chat_migrations, rooms
from storage.queues.addressed_call import destination_at

EVERY, A_MOMENT = timedelta(minutes=1), timedelta(seconds=1)


class Guests:
    """Looks when a group's time runs out, and every minute for groups that other processes met.

    ``configured`` are the groups of the configuration.
    """

    def __init__(self, poster: Poster, configured: Callable[[], frozenset[int]]) -> None:
        self._poster = poster
        self._store = poster.store
        self._clock = poster.clock
        self._configured = configured

    async def run(self, pulse: Pulse) -> None:
        """Until cancelled."""
        never = asyncio.Event()
        while True:
            pulse.begins()
            next_look = await self.round()
            pulse.rests(next_look)
            await self._clock.wait(never, next_look)

    async def round(self) -> datetime:
        """Leave the groups whose time has run out; returns when to look again.

        Raises:
            StorageError: it can't be asked or kept; the next round does it.
        """
        next_look = self._clock.now() + EVERY
        end = await self._store.read(partial(rooms.first_end, until=next_look))
        if end is None or end > self._clock.now():
            return end or next_look
        await self._poster.write(self._leave)
        return self._clock.now() + A_MOMENT

    async def _leave(self, session: Session) -> bool:
        """Say farewell where the desk is still a guest; a group that became somebody's meanwhile keeps it."""
        now, left = self._clock.now(), False
        for chat in await rooms.overstayed(session, now):
            room = await rooms.standing(session, await chat_migrations.where_now(session, chat), self._configured())
            await rooms.set_guest(session, chat, rooms.Guest(told=not room.known))
            if not room.known:
                await self._poster.post(session, farewell(destination_at(chat), self._poster.texts))
                left = True
        return left
