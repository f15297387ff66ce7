"""Loops that have more to do than they get done in ten seconds, and do it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.jobs.milestones import Milestones
from bot.runtime.pulse import LONGEST, Pulse
from core.state.milestones import Reached
from storage.queues.alarm_lists import members
from storage.queues.outbox_statements import LIST
from storage.schema.tables import OutboxRow
from tests.story.desk import StoryDesk

SLOW = timedelta(seconds=4)


async def test_p13_a_delivery_that_never_rests_is_no_stopped_loop(
    desk: StoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database under load needs four seconds for each message of a crowd's: health takes no process out for it."""
    phones = [await desk.supervisor(name) for name in ("Sara Luna", "Leo Paz", "Eva Sol")]
    juan = await desk.agent("Juan Pérez")
    limits, lags = desk.app.cluster.limits, list[timedelta]()
    reserve = limits.reserve

    async def slowly(*asked: Any) -> tuple[float, bool]:
        desk.clock.advance(SLOW.total_seconds())
        lags.append(desk.app.crew.lags["delivery"])
        return await reserve(*asked)

    monkeypatch.setattr(limits, "reserve", slowly)
    await juan.says("/emergencia Robo")
    assert len(lags) * SLOW > LONGEST
    assert max(lags) <= SLOW, "the longest time without a good round"
    for phone in (juan, *phones):
        phone.reads_all()


async def test_lists_that_leave_faster_than_they_are_read_stop_no_loop(
    desk: StoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Milestones read the alarms list by list, and each takes four seconds."""
    app, lags = desk.app, list[timedelta]()
    process, pulse = Milestones(app.store, app.clock, list[Reached]().append, timedelta), Pulse(app.clock)
    for number in range(1, 6):
        values: dict[str, Any] = {"id": number, "method": LIST, "line": number}
        process.alert_taken(OutboxRow(**values))
    read = app.store.read

    async def slowly(work: Any) -> Any:
        if getattr(work, "func", None) is members:
            desk.clock.advance(SLOW.total_seconds())
            lags.append(pulse.lag)
        return await read(work)

    monkeypatch.setattr(app.store, "read", slowly)
    running = asyncio.create_task(process.run(pulse))
    await desk.until(lambda: process.idle and len(lags) >= 5, "all lists are read")
    running.cancel()
    assert len(lags) * SLOW > LONGEST
    assert max(lags) <= SLOW, "the longest time without a good round"
