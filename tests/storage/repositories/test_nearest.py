"""The nearest free agents are the nearest, wherever on the earth, against looking at everybody."""

import tempfile
from datetime import UTC, datetime, timedelta
from math import isclose
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.rules.situation import Candidate
from core.state.checkins import Sighting
from core.state.person import Person
from core.state.task import Assignment, Task
from core.vocabulary.places import Place, Position, distance
from core.vocabulary.words import AssignmentState, Availability, Kind, Membership, Priority, Role, TaskState, TaskType
from storage.engine.session import Session
from storage.repositories import nearest, people, tasks
from storage.schema.spatial_index import cell_of, ranges
from tests.support.databases import Direct

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
RECENT, OLD = NOON - timedelta(minutes=5), NOON - timedelta(hours=5)
CUTOFF = NOON - timedelta(minutes=10)
TASK = 7

latitudes = st.floats(-90, 90) | st.sampled_from([90.0, -90.0, 0.0, 89.9999])
longitudes = st.floats(-180, 180) | st.sampled_from([180.0, -180.0, 179.9999, 0.0])
anywhere = st.builds(Place, latitudes, longitudes)
# Crowds, in which boxes must grow step by step, and the corners of the map, where they wrap around.
crowded = st.builds(
    lambda lat, lon, dlat, dlon: Place(max(-90.0, min(90.0, lat + dlat)), (lon + dlon + 180) % 360 - 180),
    st.sampled_from([-2.19, 89.99, -89.99, 60.0]),
    st.sampled_from([-79.88, 179.99, -180.0]),
    st.floats(-0.02, 0.02),
    st.floats(-0.02, 0.02),
)
places = anywhere | crowded


def agent(number: int, place: Place | None, at: datetime = RECENT, **fields: object) -> Person:
    given = {
        "role": Role.AGENT,
        "membership": Membership.ACTIVE,
        "availability": Availability.AVAILABLE,
        "position": Position(place=place, at=at) if place else None,
        **fields,
    }
    return Person(id=0, account=number, name=f"Agente {number}", **given)  # type: ignore[arg-type]


def settle(direct: Direct, persons: list[Person]) -> None:
    async def unit(session: Session) -> None:
        for person in persons:
            await people.save(session, None, person)

    direct.run(unit)


def ask(direct: Direct, place: Place | None, most: int = 3, *, reporter: int | None = None) -> tuple[Candidate, ...]:
    return direct.run(
        lambda session: nearest.free_agents(session, place, seen_after=CUTOFF, task=TASK, reporter=reporter, most=most)
    )


def has_been_asked(direct: Direct, agent_id: int) -> None:
    """This agent said no to the task."""
    no = Assignment(agent=agent_id, state=AssignmentState.DECLINED, since=RECENT)
    task = Task(
        id=TASK,
        kind=Kind.EMERGENCY,
        type=TaskType.INTERVENTION,
        priority=Priority.CRITICAL,
        title="Robo",
        state=TaskState.SCHEDULED,
        version=3,
        opened_at=RECENT,
        sent_at=RECENT,
        assignments=(no,),
    )
    direct.run(lambda session: tasks.save(session, None, task))


def names(found: tuple[Candidate, ...]) -> list[str]:
    return [candidate.person.name for candidate in found]


