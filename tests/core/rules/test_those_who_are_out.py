"""An alert after somebody is out, comes back, or hears nothing: whom it climbs to and why, and who is told again."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from core.rules.decide import decide
from core.state.person import Person
from core.state.task import Task, evolve
from core.vocabulary import account_events as a
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Kind, Membership, TaskState
from tests.core.stages import ADA, ANA, BETO, NOON, RITA, SARA, free, situation, staged

LATER = NOON + timedelta(seconds=5)
OPENED = e.Escalated(step=0, notified=(SARA.id,), cause=Cause.OPENED, next_at=NOON)
ALONE = staged(Kind.EMERGENCY, e.Offered(agent=ANA.id), OPENED)
BOTH = evolve(ALONE, e.Offered(agent=BETO.id), NOON)
TAKEN = evolve(ALONE, e.Accepted(agent=ANA.id), NOON)
CHARGED = evolve(TAKEN, e.Acknowledged(person=SARA.id), NOON)
OUT = {"membership": Membership.DISABLED}
DEAF = {"reachable": False}
OVER = Refusal(reason=Reason.ANSWERED, task=7)


def climbs(cause: Cause, *, step: int = 1) -> e.Escalated:
    """The climb that follows, a step of supervisors and one of administrators."""
    people, minutes = ((SARA.id,), 1) if step == 0 else ((ADA.id,), 2)
    return e.Escalated(step=step, notified=people, cause=cause, next_at=LATER + timedelta(minutes=minutes))


def gone(held: bool) -> e.Vacated:
    """Ana's part is free."""
    return e.Vacated(agent=ANA.id, held=held)


def without(who: Person, task: Task, *, moved: bool = False, reported: bool = False, **more: object) -> object:
    """The alert without somebody."""
    command = c.Vacate(task=7, person=who.id, moved=moved, reported=reported)
    return decide(situation(None, task, **{"agent": who} | more), command, LATER)


ANA_OUT, ANA_DEAF, SARA_OUT, SARA_DEAF = (
    replace(ANA, **OUT),
    replace(ANA, **DEAF),
    replace(SARA, **OUT),
    replace(SARA, **DEAF),
)
NEXT = e.Offered(agent=BETO.id, distance=100.0, until=LATER + timedelta(seconds=45))


@pytest.mark.parametrize(
    ("who", "task", "more", "said"),
    [
        (ANA_OUT, ALONE, {}, (gone(False), climbs(Cause.NOBODY))),
        (ANA_OUT, BOTH, {}, (gone(False),)),
        (ANA_OUT, ALONE, {"candidates": free(BETO)}, (gone(False), NEXT)),
        (ANA_OUT, TAKEN, {}, (gone(True), climbs(Cause.NOBODY))),
        (ANA_OUT, CHARGED, {}, (gone(True),)),
        (ANA_OUT, evolve(ALONE, e.Declined(agent=ANA.id), NOON), {}, OVER),
        (ANA, TAKEN, {}, OVER),
        (ANA_DEAF, TAKEN, {}, (climbs(Cause.SILENCED),)),
        (ANA_DEAF, CHARGED, {}, OVER),
        (ANA_DEAF, ALONE, {}, OVER),
        (ANA_DEAF, replace(TAKEN, kind=Kind.TASK), {}, OVER),
        (SARA_OUT, CHARGED, {}, (climbs(Cause.LOST, step=0),)),
        (SARA_DEAF, CHARGED, {}, (climbs(Cause.SILENCED),)),
        (SARA_OUT, replace(CHARGED, acknowledged_by=ADA.id), {}, OVER),
        (SARA_OUT, ALONE, {"told": True}, (climbs(Cause.LOST),)),
        (SARA_OUT, ALONE, {"told": True, "others_hear": True}, OVER),
        (SARA_OUT, ALONE, {}, OVER),
        (SARA_OUT, TAKEN, {"told": True}, OVER),
        (
            ANA_OUT,
            evolve(ALONE, e.Completed(), NOON),
            {},
            Refusal(reason=Reason.CLOSED, task=7, state=TaskState.COMPLETED),
        ),
    ],
)
def test_p14_an_alert_goes_on_without_whoever_is_out_or_hears_nothing(
    who: Person, task: Task, more: dict[str, Any], said: object
) -> None:
    assert without(who, task, **more) == said


