"""Messages that have not left: nobody is silent who was never asked, and a broadcast waits for its last round."""

from datetime import timedelta

import pytest

from core.rules.situation import Rules
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause, EscalationPolicy, EscalationTarget, step_of
from core.vocabulary.words import AssignmentState, Priority
from tests.core.dispatch import Dispatch

ROUNDS = EscalationPolicy(
    steps=(step_of(timedelta(0), EscalationTarget.SUPERVISORS),), broadcast_every=timedelta(minutes=2)
)


def parts(dispatch: Dispatch, task: Task, *agents: Person) -> list[AssignmentState | None]:
    """States of these agents' parts."""
    found = [dispatch.task(task).part_of(agent.id) for agent in agents]
    return [part.state if part is not None else None for part in found]


async def test_an_agent_whose_offer_never_left_is_not_silent_and_others_are_asked(dispatch: Dispatch) -> None:
    rita = dispatch.agent("Rita")
    agents = [dispatch.agent(f"A{number}", away=100 * number) for number in range(1, 7)]
    dispatch.held = True
    task = await dispatch.calls(rita)
    await dispatch.passes(46)
    assert parts(dispatch, task, *agents) == [AssignmentState.RELEASED] * 3 + [AssignmentState.OFFERED] * 3
    assert not [one for one in dispatch.history(task) if isinstance(one.event, e.Expired)]

    dispatch.held = False
    await dispatch.delivers()
    assert [dispatch.reads(agent) for agent in agents[:3]] == [[], [], []], "what they were to be asked is taken back"
    await dispatch.passes(45)
    assert parts(dispatch, task, *agents)[3:] == [AssignmentState.EXPIRED] * 3, "they were asked"


async def test_where_nobody_else_is_free_an_offer_that_has_not_left_waits_as_long_again(dispatch: Dispatch) -> None:
    sara, rita, ana = dispatch.supervisor("Sara"), dispatch.agent("Rita"), dispatch.agent("Ana", away=100)
    dispatch.held = True
    task = await dispatch.calls(rita)
    await dispatch.passes(89)
    assert parts(dispatch, task, ana) == [AssignmentState.OFFERED]

    await dispatch.passes(2)
    assert dispatch.asked(task) == [ana.id, ana.id], "it was withdrawn, and she is asked again"
    turned = [climb for climb in dispatch.escalates(task) if isinstance(climb, e.Escalated)]
    assert turned[-1].cause is Cause.NOBODY, "those who lead hear that nobody goes"
    dispatch.held = False
    await dispatch.delivers()
    assert dispatch.reads(ana)
    assert dispatch.reads(sara)


async def test_p13_the_next_step_is_told_in_time_though_nothing_of_the_step_before_has_left(
    dispatch: Dispatch,
) -> None:
    sara, ada, rita = dispatch.supervisor("Sara", on_duty=True), dispatch.admin("Ada"), dispatch.agent("Rita")
    dispatch.held = True
    task = await dispatch.calls(rita)
    policy = dispatch.task(task).policy
    assert policy is not None
    await dispatch.passes(policy.steps[-1].after.total_seconds() + 1)
    assert {person for step in dispatch.notified(task) for person in step} == {sara.id, ada.id}

    dispatch.held = False
    await dispatch.delivers()
    assert "Recibido" in dispatch.buttons(task, sara), "whoever hears late can still answer"
    await dispatch.does(sara, c.Acknowledge(task=task.id))
    climbed = len(dispatch.notified(task))
    await dispatch.passes(policy.ack_timeout.total_seconds() - 1)
    assert len(dispatch.notified(task)) == climbed


@pytest.fixture
def in_rounds(dispatch: Dispatch) -> Dispatch:
    dispatch.rules = Rules(policies={Priority.CRITICAL: ROUNDS})
    dispatch.open()
    return dispatch


def rounds(dispatch: Dispatch, task: Task) -> int:
    return sum(isinstance(climb, e.Escalated) and climb.step is None for climb in dispatch.escalates(task))


async def test_p4_a_broadcast_begins_anew_when_its_last_round_has_left_and_not_before(in_rounds: Dispatch) -> None:
    dispatch, rita, sara = in_rounds, in_rounds.agent("Rita"), in_rounds.supervisor("Sara")
    task = await dispatch.calls(rita)
    while not rounds(dispatch, task):
        await dispatch.passes(10)
    dispatch.held = True
    await dispatch.passes(121)
    assert rounds(dispatch, task) == 2
    await dispatch.passes(300)
    assert rounds(dispatch, task) == 2, "Sara's copy has not left"

    dispatch.held = False
    await dispatch.delivers()
    await dispatch.passes(6)
    assert rounds(dispatch, task) == 3
    assert dispatch.reads(sara)


async def test_p13_a_round_that_never_leaves_silences_nothing(in_rounds: Dispatch) -> None:
    dispatch, rita = in_rounds, in_rounds.agent("Rita")
    dispatch.supervisor("Sara")
    dispatch.held = True
    task = await dispatch.calls(rita)
    await dispatch.passes(1_000)
    begun = rounds(dispatch, task)
    assert begun >= 1
    assert dispatch.pending(task), "it has a due time"
    await dispatch.passes(700)
    assert rounds(dispatch, task) > begun
