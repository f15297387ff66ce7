"""Loops that have more to do than they get done in ten seconds, and do it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.runtime.pulse import LONGEST
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