@pytest.mark.parametrize(
    ("who", "quiet", "said"),
    [
        (replace(RITA, membership=Membership.DISABLED), False, (a.ReporterOut(person=RITA.id),)),
        (replace(RITA, membership=Membership.DISABLED), True, (a.ReporterOut(person=RITA.id),)),
        (RITA, False, (a.ReporterOut(person=RITA.id, back=True),)),
        (RITA, True, (a.ReporterOut(person=RITA.id, back=True), climbs(Cause.REPORTER_BACK, step=0))),
        (SARA, True, OVER),
    ],
)
def test_p4_what_fell_silent_with_its_reporter_rings_again_when_they_are_back(
    who: Person, quiet: bool, said: object
) -> None:
    assert without(who, replace(ALONE, quiet=quiet), reported=True) == said


def test_p14_a_report_of_nobody_and_a_unit_that_is_left_change_nothing_more() -> None:
    assert without(RITA, ALONE, reported=True, agent=None) == OVER
    assert without(SARA, ALONE, moved=True, told=True) == (climbs(Cause.LOST),)
    assert without(SARA, ALONE, moved=True, told=True, told_still=True) == OVER
    assert without(SARA, ALONE, moved=True) == OVER
    assert without(SARA, CHARGED, moved=True, told=True) == OVER


FREED = evolve(BOTH, e.Declined(agent=ANA.id), NOON)


@pytest.mark.parametrize(
    ("who", "task", "more", "said"),
    [
        (ANA, BOTH, {}, (e.Reached(person=ANA.id),)),
        (SARA, BOTH, {}, (e.Reached(person=SARA.id, told=True),)),
        (SARA, BOTH, {"told": True}, (e.Reached(person=SARA.id),)),
        (ADA, BOTH, {}, OVER),
        (ANA, FREED, {}, OVER),
        (ANA, evolve(BOTH, e.Cancelled(), NOON), {}, OVER),
        (SARA, TAKEN, {}, OVER),
        (ANA_OUT, BOTH, {}, Refusal(reason=Reason.UNKNOWN_PERSON)),
        (ANA_DEAF, BOTH, {}, Refusal(reason=Reason.UNKNOWN_PERSON)),
        (
            SARA,
            replace(BOTH, alarm=Alarm(trigger=Trigger.DURESS, person=SARA.id)),
            {},
            Refusal(reason=Reason.UNKNOWN_PERSON),
        ),
    ],
)
def test_whoever_hears_again_is_told_what_waits_for_them(
    who: Person, task: Task, more: dict[str, Any], said: object
) -> None:
    assert decide(situation(None, task, agent=who, **more), c.TellAgain(task=7, person=who.id), LATER) == said


NOBODY_FREE = Refusal(reason=Reason.NOBODY_FREE, task=7)
EVERYBODY = replace(ALONE, step=2)
UNHEARD = c.EscalateDue(task=7, silenced=True, unheard=SARA.id)
SILENCED = c.EscalateDue(task=7, silenced=True)
assert ALONE.policy is not None
ORDINARY = replace(ALONE, kind=Kind.TASK, policy=replace(ALONE.policy, broadcast_every=None), step=2)


@pytest.mark.parametrize(
    ("command", "task", "more", "said"),
    [
        (c.EscalateDue(task=7), ALONE, {}, (climbs(Cause.TIME),)),
        (c.EscalateDue(task=7), TAKEN, {}, OVER),
        (c.EscalateDue(task=7), ALONE, {"round_waits": True}, NOBODY_FREE),
        (c.EscalateDue(task=7), ORDINARY, {}, NOBODY_FREE),
        (SILENCED, ALONE, {"round_waits": True}, (climbs(Cause.SILENCED),)),
        (SILENCED, ALONE, {"others_hear": True}, OVER),
        (SILENCED, replace(ALONE, notified=0), {}, OVER),
        (SILENCED, ORDINARY, {}, NOBODY_FREE),
        (UNHEARD, ALONE, {}, (climbs(Cause.SILENCED),)),
        (UNHEARD, EVERYBODY, {}, OVER),
        (c.CheckProgress(task=7), TAKEN, {}, (climbs(Cause.UNACKNOWLEDGED, step=0),)),
        (c.CheckProgress(task=7), ALONE, {}, OVER),
        (c.Search(task=7), evolve(ALONE, e.Expired(agent=ANA.id), NOON), {}, NOBODY_FREE),
        (c.Search(task=7), evolve(ALONE, e.Expired(agent=ANA.id), NOON), {"candidates": free(BETO)}, (NEXT,)),
        (c.Search(task=7), ALONE, {"candidates": free(BETO)}, OVER),
    ],
)
def test_p4_what_the_desk_does_when_a_time_has_come(
    command: c.TaskCommand, task: Task, more: dict[str, Any], said: object
) -> None:
    assert decide(situation(None, task, **more), command, LATER) == said
