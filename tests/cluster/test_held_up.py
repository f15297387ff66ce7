"""Somebody else's transaction holds what is wanted: whoever comes by goes on, and comes back to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial

import pytest

from bot.jobs.timers import Timekeeper
from bot.runtime.pulse import Pulse
from core.desk.fire_due import PUT_OFF
from core.desk.search_on import AGAIN
from core.rules.permissions import caller_of
from core.rules.situation import Rules
from core.rules.timers import Timer, TimerKind
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.words import Lane, Role
from storage.engine import postgresql
from storage.engine.ahead import ahead
from storage.engine.locks import Lock, of_person, of_task
from storage.engine.session import Session
from storage.queues import outbox, timers
from storage.schema.instants import to_ms
from storage.schema.tables import OutboxRow
from tests.cluster.test_side_by_side import NOW, PARK, Clock, Side
from tests.story.clock import MovedClock
from tests.support.desks.disk import asks

UP = to_ms(NOW + Rules().offer_timeout)
LET_RUN = "SELECT agent FROM assignment WHERE state = 'expired'"


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
async def _holding(side: Side, *held: Lock) -> AsyncIterator[None]:
    """Somebody's transaction holds these meanwhile."""
    begun, let_go = asyncio.Event(), asyncio.Event()

    async def hold(session: Session) -> None:
        assert await session.try_lock(*held) == {*held}
        begun.set()
        await let_go.wait()

    holding = asyncio.create_task(side.store.write(hold))
    await begun.wait()
    try:
        yield
    finally:
        let_go.set()
        await holding


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
    async with _holding(sides[1], of_task(waits[1])):
        await sides[0].desk.execute(c.Decline(task=waits[0]), caller=caller_of(ana))
        clock.moment += AGAIN
        assert [await side.desk.fire_due(limit=1) for side in sides] == [1, 0], "passed over once more"
        assert await asks(served, asked) == []
    clock.moment += AGAIN
    await sides[1].desk.fire_due(limit=1)
    assert await asks(served, asked) == [(waits[1],)]


async def _asked_one_each(side: Side, many: int) -> list[Person]:
    """Agents, each of whom was asked by an emergency of their own, by a message that has left."""
    agents = []
    for number in range(many):
        agents.append(await side.member(number))
        reporter = await side.member(100 + number, Role.SUPERVISOR)
        command = c.OpenEmergency(title=f"Herido {number}", sent_at=NOW, place=PARK)
        await side.desk.execute(command, caller=caller_of(reporter))
    while rows := [row for lane in Lane for row in await side.store.write(partial(_takes, lane))]:
        for row in rows:
            await side.store.write(partial(outbox.sent, row=row, now=NOW, next_not_before=NOW))
    return agents


async def _takes(lane: Lane, session: Session) -> list[OutboxRow]:
    return await outbox.take(session, lane, NOW, timedelta(seconds=30), 100)


async def _waiting(served: str) -> set[int]:
    """Agents whose first offer is still due."""
    due = f"SELECT person FROM timer WHERE kind = 'offer' AND due_at <= {UP}"  # noqa: S608
    return {agent for (agent,) in await asks(served, due)}


async def test_p8_what_is_due_and_held_up_is_put_off_and_the_others_are_done(
    sides: list[Side], clock: Clock, served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "_SOON", "SET LOCAL lock_timeout = '20ms'")
    monkeypatch.setattr(postgresql, "SOON", 0.02)
    here, there = sides
    agents = {agent.id for agent in await _asked_one_each(here, 6)}
    last = max(agents)
    clock.moment += Rules().offer_timeout
    async with _holding(there, *map(of_person, sorted(agents - {last}))):
        with ahead():
            while await here.desk.fire_due(limit=1):
                pass
        assert await _waiting(served) == set(), "five are put off, and the last one has ended"
        assert await asks(served, LET_RUN) == [(last,)]
    clock.moment += PUT_OFF
    while await here.desk.fire_due(limit=1):
        pass
    assert {agent for (agent,) in await asks(served, LET_RUN)} == agents


async def test_p8_beside_one_that_is_held_up_the_others_are_done(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process stands still with an agent's lock: no emergency but theirs waits for it, not even for a second."""
    monkeypatch.setattr(postgresql, "_SOON", "SET LOCAL lock_timeout = '30s'")
    clock = MovedClock(NOW)
    here, there = Side(served, clock), Side(served, clock)
    for side in (here, there):
        await side.store.start()
    first, *_ = await _asked_one_each(here, 3)
    clock.advance(Rules().offer_timeout.total_seconds())
    async with _holding(there, of_person(first.id)):
        keeping = asyncio.create_task(Timekeeper(here.store, here.desk, clock).run(Pulse(clock)))
        async with asyncio.timeout(20):
            while await _waiting(served) != {first.id}:  # noqa: ASYNC110 - the database sets no event
                await asyncio.sleep(0.02)
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping
    for side in (here, there):
        await side.store.stop()


async def test_p8_however_much_of_what_is_due_somebody_is_changing_the_first_that_is_free_is_taken(
    sides: list[Side],
) -> None:
    here, there = sides
    due = [Timer(kind=TimerKind.FREED, person=1, unit=n, due_at=NOW, urgent=True) for n in range(90)]
    due += [Timer(kind=TimerKind.CLIMB, task=n, due_at=NOW, urgent=True) for n in range(1, 12)]
    last = Timer(kind=TimerKind.CLIMB, task=12, due_at=NOW + timedelta(milliseconds=1), urgent=True)
    routine = Timer(kind=TimerKind.REDRAW, task=13, person=2, due_at=NOW - timedelta(hours=1))
    await here.store.write(partial(timers.set_timers, timers=[routine, *due, last]))
    later = NOW + timedelta(seconds=1)
    async with _holding(there, *map(of_task, range(1, 12)), of_person(1)):
        assert await here.store.write(partial(timers.take_due, now=later, most=1)) == (last,)
        assert await here.store.write(partial(timers.take_due, now=later, most=1)) == (routine,)


async def test_what_goes_ahead_has_a_connection_while_everybody_else_waits_for_one(sides: list[Side]) -> None:
    here, there = sides
    async with _holding(there, of_person(1)):
        crowd = [asyncio.create_task(here.store.write(_asks_for_the_first)) for _ in range(40)]
        with ahead():
            async with asyncio.timeout(5):
                assert await here.store.read(timers.next_due) is None
        assert not any(task.done() for task in crowd)
    await asyncio.gather(*crowd)


async def _asks_for_the_first(session: Session) -> None:
    await session.lock(of_person(1))
