"""Sleeps until the next thing is due and lets the desk act on it (P8); the due times are in the database."""

import asyncio
import logging
from datetime import datetime, timedelta
from functools import partial

from msgspec.structs import replace

from bot.runtime.backlog import Backlog
from bot.runtime.clock import Timepiece
from bot.runtime.pulse import Pulse
from bot.runtime.reasons import failure
from core.desk.desk import Desk
from storage.engine.ahead import KEPT, ahead
from storage.engine.session import Session
from storage.engine.store import StorageError, Store
from storage.queues import inbox, timers
from storage.repositories import set_back

log = logging.getLogger(__name__)

BATCH = 100
# Of several processes' due times as many go on at once, where one takes longer than so many seconds.
AT_ONCE, LONG = KEPT, 0.25
A_MOMENT = timedelta(milliseconds=50)
PUT_OFF = timedelta(seconds=30)
# Less than this every machine's time keeping does, and several processes differ by.
JUMPED = timedelta(seconds=5)


class Timekeeper:
    """One for each process; each due time fires in the transaction that takes it off the list, so once in all.

    ``bell`` says that there may be an earlier due time; ``idle`` that it sleeps.
    """

    def __init__(self, store: Store, desk: Desk, clock: Timepiece, backlog: Backlog | None = None) -> None:
        self._store = store
        self._desk = desk
        self._clock = clock
        self.bell = backlog.bell if backlog is not None else asyncio.Event()
        self._backlog = backlog
        self.idle = True
        self._failed_at: datetime | None = None
        self._set_back: timedelta | None = None  # as much of it as was answered; None: not asked yet whether it was
        clock.rings_when_set_back(self.bell)

    async def run(self, pulse: Pulse) -> None:
        """Fire what is due, wait, and again, until cancelled."""
        while True:
            pulse.begins()
            self.idle = False
            try:
                next_look = await self._fire(pulse)
            finally:
                self.idle = True
            if self._failed_at is None or self._clock.now() > self._failed_at + PUT_OFF:
                pulse.rests(next_look)
            await self._clock.wait(self.bell, next_look)

    async def _bring_forward(self) -> None:
        """Bring what a clock that was ahead wrote to the right one, before anything is judged by it (P13)."""
        now, back = self._clock.now(), self._clock.set_back
        if self._set_back is None:
            written = await self._store.read(set_back.last_written)
            by = written - now if written is not None else timedelta(0)
        else:
            by = back - self._set_back
        if by > JUMPED:
            self._failed_at = None
            seen = self._set_back is not None
            if seen and self._store.shared:
                seen = await self._store.write(partial(set_back.first, now=now))
            moved = await set_back.bring_forward(self._store, self._desk.rules, now, by, seen=seen)
            log.warning("the clock was set back by %.0f s; %d due times come nearer", by.total_seconds(), moved)
        self._set_back = back

    async def _fire(self, pulse: Pulse) -> datetime | None:
        """Fire all that is due; when to look again."""
        await self._bring_forward()
        if (held := await self._held()) is not None:
            return held
        with ahead():
            if self._store.shared:
                await self._fire_side_by_side(pulse)
            else:
                await self._fire_in_turn(pulse)
            due = await self._store.read(timers.next_due)
        now = self._clock.now()
        # A timer that is due and was not fired is about a task that somebody is changing at this moment.
        return now + A_MOMENT if due is not None and due <= now else due

    async def _fire_in_turn(self, pulse: Pulse) -> None:
        while fired := await self._fire_some(BATCH, pulse):
            if fired < BATCH:
                break
            # However much is due, it is acted on: only one that doesn't end is ill.
            pulse.begins()

    async def _fire_side_by_side(self, pulse: Pulse) -> None:
        """Fire one after the other, each in a transaction of its own, which then holds one task and no more.

        Beside one that takes long the next ones go on.
        """
        under_way: set[asyncio.Task[int]] = set()
        try:
            while True:
                if len(under_way) < AT_ONCE:
                    under_way.add(asyncio.create_task(self._fire_some(1, pulse)))
                done, under_way = await asyncio.wait(under_way, timeout=LONG, return_when=asyncio.FIRST_COMPLETED)
                if sum(task.result() for task in done):
                    pulse.begins()
                elif not under_way:
                    return
                elif done:
                    await asyncio.wait(under_way, timeout=LONG, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    async def _held(self) -> datetime | None:
        """When to look again while an answer that was sent in time may still have to be read or handled."""
        backlog = self._backlog
        until = backlog.holds_until if backlog is not None else None
        if backlog is None or until is None:
            return None
        if backlog.read_at is None:
            return until
        if await self._store.read(partial(inbox.unfinished, before=backlog.read_at)):
            return min(until, self._clock.now() + A_MOMENT)
        backlog.let_go()
        return None

    async def _fire_some(self, batch: int, pulse: Pulse) -> int:
        """Fire the due timers, return how many; one that fails is found, put off and tried again (P4).

        It is logged once, and the loop has no good round while one fails.
        """
        try:
            return await self._desk.fire_due(limit=batch)
        except StorageError:
            raise
        except Exception:
            log.debug("something due failed; each is tried by itself", exc_info=True)
        with ahead(goes=False):
            return await self._fire_first(pulse)

    async def _fire_first(self, pulse: Pulse) -> int:
        try:
            return await self._desk.fire_due(limit=1)
        except StorageError:
            raise
        except Exception as error:
            if pulse.why is None:
                log.exception("a due time can't be acted on, and is tried again every %.0f s", PUT_OFF.total_seconds())
            pulse.fails(failure(error))
            put_off = await self._store.write(partial(_put_off_first, self._clock.now()))
            self._failed_at = self._clock.now()
            return put_off


async def _put_off_first(now: datetime, session: Session) -> int:
    first = await timers.take_due(session, now, 1)
    await timers.set_timers(session, [replace(timer, due_at=now + PUT_OFF) for timer in first])
    return len(first)
