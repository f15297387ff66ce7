"""A report as it is recorded, whole: whose it is, where its reporter was seen, and what it was a part of before."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.permissions import Caller, Program
from core.rules.situation import Report, Rules
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import shares as s
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.escalation_policy import Cause, EscalationPolicy, step_of
from core.vocabulary.places import Place, Position
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Kind, Membership, Priority, TaskType
from tests.core.stages import ADA, ANA, LADDER, NOON, RITA, SARA, free, situation, staged

PARK, PIER = Place(-2.19, -79.88), Place(-2.2, -79.89)
LATER = NOON + timedelta(seconds=5)
THERE = replace(RITA, position=Position(place=PARK, at=NOON), unit=3)
WORK = c.OpenTask(title="Ronda", sent_at=NOON)
ALARM = c.OpenEmergency(title="Robo", sent_at=NOON, place=PARK)
ROBBERY = e.Opened(
    kind=Kind.EMERGENCY,
    task_type=TaskType.INTERVENTION,
    priority=Priority.CRITICAL,
    title="Robo",
    sent_at=NOON,
    reporter=RITA.id,
    place=PARK,
    seen_at=NOON,
    unit=3,
    policy=LADDER,
)
CLIMBED = e.Escalated(step=0, notified=(SARA.id,), cause=Cause.NOBODY, next_at=LATER + timedelta(minutes=1))


def begun(who: Person, command: c.AnyCommand, **more: object) -> tuple[e.AnyEvent, ...] | Refusal:
    """The events with which a report begins."""
    return decide(situation(who, None, **more), command, LATER)


@pytest.mark.parametrize(
    ("who", "command", "changed"),
    [
        (THERE, ALARM, {}),
        (RITA, ALARM, {"seen_at": None, "unit": None}),
        (THERE, replace(ALARM, place=PIER), {"place": PIER, "seen_at": None}),
        (THERE, replace(ALARM, place=None), {"place": None, "seen_at": None}),
        (replace(THERE, live_until=LATER), ALARM, {"seen_at": LATER}),
        (THERE, replace(ALARM, unit=4, address="Parque"), {"unit": 4, "address": "Parque"}),
        (THERE, replace(ALARM, title=" Robo \n"), {}),
        (THERE, replace(ALARM, title="a" * 200), {"title": "a" * 200}),
    ],
)
def test_an_emergency_begins_whole(who: Person, command: c.OpenEmergency, changed: dict[str, Any]) -> None:
    assert begun(who, command) == (replace(ROBBERY, **changed), CLIMBED)


def test_a_long_text_is_kept_whole_beside_its_beginning() -> None:
    words = "a" * 201
    beginning = replace(ROBBERY, title="a" * 199 + "…")
    assert begun(THERE, replace(ALARM, title=words)) == (beginning, e.Noted(text=words), CLIMBED)


def test_p4_whoever_is_asked_first_does_not_hide_why_it_climbed() -> None:
    asked = e.Offered(agent=ANA.id, distance=100.0, until=LATER + timedelta(seconds=45))
    climbed = replace(CLIMBED, cause=Cause.OPENED)
    assert begun(THERE, ALARM, candidates=free(ANA)) == (ROBBERY, asked, climbed)


def test_an_alarm_in_somebodys_name_is_theirs_and_a_silent_one_is_nobodys_report() -> None:
    for trigger, reporter in ((Trigger.LATE, ANA.id), (Trigger.DURESS, None)):
        alarm = Alarm(trigger=trigger, person=ANA.id)
        command = replace(ALARM, alarm=alarm, place=None)
        expected = replace(ROBBERY, alarm=alarm, place=None, seen_at=None, unit=None, reporter=reporter)
        decision = decide(situation(None, None, agent=ANA), command, LATER)
        assert not isinstance(decision, Refusal)
        assert decision[0] == expected
    (drill, *_) = begun(ADA, replace(ALARM, drill=True))  # type: ignore[misc]
    assert drill == replace(ROBBERY, drill=True, reporter=ADA.id, seen_at=None, unit=None)


def test_a_later_one_of_a_reporter_and_a_programs_say_so() -> None:
    (second, *_) = begun(THERE, ALARM, earlier=1)  # type: ignore[misc]
    assert second == replace(ROBBERY, share=s.Share(earlier=1))
    caller = Caller(via="api:puerta", program=Program(name="puerta"))
    decision = decide(replace(situation(None, None), caller=caller), ALARM, LATER)
    assert not isinstance(decision, Refusal)
    programs = replace(ROBBERY, reporter=None, seen_at=None, unit=None)
    assert decision[0] == replace(programs, share=s.Share(program="api:puerta"))


JOINED = s.ReportJoined(number=9, sent_at=NOON, text="Humo", place=PIER, address="Muelle")
OTHER = Report(event=JOINED, by=RITA.id, program="api:puerta")


def test_a_report_that_is_another_begins_as_if_it_had_come_alone() -> None:
    first = staged(Kind.EMERGENCY)
    out = s.TakeOut(task=7, number=9)
    decision = decide(situation(SARA, first, report=OTHER, agent=THERE), out, LATER)
    whole = replace(ROBBERY, title="Humo", place=PIER, address="Muelle", seen_at=None)
    assert decision == (replace(whole, share=s.Share(program="api:puerta", taken_from=7)), CLIMBED)
    nowhere = decide(situation(SARA, None, report=OTHER), out, LATER)
    assert nowhere == Refusal(reason=Reason.UNKNOWN_TASK, task=7)
    assert decide(situation(SARA, first), out, LATER) == Refusal(reason=Reason.STALE, task=7)
    again = situation(SARA, first, report=replace(OTHER, into=12))
    assert decide(again, out, LATER) == Refusal(reason=Reason.DUPLICATE, task=12)


@pytest.mark.parametrize(
    ("command", "more", "said"),
    [
        (replace(WORK, title=" "), {}, Refusal(reason=Reason.EMPTY)),
        (replace(WORK, title="a" * 201), {}, Refusal(reason=Reason.TOO_LONG, limit=200)),
        (replace(WORK, address="a" * 201), {}, Refusal(reason=Reason.TOO_LONG, limit=200)),
        (replace(WORK, place=Place(0, 181)), {}, Refusal(reason=Reason.OFF_EARTH)),
        (WORK, {"duplicate_of": 3}, Refusal(reason=Reason.DUPLICATE, task=3)),
        (ALARM, {"duplicate_of": 3}, Refusal(reason=Reason.DUPLICATE, task=3)),
        (replace(WORK, assignee=2), {}, Refusal(reason=Reason.UNKNOWN_PERSON)),
        (
            replace(WORK, assignee=2),
            {"agent": replace(ANA, reachable=False)},
            Refusal(reason=Reason.AGENT_UNFIT, person=ANA.id),
        ),
        (
            replace(WORK, assignee=2),
            {"agent": replace(ANA, membership=Membership.FROZEN)},
            Refusal(reason=Reason.UNKNOWN_PERSON),
        ),
    ],
)
def test_a_report_that_can_not_be_kept_says_why(command: c.Reporting, more: dict[str, Any], said: Refusal) -> None:
    assert begun(RITA, command, **more) == said


def test_work_is_recorded_whole_and_with_how_far_away_its_agent_is() -> None:
    command = replace(WORK, type=TaskType.TRAINING, priority=Priority.LOW, place=PARK, address="a" * 200, assignee=2)
    opened = e.Opened(
        kind=Kind.TASK,
        task_type=TaskType.TRAINING,
        priority=Priority.LOW,
        title="Ronda",
        sent_at=NOON,
        reporter=RITA.id,
        place=PARK,
        address="a" * 200,
        unit=3,
    )
    here = replace(ANA, position=Position(place=PARK, at=NOON))
    asked = e.Offered(agent=ANA.id, by=RITA.id, by_hand=True, distance=0.0)
    assert begun(THERE, command, agent=here) == (opened, asked)
    own = replace(asked, agent=RITA.id)
    assert begun(THERE, command, agent=THERE) == (opened, own, e.Accepted(agent=RITA.id))


@pytest.mark.parametrize(("minutes", "mine", "told"), [(0, False, True), (30, False, False), (0, True, False)])
def test_ordinary_works_first_step_is_told_at_once_or_at_its_time(minutes: int, mine: bool, told: bool) -> None:
    policy = EscalationPolicy(steps=(step_of(timedelta(minutes=minutes), *LADDER.steps[0].notify),))
    rules = Rules(policies={Priority.HIGH: policy})
    agent = THERE if mine else None
    given = replace(situation(THERE, None, agent=agent), rules=rules)
    command = replace(WORK, priority=Priority.HIGH, assignee=agent.id if agent is not None else None)
    decision = decide(given, command, LATER)
    assert not isinstance(decision, Refusal)
    climbed = e.Escalated(step=0, notified=(SARA.id,), cause=Cause.OPENED)
    assert [event for event in decision if isinstance(event, e.Escalated)] == ([climbed] if told else [])
