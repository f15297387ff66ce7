"""Leaves groups that nobody linked in time, whether or not somebody still writes there."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.runtime.clock import Timepiece
from bot.runtime.pulse import Pulse
from bot.ui.farewell import farewell
from bot.ui.texts import Texts
from storage.engine.session import Session
from storage.engine.store import Store
from storage.queues import chat_migrations, outbox, rooms
from storage.queues.addressed_call import Render, destination_at

EVERY, A_MOMENT = timedelta(minutes=1), timedelta(seconds=1)


class Guests:
    """Looks when a group's time runs out, and every minute for groups that other processes met.

    ``configured`` are the groups of the configuration; ``posted`` is called when messages were put in the outbox.
    """

    def __init__(
        self,
        store: Store,
        clock: Timepiece,
        configured: frozenset[int],
        texts: Texts,
        posted: Callable[[], None],
        render: Render,
    ) -> None:
        self._store = store
        self._clock = clock
        self._configured = configured
        self._texts = texts
        self._posted = posted
        self._render = render

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
        if await self._store.write(self._leave):
            self._posted()
        return self._clock.now() + A_MOMENT

    async def _leave(self, session: Session) -> bool:
        """Say farewell where the desk is still a guest; a group that became somebody's meanwhile keeps it."""
        now, left = self._clock.now(), False
        for chat in await rooms.overstayed(session, now):
            room = await rooms.standing(session, await chat_migrations.where_now(session, chat), self._configured)
            await rooms.set_guest(session, chat, rooms.Guest(told=not room.known))
            if not room.known:
                messages = farewell(destination_at(chat), self._texts)
                await outbox.post(session, [self._render(message) for message in messages], now)
                left = True
        return left