@settings(max_examples=60, deadline=None)
@given(st.lists(places, min_size=nearest.FEW + 1, max_size=120), places, st.integers(1, 6))
@example([Place(0.002, 0.002)] * 3 + [Place(0.0, 0.0024)] + [Place(5, 5)] * 40, Place(0, 0), 3)
@example([Place(0, 180)] * 20 + [Place(0, -180)] * 20, Place(0, 179.999), 3)
@example([Place(90, lon) for lon in range(-180, 180, 9)], Place(89.9999, 12), 3)
@example([Place(-89.99, lon) for lon in range(-180, 180, 9)], Place(-90, 0), 3)
def test_they_are_just_those_that_looking_at_everybody_finds(crowd: list[Place], place: Place, most: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        direct = Direct(Path(folder))
        settle(direct, [agent(number, where) for number, where in enumerate(crowd, 1)])
        found = ask(direct, place, most)
        direct.close()

    everybody = sorted((distance(place, where), number) for number, where in enumerate(crowd, 1))
    assert [(one.distance, one.person.id) for one in found] == everybody[:most]


@given(places, st.floats(0, 0.5), st.floats(0, 0.5))
def test_the_cells_of_a_box_cover_it(place: Place, tall: float, wide: float) -> None:
    south, north = max(place.lat - tall, -90.0), min(place.lat + tall, 90.0)
    west, east = max(place.lon - wide, -180.0), min(place.lon + wide, 180.0)
    found = ranges(south=south, north=north, west=west, east=east)

    assert 1 <= len(found) <= 4
    for lat in (south, place.lat, north):
        for lon in (west, place.lon, east):
            assert any(first <= cell_of(Place(lat, lon)) <= last for first, last in found)


def test_a_few_are_asked_nearest_first_and_those_without_a_recent_place_last(direct: Direct) -> None:
    here = Place(-2.19, -79.88)
    settle(
        direct,
        [
            agent(1, None),
            agent(2, Place(-2.30, -79.88)),
            agent(3, here, OLD),
            agent(4, Place(-2.20, -79.88)),
            agent(5, Place(-2.19, -79.88), CUTOFF - timedelta(hours=1)),
        ],
    )
    found = ask(direct, here, most=5)
    assert names(found) == ["Agente 4", "Agente 2", "Agente 5", "Agente 3", "Agente 1"]
    assert [one.distance is None for one in found] == [False, False, True, True, True]
    assert isclose(found[0].distance or 0, 1105.7, rel_tol=0.001)


def test_without_a_place_whoever_was_seen_last_comes_first(direct: Direct) -> None:
    here = Place(-2.19, -79.88)
    settle(direct, [agent(1, None), agent(2, here, OLD), agent(3, here, RECENT)])
    assert names(ask(direct, None)) == ["Agente 3", "Agente 2", "Agente 1"]


@pytest.mark.parametrize("many", [0, nearest.FEW + 5])
def test_p7_only_who_is_free_and_has_not_been_asked_yet_is_asked(direct: Direct, many: int) -> None:
    here, aside = Place(-2.19, -79.88), Place(10.0, 10.0)
    persons = [
        agent(1, here, availability=Availability.ON_TASK),
        agent(2, here, availability=Availability.OFF_DUTY),
        agent(3, here, membership=Membership.DISABLED),
        agent(4, here, reachable=False),
        agent(5, here, role=Role.SUPERVISOR),
        agent(6, here, hold=99),
        agent(7, here),
        agent(8, here),
        agent(9, here),
    ]
    settle(direct, persons + [agent(100 + number, aside) for number in range(many)])
    has_been_asked(direct, 7)

    assert names(ask(direct, here, most=1, reporter=8)) == ["Agente 9"]


def test_whoever_moves_is_found_where_they_are_now(direct: Direct) -> None:
    here, there = Place(-2.19, -79.88), Place(51.5, 0.0)
    settle(direct, [agent(number, here) for number in range(1, 60)])
    moved = Position(place=there, at=NOON)
    direct.run(lambda session: people.move(session, [(31, Sighting(position=moved))]))
    assert names(ask(direct, there, most=1)) == ["Agente 31"]


def test_of_those_with_a_capability_the_nearest_are_found_and_nobody_else(direct: Direct) -> None:
    park = Place(-2.19, -79.88)
    able = {2: ("paramédico",), 5: ("escalera", "paramédico"), 8: ("paramédico de guardia",), 40: ("paramédico",)}
    crowd = [agent(n, Place(-2.19 + n / 10_000, -79.88), capabilities=able.get(n, ())) for n in range(1, 60)]
    settle(direct, crowd)
    found = direct.run(
        lambda session: nearest.free_agents(
            session, park, seen_after=CUTOFF, task=TASK, reporter=None, most=3, able="paramédico"
        )
    )
    assert [one.person.account for one in found] == [2, 5, 40]
    assert found[1].person.capabilities == ("escalera", "paramédico")
    none = direct.run(
        lambda session: nearest.free_agents(
            session, park, seen_after=CUTOFF, task=TASK, reporter=None, most=3, able="%"
        )
    )
    assert none == ()
