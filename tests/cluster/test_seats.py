"""Two processes with the last seats of one emergency (P12)."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from core.rules.permissions import caller_of
from core.vocabulary import commands as c
from core.vocabulary.words import Role
from tests.cluster.test_side_by_side import NOW, PARK, Clock, Side
from tests.support.desks.disk import asks
from tests.support.outcomes import refusal_of


@pytest.fixture
async def sides(served: str) -> AsyncIterator[list[Side]]:
    clock = Clock()
    both = [Side(served, clock) for _ in range(2)]
    for side in both:
        await side.store.start()
    yield both
    for side in both:
        await side.store.stop()


async def test_p12_at_the_same_instant_no_seat_is_had_twice_and_who_comes_late_is_in_reserve(
    sides: list[Side], served: str
) -> None:
    agents = [await sides[0].member(number) for number in range(4)]
    reporter = await sides[0].member(100, Role.SUPERVISOR)
    opening = c.OpenEmergency(title="Incendio", sent_at=NOW, place=PARK, seats=2)
    opened = await sides[0].desk.execute(opening, caller=caller_of(reporter))
    assert opened.task is not None
    yes = c.Accept(task=opened.task.id, seen=opened.task.version)
    answers = (sides[n % 2].desk.execute(yes, caller=caller_of(agent)) for n, agent in enumerate(agents))
    assert all(refusal_of(answer) is None for answer in await asyncio.gather(*answers))
    parts = await asks(served, "SELECT state, reserve, count(*) FROM assignment GROUP BY 1, 2 ORDER BY 1, 2")
    assert parts == [("accepted", 0, 2), ("released", 1, 2)]
    assert await asks(served, "SELECT count(*) FROM person WHERE hold IS NOT NULL") == [(2,)]
