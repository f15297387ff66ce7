"""Somebody else's transaction holds what is wanted: whoever comes by goes on, and comes back to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from core.desk.search_on import AGAIN
from core.rules.permissions import caller_of
from core.vocabulary import commands as c
from core.vocabulary.words import Role
from storage.engine.session import Session
from storage.repositories import tasks
from tests.cluster.test_side_by_side import NOW, PARK, Clock, Side
from tests.support.desks.disk import asks


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sides(served: str, clock: Clock) -> AsyncIterator[list[Side]]:
    both = [Side(served, clock) for _ in range(2)]
    for side in both:
        await side.store.start()
    yield both
    for side in both:
        await side.store.stop()


@asynccontextmanager
async def _changing(side: Side, task: int) -> AsyncIterator[None]:
    """Somebody is changing a task meanwhile."""
    begun, let_go = asyncio.Event(), asyncio.Event()

    async def change(session: Session) -> None:
        await tasks.find(session, task, to_change=True)
        begun.set()
        await let_go.wait()

    changing = asyncio.create_task(side.store.write(change))
    await begun.wait()
    try:
        yield
    finally:
        let_go.set()
        await changing


async def test_an_emergency_that_was_being_changed_when_somebody_got_free_asks_them_soon(
    sides: list[Side], clock: Clock, served: str
) -> None:
    """Passed over is not used up: it has not to wait for the next time that it looks."""
    jefa, beto, ana = [
        await sides[0].member(number, role)
        for number, role in ((1, Role.SUPERVISOR), (2, Role.SUPERVISOR), (3, Role.AGENT))
    ]
    waits = []
    for who in (jefa, beto):
        command = c.OpenEmergency(title=f"Robo {who.id}", sent_at=NOW, place=PARK)
        outcome = await sides[0].desk.execute(command, caller=caller_of(who))
        assert outcome.task is not None
        waits.append(outcome.task.id)
    asked = "SELECT task FROM assignment WHERE state = 'offered'"
    async with _changing(sides[1], waits[1]):
        await sides[0].desk.execute(c.Decline(task=waits[0]), caller=caller_of(ana))
        clock.moment += AGAIN
        assert [await side.desk.fire_due(limit=1) for side in sides] == [1, 0], "passed over once more"
        assert await asks(served, asked) == []
    clock.moment += AGAIN
    await sides[1].desk.fire_due(limit=1)
    assert await asks(served, asked) == [(waits[1],)]
