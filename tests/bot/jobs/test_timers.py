"""The loop that lets the desk act on what is due: what fails holds nobody else up (P4, P8)."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.jobs.timers import AT_ONCE, PUT_OFF, Timekeeper
from bot.notifications.composer import Composer
from bot.runtime.pulse import Pulse
from bot.transport.rendering import render
from core.desk.desk import Desk
from core.desk.ports import OutgoingMessage
from core.notifications.notifications import Notification, TaskContext
from core.rules.permissions import Caller
from core.rules.situation import Rules
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.words import Lane
from storage.audit import record
from storage.engine.session import Session
from storage.engine.store import Store
from storage.queues import outbox
from storage.repositories.unit_of_work import StoreUnitOfWork
from storage.schema.tables import OutboxRow
from tests.bot.ui.people import ES
from tests.story.clock import MovedClock
from tests.support.databases import fresh

PROGRAM = Caller(via="api")
POISON = "Veneno"


class Poisoned(Composer):
    """Has no words for one task's climbs, until it is ``mended``."""

    mended = False

    def task(self, notification: Notification, file: TaskContext, now: datetime) -> OutgoingMessage | None:
        escalates = isinstance(notification.event, e.Escalated) and now > file.task.opened_at
        if file.task.title == POISON and escalates and not self.mended:
            raise KeyError("no such message")
        return super().task(notification, file, now)


async def _taken(now: datetime, session: Session) -> list[OutboxRow]:
    return [row for lane in Lane for row in await outbox.take(session, lane, now, timedelta(minutes=1), 100)]


async def _sent(row: OutboxRow, now: datetime, session: Session) -> bool:
    return await outbox.sent(session, row, now, now)


class Night:
    """A desk with its timekeeper at work, on a clock that is moved."""

    def __init__(self, store: Store) -> None:
        self.clock = MovedClock()
        self.composer = Poisoned(ES)
        self.store = store
        self.desk = Desk(
            units=StoreUnitOfWork(store, render), clock=self.clock, composer=self.composer, rules=Rules(), group=-100
        )
        self.keeper = Timekeeper(store, self.desk, self.clock)

    async def all_leaves(self) -> None:
        """Telegram takes every message that waits: a broadcast does not begin anew before."""
        now = self.clock.now()
        while rows := await self.store.write(partial(_taken, now)):
            for row in rows:
                await self.store.write(partial(_sent, row, now))

    async def calls(self, title: str) -> Task:
        opening = c.OpenEmergency(title=title, sent_at=self.clock.now())
        task = (await self.desk.execute(opening, caller=PROGRAM)).task
        assert task is not None
        self.keeper.bell.set()
        return task

    async def passes(self, seconds: float) -> None:
        """Until whatever is due was done."""
        self.clock.advance(seconds)
        for _ in range(20):
            await asyncio.sleep(0.005)
            while not self.keeper.idle:  # noqa: ASYNC110 - it sets no event
                await asyncio.sleep(0.005)
            self.clock.advance(0.05)

    async def escalates(self, task: Task) -> int:
        history = await self.store.read(lambda session: record.of_task(session, task.id))
        return sum(isinstance(one.event, e.Escalated) for one in history)


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[Night]:
    store = Store(fresh(tmp_path))
    await store.start()
    night = Night(store)
    keeping = asyncio.create_task(night.keeper.run(Pulse(night.clock)))
    yield night
    keeping.cancel()
    with suppress(asyncio.CancelledError):
        await keeping
    await store.stop()


class Held(Desk):
    """Its due times take as long as somebody holds what they need; ``most``: so many were acted on at once."""

    now, most = 0, 0
    free = asyncio.Event()

    async def fire_due(self, *, limit: int = 100) -> int:
        self.now += 1
        self.most = max(self.most, self.now)
        await self.free.wait()
        self.now -= 1
        return 0


async def test_p11_due_times_that_are_held_up_are_waited_for_by_a_few_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it lasts: each holds a connection."""
    monkeypatch.setattr("bot.jobs.timers.LONG", 0.01)
    clock, store = MovedClock(), Store(fresh(tmp_path))
    await store.start()
    store.shared = True  # as where other processes work on it too
    held = Held(units=StoreUnitOfWork(store, render), clock=clock, composer=Composer(ES), rules=Rules(), group=-100)
    held.free = asyncio.Event()
    keeping = asyncio.create_task(Timekeeper(store, held, clock).run(Pulse(clock)))
    await asyncio.sleep(0.02 * (AT_ONCE + 4))
    assert held.most == AT_ONCE
    held.free.set()
    keeping.cancel()
    with suppress(asyncio.CancelledError):
        await keeping
    await store.stop()


async def test_p4_one_that_fails_holds_no_other_up_and_is_tried_until_it_works(
    night: Night, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    poison = await night.calls(POISON)
    others = [await night.calls(f"Robo {number}") for number in range(3)]
    await night.all_leaves()
    await night.passes(120)
    assert [await night.escalates(task) for task in others] == [2, 2, 2]
    assert await night.escalates(poison) == 1
    night.composer.mended = True
    await night.passes(PUT_OFF.total_seconds())
    assert await night.escalates(poison) == 2
