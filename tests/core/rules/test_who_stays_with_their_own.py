"""People with an emergency of their own, or of another unit: what they hold is named, and their offer goes on."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.other_units import of_another_unit
from core.rules.own_danger import newly_in_danger, offers_left
from core.rules.situation import Receipt
from core.state.person import Person
from core.state.task import Task, evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Kind, Membership, Role
from tests.core.stages import ADA, ANA, DIRECTORY, NOON, RITA, SARA, situation, staged

CALL = staged(Kind.EMERGENCY)
ASKED = evolve(CALL, e.Offered(agent=ANA.id), NOON)
OVER = evolve(CALL, e.Completed(), NOON)
ALARM = replace(CALL, alarm=Alarm(trigger=Trigger.LATE, person=ANA.id), reporter=None)


@pytest.mark.parametrize(
    ("before", "task", "person"),
    [
        (None, CALL, RITA.id),
        (None, ALARM, ANA.id),
        (OVER, CALL, RITA.id),
        (CALL, CALL, None),
        (None, OVER, None),
        (None, replace(CALL, drill=True), None),
        (None, replace(CALL, reporter=None), None),
        (None, staged(Kind.TASK), None),
    ],
)
def test_whoever_calls_for_help_is_in_danger_from_then_on(before: Task | None, task: Task, person: int | None) -> None:
    assert newly_in_danger(before, task) == person


def test_the_offer_of_whoever_calls_for_help_goes_on_to_another_at_once() -> None:
    assert offers_left(replace(ANA, hold=7)) == (c.ExpireOffer(task=7, agent=ANA.id, in_danger=True),)
    assert offers_left(ANA) == offers_left(None) == ()


@pytest.mark.parametrize("command", [c.Accept(task=7), c.Depart(task=7), c.Complete(task=7)])
def test_p7_whoever_has_another_emergency_is_told_which(command: c.TaskCommand) -> None:
    said = decide(situation(replace(ANA, hold=99), ASKED), command, NOON)
    assert said == Refusal(reason=Reason.IN_EMERGENCY, task=99)


def test_all_that_a_reporter_has_open_is_for_supervisors_to_end() -> None:
    said = decide(situation(RITA, CALL), c.Cancel(task=7, others=True), NOON)
    assert said == Refusal(reason=Reason.ABOVE_ROLE, role=Role.SUPERVISOR)


THEIRS = replace(ASKED, unit=3)


@pytest.mark.parametrize(
    ("who", "task", "another"),
    [
        (SARA, THEIRS, True),
        (replace(SARA, unit=3), THEIRS, False),
        (replace(SARA, unit=4), THEIRS, True),
        (ADA, THEIRS, False),
        (ANA, THEIRS, False),
        (None, THEIRS, False),
        (SARA, ASKED, False),
        (SARA, replace(THEIRS, kind=Kind.TASK), False),
        (SARA, replace(THEIRS, reporter=SARA.id), False),
        (SARA, evolve(evolve(THEIRS, e.Offered(agent=SARA.id), NOON), e.Accepted(agent=SARA.id), NOON), False),
        (SARA, evolve(THEIRS, e.Offered(agent=SARA.id), NOON), True),
    ],
)
def test_a_supervisor_of_another_unit_helps_and_whoever_goes_acts_on_their_own(
    who: Person | None, task: Task, another: bool
) -> None:
    assert of_another_unit(who, task) is another


@pytest.mark.parametrize(
    ("agent", "seconds", "waits"),
    [
        (ANA, 45, True),
        (ANA, 89.999, True),
        (ANA, 90, False),
        (replace(ANA, reachable=False), 45, False),
        (replace(ANA, membership=Membership.DISABLED), 45, False),
    ],
)
def test_an_offer_that_has_not_left_waits_as_long_again_for_whom_it_can_reach(
    agent: Person, seconds: float, waits: bool
) -> None:
    given = situation(None, ASKED, asked=Receipt.WAITING)
    given = replace(given, directory=replace(DIRECTORY, assignees=(agent,)))
    said = decide(given, c.ExpireOffer(task=7, agent=ANA.id), NOON + timedelta(seconds=seconds))
    assert (said == Refusal(reason=Reason.NOBODY_FREE, task=7)) is waits
