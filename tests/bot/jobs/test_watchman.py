"""Due times that passed while the desk was closed have their turn before anybody is told that they waited."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.jobs.timers import Timekeeper
from bot.jobs.watchman import EVERY
from bot.runtime.backlog import TURN
from bot.runtime.conditions import Condition
from core.queries.emergency_waits import WaitingFor
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)
HOUR = 3600


def read_all(*phones: Phone) -> None:
    for phone in phones:
        phone.reads_all()


async def closed_for_an_hour(folder: Path) -> StoryDesk:
    """An emergency is open, and the desk has been away for an hour; it is open again, and nothing has had its turn."""
    desk = StoryDesk(folder)
    await desk.open()
    sara, marta = await desk.supervisor("Sara Luna"), await desk.admin("Marta")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    read_all(sara, juan, marta)
    await desk.close()
    desk.clock.advance(HOUR)
    return desk


def said(desk: StoryDesk) -> bool:
    return desk.app.conditions.trouble(Condition.WAITING) is not None


async def waits(desk: StoryDesk) -> Mapping[WaitingFor, datetime]:
    return await desk.app.queries.emergency_waits()


async def test_p13_nobody_is_told_that_it_waited_while_the_desk_was_closed(tmp_path: Path) -> None:
    desk = await closed_for_an_hour(tmp_path)
    await desk.open(settled=False)
    # Something else at the border changes at that moment, as it does when a desk opens.
    desk.app.conditions.ill(Condition.GROUP, "closed")
    await desk.until(lambda: not desk.app.conditions.changed.is_set(), "the watchman has looked")
    await desk.app.watchman.emergencies()
    assert not said(desk), "its due times have not had their turn"
    await desk.settle()
    assert not said(desk)
    assert not any("espera demasiado" in str(message.text) for phone in desk.phones for message in phone.unread)
    read_all(*desk.phones)
    await desk.end()


async def test_p13_what_still_waits_when_due_times_had_their_turn_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stuck(self: Timekeeper, pulse: object) -> None:
        await asyncio.Event().wait()

    desk = await closed_for_an_hour(tmp_path)
    monkeypatch.setattr(Timekeeper, "run", stuck)
    await desk.open(settled=False)
    await desk.until(lambda: desk.app.poller.last_good is not None, "Telegram is met")
    desk.app.backlog.let_go()
    await desk.app.watchman.emergencies()
    assert not said(desk)
    assert (await waits(desk))[WaitingFor.TIMER] < desk.clock.now() - timedelta(seconds=HOUR / 2)
    desk.clock.advance(max(TURN, EVERY).total_seconds())
    await desk.app.watchman.emergencies()
    assert said(desk)
    await desk.close()
    read_all(*desk.phones)
    await desk.end()
