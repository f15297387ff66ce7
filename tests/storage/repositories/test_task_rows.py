"""A task is on disk as it is: what is written is read again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.state.person import Person
from core.state.task import Assignment, Task, Telling
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.escalation_policy import Cause, EscalationPolicy, EscalationTarget, step_of
from core.vocabulary.places import Place, Position
from core.vocabulary.words import (
    AssignmentState,
    Availability,
    Kind,
    Membership,
    Priority,
    Role,
    TaskState,
    TaskType,
)
from storage.repositories import people
from storage.repositories.task_rows import part_rows, row_of, task_of
from storage.schema.instants import from_ms
from storage.schema.rows import row_maker, values_of
from storage.schema.tables import AssignmentRow, PersonRow, TaskRow, table

ids = st.integers(1, 2**62)
moments = st.integers(0, 2**42).map(from_ms)
places = st.builds(Place, lat=st.floats(-90, 90), lon=st.floats(-180, 180))
positions = st.builds(Position, place=places, at=moments, accuracy=st.none() | st.floats(0, 1e4))
targets = st.sampled_from(EscalationTarget) | st.integers(-(2**40), -1)
steps = st.builds(
    lambda seconds, notify: step_of(timedelta(seconds=seconds), *notify), st.integers(0, 10**6), st.lists(targets)
)
policies = st.builds(EscalationPolicy, steps=st.lists(steps, min_size=1).map(tuple))
alarms = st.builds(
    Alarm, trigger=st.sampled_from(Trigger), person=ids, track=st.lists(positions, max_size=3).map(tuple)
)
parts = st.builds(
    Assignment,
    agent=ids,
    state=st.sampled_from(AssignmentState),
    since=moments,
    by=st.none() | ids,
    by_hand=st.booleans(),
    distance=st.none() | st.floats(0, 1e7),
)
tellings = st.builds(Telling, st.integers(0, 9), st.sampled_from(Cause), st.none() | st.integers(0, 9), ids)
tasks = st.builds(
    Task,
    id=ids,
    kind=st.sampled_from(Kind),
    type=st.sampled_from(TaskType),
    priority=st.sampled_from(Priority),
    title=st.text(),
    state=st.sampled_from(TaskState),
    version=st.integers(1, 10**6),
    opened_at=moments,
    sent_at=moments,
    reporter=st.none() | ids,
    place=st.none() | places,
    address=st.none() | st.text(),
    assignments=st.lists(parts, max_size=4, unique_by=lambda part: part.agent).map(tuple),
    acknowledged_by=st.none() | ids,
    acknowledged_at=st.none() | moments,
    unit=st.none() | ids,
    drill=st.booleans(),
    alarm=st.none() | alarms,
    policy=st.none() | policies,
    step=st.integers(0, 9),
    repetition=st.integers(0, 9),
    climb=st.integers(0, 9),
    notified=st.integers(0, 9),
    telling=st.lists(tellings, max_size=2).map(tuple),
    answer_in_doubt=st.booleans(),
    no_agent_left=st.booleans(),
    escalations=st.integers(0, 99),
    notes=st.integers(0, 99),
    still_on=st.booleans(),
    closed_at=st.none() | moments,
)
persons = st.builds(
    Person,
    id=st.just(7),
    account=ids,
    name=st.text(),
    username=st.none() | st.from_regex("[a-z0-9_]{5,32}", fullmatch=True),
    role=st.sampled_from(Role),
    membership=st.sampled_from(Membership),
    availability=st.sampled_from(Availability),
    position=st.none() | positions,
    hold=st.none() | ids,
    unit=st.none() | ids,
    shift_since=st.none() | moments,
    reachable=st.booleans(),
)


@given(task=tasks)
def test_a_task_comes_back_from_its_rows_as_it_was(task: Task) -> None:
    made = row_maker(TaskRow, tuple(table(TaskRow).c.keys()))
    made_part = row_maker(AssignmentRow, tuple(table(AssignmentRow).c.keys()))
    row = made([*values_of(row_of(task)).values()])
    read = [made_part([*values_of(part).values()]) for part in part_rows(task).values()]
    assert task_of(row, read) == task


@given(person=persons)
def test_a_person_comes_back_from_their_row_as_they_were(person: Person) -> None:
    columns = tuple(table(PersonRow).c.keys())
    made = row_maker(PersonRow, columns)
    written = {**people._values(person), "id": person.id, "free": 0}
    assert people.person_of(made([written[column] for column in columns])) == person
