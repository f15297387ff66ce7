"""The plan is what happens: the same decisions, played forward on paper and then in the field."""

import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.queries.plan import Plan
from core.rules.permissions import Caller
from core.rules.situation import Rules
from core.rules.timers import Timer, TimerKind
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import EscalationPolicy, EscalationStep
from core.vocabulary.refusals import Refusal
from core.vocabulary.words import Availability, Priority, Role
from storage.queues import timers
from storage.repositories import plan_inputs
from tests.core.desk.test_histories import done
from tests.core.dispatch import PARK, Dispatch

PROGRAM = Caller(role=Role.ADMIN, via="api")
TARGETS = ["assignee", "unit_supervisors_on_duty", "supervisors_on_duty", "supervisors", "admins", "-55"]
Happening = tuple[datetime, e.TaskEvent]


def notified(events: Iterable[Happening]) -> list[Happening]:
    """People who are asked and told, and the steps that reach nobody."""
    return [(at, event) for at, event in events if isinstance(event, e.Offered | e.Escalated | e.Passed)]


def on_paper(plan: Plan | Refusal | None) -> list[Happening]:
    assert isinstance(plan, Plan)
    return notified((step.at, event) for step in plan.steps for event in step.events)


def in_the_field(dispatch: Dispatch, task: Task, since: int = 0) -> list[Happening]:
    records = [(one.at, one.event) for one in dispatch.history(task)[since:]]
    return notified((at, event) for at, event in records if isinstance(event, e.TaskEvent))


def opening_plan(dispatch: Dispatch) -> Plan | Refusal:
    opening = c.OpenEmergency(title="", sent_at=dispatch.moment, place=PARK)
    return dispatch.direct.run(
        lambda session: plan_inputs.of_opening(
            session, opening, dispatch.rules, dispatch.group, dispatch.moment, agents=True
        )
    )


def task_plan(dispatch: Dispatch, task: Task) -> Plan | None:
    return dispatch.direct.run(
        lambda session: plan_inputs.of_task(session, task.id, dispatch.rules, dispatch.group, dispatch.moment)
    )


async def opens(dispatch: Dispatch) -> Task:
    command = c.OpenEmergency(title="Robo", sent_at=dispatch.moment, place=PARK)
    task = (await dispatch.desk.execute(command, caller=PROGRAM)).task
    assert task is not None
    await dispatch.delivers()
    return task


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    agents=st.integers(0, 7),
    bosses=st.lists(st.booleans(), max_size=3),
    offer_to=st.integers(1, 3),
    whom=st.lists(st.sampled_from(TARGETS), min_size=1, max_size=4),
    repeat=st.integers(0, 2),
    pause=st.sampled_from([20, 45, 90]),
    busy=st.integers(0, 7),
    taken_after=st.none() | st.integers(0, 200),
)
def test_what_is_planned_happens(
    agents: int,
    bosses: list[bool],
    offer_to: int,
    whom: list[str],
    repeat: int,
    pause: int,
    busy: int,
    taken_after: int | None,
) -> None:
    steps = tuple(
        EscalationStep(after=timedelta(seconds=pause * n), written=(target,)) for n, target in enumerate(whom)
    )
    policy = EscalationPolicy(steps=steps, repeat=repeat, broadcast_every=timedelta(minutes=1))
    with tempfile.TemporaryDirectory() as folder:
        rules = Rules(offer_to=offer_to, policies={Priority.CRITICAL: policy})
        dispatch = Dispatch(Path(folder), rules=rules)
        people = [dispatch.agent(f"A{n}", away=50 * n if n % 3 else None) for n in range(agents)]
        for person in people[busy:]:
            away = c.SetAvailability(person=person.id, availability=Availability.OFF_DUTY)
            done(dispatch.does(person, away))
        for number, on_duty in enumerate(bosses):
            dispatch.supervisor(f"S{number}", on_duty=on_duty)
        dispatch.admin("Marta")

        plan: Plan | Refusal | None = opening_plan(dispatch)
        task = done(opens(dispatch))
        if taken_after is not None:
            done(dispatch.passes(taken_after))
            plan = task_plan(dispatch, dispatch.task(task))
        seen = len(dispatch.history(task)) if taken_after is not None else 0
        expected = on_paper(plan)
        assert expected
        done(dispatch.passes((expected[-1][0] - dispatch.moment).total_seconds()))
        assert in_the_field(dispatch, task, seen) == expected
        dispatch.direct.close()


async def test_the_plan_ends_with_the_broadcast_and_says_how_often(dispatch: Dispatch) -> None:
    dispatch.supervisor("Sara")
    plan = opening_plan(dispatch)
    assert isinstance(plan, Plan)
    assert plan.repeats == timedelta(minutes=2)
    last = plan.steps[-1].events[-1]
    assert isinstance(last, e.Escalated)
    assert last.step is None


async def test_nothing_follows_once_somebody_is_there(dispatch: Dispatch) -> None:
    rita, ana = dispatch.agent("Rita"), dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    await dispatch.does(ana, c.Accept(task=task.id))
    await dispatch.does(ana, c.Arrive(task=task.id))
    plan = task_plan(dispatch, task)
    assert plan is not None
    assert plan.steps == ()


async def test_an_answer_that_nothing_follows_is_foreseen(dispatch: Dispatch) -> None:
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    task = await dispatch.calls(rita)
    await dispatch.does(sara, c.Acknowledge(task=task.id))
    plan = task_plan(dispatch, task)
    assert plan is not None
    first = plan.steps[0]
    assert first.at == dispatch.moment + timedelta(minutes=10)
    assert any(isinstance(event, e.Escalated) and event.notified == (sara.id,) for event in first.events)


async def test_looking_ahead_changes_nothing(dispatch: Dispatch) -> None:
    rita = dispatch.agent("Rita")
    dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    before, pending = dispatch.history(task), dispatch.pending(task)
    task_plan(dispatch, task)
    opening_plan(dispatch)
    assert (dispatch.history(task), dispatch.pending(task)) == (before, pending)


async def test_a_plan_is_told_whatever_the_desk_is_about_to_do(dispatch: Dispatch) -> None:
    rita, ana = dispatch.agent("Rita"), dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    told: dict[TimerKind, bool] = {}
    for kind in TimerKind:
        due = Timer(kind=kind, task=task.id, person=ana.id, due_at=dispatch.moment, urgent=True)
        dispatch.direct.run(partial(timers.set_timers, timers=[due]))
        told[kind] = bool((plan := task_plan(dispatch, task)) and plan.steps)
    assert told == dict.fromkeys(TimerKind, True)


@pytest.mark.parametrize("number", [0, 99])
def test_of_a_task_that_is_not_there_is_no_plan(dispatch: Dispatch, number: int) -> None:
    found = dispatch.direct.run(
        lambda session: plan_inputs.of_task(session, number, dispatch.rules, None, dispatch.moment)
    )
    assert found is None
