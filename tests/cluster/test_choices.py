"""Agents whom two processes choose at the same instant: nobody waits for a search, and nobody is chosen twice (P7)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from core.state.checkins import Sighting
from core.state.person import Person
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Membership
from storage.engine.locks import Lock, of_person, of_task
from storage.engine.session import Session
from storage.engine.store import Store
from storage.repositories import checkins, nearest, people
from storage.repositories.holds import HeldElsewhere

NOW = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
PARK = Place(lat=-0.18, lon=-78.48)


@pytest.fixture
async def sides(served: str) -> AsyncIterator[tuple[Store, Store]]:
    both = Store(served), Store(served)
    for store in both:
        await store.start()
    yield both
    for store in both:
        await store.stop()


async def _agents(store: Store, many: int) -> list[int]:
    """Free agents, each a little farther from the park than the one before."""
    found = []
    for number in range(many):
        place = Place(lat=PARK.lat + number / 1_000, lon=PARK.lon)
        agent = Person(
            id=0,
            account=1_000 + number,
            name=f"Nº {number}",
            membership=Membership.ACTIVE,
            availability=Availability.AVAILABLE,
            position=Position(place=place, at=NOW),
        )
        found.append((await store.write(partial(people.save, before=None, after=agent))).id)
    return found


async def _choose(session: Session, *, most: int = 3, reporter: int | None = None) -> list[int]:
    since = NOW - timedelta(minutes=10)
    found = await nearest.to_ask(session, PARK, seen_after=since, task=0, reporter=reporter, most=most)
    return [one.person.id for one in found]


async def test_p7_whoever_is_being_chosen_is_left_to_that_emergency_and_nobody_waits_for_it(
    sides: tuple[Store, Store],
) -> None:
    first, second, third, fourth, caller = await _agents(sides[0], 5)
    chosen, keep = asyncio.Event(), asyncio.Event()

    async def searches(session: Session) -> list[int]:
        found = await _choose(session, most=2, reporter=caller)
        chosen.set()
        await keep.wait()
        return found

    searching = asyncio.create_task(sides[0].write(searches))
    await chosen.wait()
    assert await sides[1].write(_choose) == [third, fourth], "nor is whoever calls for help"
    assert await sides[1].write(partial(_choose, most=1)) == [third]
    seen = Sighting(position=Position(place=PARK, at=NOW + timedelta(seconds=1)))
    await sides[1].write(partial(checkins.follow, seen=[(1_000, seen)]))
    keep.set()
    assert await searching == [first, second]
    assert await sides[1].write(_choose) == [first, second, third], "it asked nobody after all"


async def test_a_unit_that_was_overtaken_decides_anew_without_what_it_held(sides: tuple[Store, Store]) -> None:
    tries, free = 0, frozenset[Lock]()

    async def is_overtaken_once(session: Session) -> None:
        nonlocal tries, free
        tries += 1
        if tries > 1:
            free = await sides[1].write(lambda other: other.try_lock(of_task(1), of_person(7)))
            return
        await session.lock(of_task(1))
        await session.lock(of_person(7))
        raise HeldElsewhere("T-000001")

    await sides[0].write(is_overtaken_once)
    assert tries == 2
    assert free == {of_task(1), of_person(7)}
