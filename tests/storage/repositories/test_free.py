"""The free of the database are just the free of the rules."""

import tempfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from core.rules.free import is_free, is_their_own
from core.state.checkins import Sighting
from core.state.duress import DuressWord
from core.state.person import Person
from core.state.task import Assignment, Task
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.places import Place, Position
from core.vocabulary.words import AssignmentState, Availability, Kind, Membership, Priority, Role, TaskState, TaskType
from storage.engine.session import Session
from storage.repositories import duress, nearest, people, tasks
from storage.repositories.own_emergency import own_emergency
from tests.support.databases import Direct

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
TOO_OLD = timedelta(minutes=10)
HERE = Place(-2.19, -79.88)
ASKED_FOR = 1


class Own(Struct, frozen=True):
    """Work or an emergency that a person reported, or that is an alarm in their name."""

    kind: Kind
    state: TaskState
    drill: bool
    trigger: Trigger | None


class Somebody(Struct, frozen=True):
    """A person in any state, their part in the task at hand, and what is their own."""

    role: Role
    membership: Membership
    availability: Availability
    reachable: bool
    held: bool
    part: AssignmentState | None
    own: Own | None
    seen: timedelta | None
    live: timedelta | None


ages = st.none() | st.integers(-60, 60).map(lambda minutes: timedelta(minutes=minutes))
# Most are what an agent at work is, so that each of the other things is tried alone.
somebody = st.builds(
    Somebody,
    role=st.just(Role.AGENT) | st.sampled_from(Role),
    membership=st.just(Membership.ACTIVE) | st.sampled_from(Membership),
    availability=st.just(Availability.AVAILABLE) | st.sampled_from(Availability),
    reachable=st.sampled_from([True, True, True, False]),
    held=st.sampled_from([False, False, False, True]),
    part=st.none() | st.sampled_from(AssignmentState),
    own=st.none()
    | st.builds(
        Own, st.sampled_from(Kind), st.sampled_from(TaskState), st.booleans(), st.none() | st.sampled_from(Trigger)
    ),
    seen=st.none() | st.integers(0, 60).map(lambda minutes: timedelta(minutes=minutes)),
    live=ages,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(somebody, max_size=nearest.FEW + 8), st.booleans())
def test_the_database_and_the_rules_find_the_same_people_free(crowd: list[Somebody], again: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        direct = Direct(Path(folder))
        persons = [hired(direct, number, one) for number, one in enumerate(crowd, 1)]
        parts = [part_of(person, one) for person, one in zip(persons, crowd, strict=True) if one.part is not None]
        at_hand = task_of(ASKED_FOR, drill=True, assignments=tuple(parts))  # of a drill, so that it holds nobody
        direct.run(lambda session: tasks.save(session, None, at_hand))
        persons = [becomes(direct, person, one.membership) for person, one in zip(persons, crowd, strict=True)]
        with_own = [(person, one.own) for person, one in zip(persons, crowd, strict=True) if one.own is not None]
        own = {person.id: opened(direct, person, theirs) for person, theirs in with_own}
        found = direct.run(
            lambda session: nearest.free_agents(
                session, HERE, seen_after=NOON - TOO_OLD, task=ASKED_FOR, reporter=None, most=99, again=again
            )
        )
        looked_up = {person.id: direct.run(partial(own_emergency, person=person.id)) for person in persons}
        direct.close()

    danger = {person.id: person.id in own and is_their_own(own[person.id], person.id) for person in persons}
    expected = {
        person.id
        for person in persons
        if is_free(person, in_danger=danger[person.id], part=at_hand.part_of(person.id), again=again)
    }
    assert {one.person.id for one in found} == expected
    assert {who: task is not None for who, task in looked_up.items()} == danger
    for one in found:
        known = one.person.known_at(NOON)
        assert (one.distance is not None) == (known is not None and known >= NOON - TOO_OLD)


def hired(direct: Direct, number: int, one: Somebody) -> Person:
    person = Person(
        id=0,
        account=number,
        name=f"Agente {number}",
        role=one.role,
        membership=Membership.ACTIVE,  # whoever is not in is given nothing
        availability=one.availability,
        reachable=one.reachable,
        hold=999 if one.held else None,
    )
    kept = direct.run(lambda session: people.save(session, None, person))
    if one.seen is not None:
        until = NOON + one.live if one.live is not None else None
        seen = Sighting(position=Position(place=HERE, at=NOON - one.seen), live_until=until)
        direct.run(lambda session: people.move(session, [(number, seen)]))
    return direct.run(lambda session: people.by_id(session, kept.id)) or kept


def becomes(direct: Direct, person: Person, membership: Membership) -> Person:
    """The person, let in, put out or waiting by now, with the work that they were given."""
    if person.membership is membership:
        return person
    return direct.run(lambda session: people.save(session, person, replace(person, membership=membership)))


def part_of(person: Person, one: Somebody) -> Assignment:
    assert one.part is not None
    return Assignment(agent=person.id, state=one.part, since=NOON)


def task_of(number: int, **fields: object) -> Task:
    given = {"kind": Kind.EMERGENCY, "state": TaskState.SCHEDULED, **fields}
    return Task(
        id=number,
        type=TaskType.INTERVENTION,
        priority=Priority.CRITICAL,
        title="Robo",
        version=1,
        opened_at=NOON,
        sent_at=NOON,
        **given,  # type: ignore[arg-type]
    )


def opened(direct: Direct, person: Person, own: Own) -> Task:
    """Their own work or emergency; an alarm is always an emergency, and no drill."""
    alarm = Alarm(trigger=own.trigger, person=person.id) if own.trigger is not None else None
    task = task_of(
        100 + person.id,
        kind=Kind.EMERGENCY if alarm is not None else own.kind,
        state=own.state,
        drill=own.drill and alarm is None,
        alarm=alarm,
        reporter=None if alarm is not None and alarm.silent else person.id,
    )

    async def keep(session: Session) -> None:
        await tasks.save(session, None, task)
        if task.silent:
            await duress.keep(session, person.id, DuressWord(salt=b"s", digest=b"d"))
            await duress.note(session, person.id, task.id)

    direct.run(keep)
    return task
