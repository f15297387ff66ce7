"""Takes the steps of a night, and makes the world quiet at its end."""

from __future__ import annotations

from collections.abc import Iterable

from tests.random_people.people import ACTS, perform
from tests.random_people.steps import Step
from tests.random_people.trouble import EVENTS
from tests.random_people.ways_out import WAYS_OUT
from tests.random_people.world import World

LIKELY = {name: act.weight for name, act in ACTS.items()} | {name: event.weight for name, event in EVENTS.items()}
# As many as there are of all other events: people live through most of a night in some hardship.
LIKELY_IN_A_HARD_NIGHT = LIKELY | {"standstill": 2, "partition": 4, "strange order": 2, "restart": 2}
LIKELY_WITH_WAYS_OUT = LIKELY_IN_A_HARD_NIGHT | {name: act.weight for name, act in WAYS_OUT.items()}
EVERYTHING = ACTS | WAYS_OUT
IN_A_BURST = 0.3  # how many of the steps follow at once, before the desk has answered
QUIET = 240  # seconds: longer than any pause between two tries


async def live_through(world: World, steps: Iterable[Step]) -> list[str]:
    """Take the steps one after another; a sentence for each."""
    told = []
    for step in steps:
        told.append(f"{step.number:4} {await _take(world, step)}")
    return told


async def _take(world: World, step: Step) -> str:
    chance = step.chance()
    if step.what in world.hardships:
        return await world.hardships[step.what](chance)
    if step.what in EVENTS:
        return await EVENTS[step.what].happens(world, chance)
    done = await perform(world, EVERYTHING[step.what], world.people[step.who % len(world.people)], chance)
    if chance.random() >= IN_A_BURST:
        await world.breathe()
    return done


async def grow_quiet(world: World) -> None:
    """Nothing fails any more, everybody can be reached, and what waited has had its time."""
    world.telegram.faults.clear()
    await world.passes(QUIET)
    for person in world.people:
        world.telegram.unblock(person, world.bot)
    await world.passes(QUIET)
    await world.breathe()
