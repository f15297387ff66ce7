"""An alert goes on without a supervisor who left the unit, unless somebody else who was told answers for it."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.escalation import has_climbed_to
from core.rules.situation import Act, Situation
from core.state.directory import Directory
from core.state.person import Person
from core.state.task import evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause, EscalationPolicy, EscalationTarget, step_of
from core.vocabulary.refusals import Refusal
from core.vocabulary.reopening_events import Reopened
from core.vocabulary.words import Kind, Membership, Role, TaskState
from tests.core.everybody import Everybody
from tests.core.stages import ADA, ANA, NOON, SARA, person, situation, staged

NORTH = 3
UNIT, ALL = EscalationTarget.UNIT_SUPERVISORS_ON_DUTY, EscalationTarget.SUPERVISORS
TITO = replace(person(8, "Tito", Role.SUPERVISOR), unit=NORTH)


@pytest.mark.parametrize(
    ("first", "other", "answered", "goes_on"),
    [
        (UNIT, None, False, True),
        (UNIT, TITO, False, False),
        (UNIT, replace(TITO, reachable=False), False, True),
        (UNIT, replace(TITO, unit=None), False, True),
        (UNIT, None, True, False),
        (ALL, None, False, False),
    ],
)
def test_an_alert_of_the_unit_goes_on_when_the_last_one_who_was_told_leaves_it(
    first: EscalationTarget, other: Person | None, answered: bool, goes_on: bool
) -> None:
    told = tuple(each.id for each in (SARA, other) if each is not None)
    policy = EscalationPolicy(
        steps=(step_of(timedelta(0), first), step_of(timedelta(minutes=1), EscalationTarget.ADMINS)),
        broadcast_every=timedelta(minutes=2),
    )
    events = (
        e.Escalated(step=0, notified=told, cause=Cause.OPENED),
        *((e.Acknowledged(person=SARA.id),) if answered else ()),
    )
    task = staged(Kind.EMERGENCY, *events)
    task = replace(task, unit=NORTH, policy=policy)
    supervisors = tuple(each for each in (SARA, other) if each is not None)
    directory = Everybody(known=(*supervisors, ADA), on_duty=frozenset(told))
    still = any(each.reachable and has_climbed_to(task, each, on_duty=True) for each in supervisors)
    given: Situation = replace(situation(None, task, agent=SARA), directory=directory, told=True, told_still=still)
    decision = decide(given, c.Vacate(task=task.id, person=SARA.id, moved=True), NOON)
    if goes_on:
        assert [event.notified for event in decision if isinstance(event, e.Escalated)] == [(ADA.id,)]  # type: ignore[union-attr]
    else:
        assert isinstance(decision, Refusal)


def test_p14_work_whose_end_is_taken_back_is_not_theirs_again_who_are_out() -> None:
    ended = e.Completed(was=TaskState.IN_PROGRESS)
    task = staged(Kind.TASK, e.Offered(agent=ANA.id, by=SARA.id, by_hand=True), e.Accepted(agent=ANA.id), ended)
    for membership, released in ((Membership.DISABLED, (ANA.id,)), (Membership.ACTIVE, ())):
        known = Directory(assignees=(replace(ANA, membership=membership),))
        given = replace(situation(SARA, task, act=Act(event=ended, at=NOON)), directory=known)
        decision = decide(given, c.Undo(task=task.id), NOON)
        assert not isinstance(decision, Refusal)
        assert isinstance(decision[0], Reopened)
        assert decision[0].released == released


@pytest.mark.parametrize("membership", [Membership.ACTIVE, Membership.DISABLED])
def test_p14_an_end_that_is_taken_back_names_nobody_in_charge_who_is_out(membership: Membership) -> None:
    """The ladder begins again, as if nobody had answered: nobody goes either."""
    ended = e.Cancelled(was=TaskState.SCHEDULED)
    task = staged(Kind.EMERGENCY, e.Acknowledged(person=SARA.id), ended)
    charged = replace(SARA, membership=membership)
    given = replace(situation(ADA, task, act=Act(event=ended, at=NOON)), agent=charged)
    decision = decide(given, c.Undo(task=task.id), NOON)
    assert not isinstance(decision, Refusal)
    again = task
    for event in decision:
        again = evolve(again, event, NOON)
    assert not again.state.closed
    assert again.acknowledged_by == (SARA.id if charged.active else None)
    assert any(isinstance(event, e.Escalated) for event in decision) is not charged.active
