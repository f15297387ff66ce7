"""How work and emergencies begin."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.situation import Rules
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.places import Place
from core.vocabulary.words import Availability, Membership, Priority
from tests.core.stages import ANA, BETO, CARLA, LADDER, NOON, RITA, SARA, answer, free, situation

PARK = Place(-2.19, -79.88)
WORK = c.OpenTask(title="Ronda", sent_at=NOON)
ALARM = c.OpenEmergency(title="Robo", sent_at=NOON)


def begun(command: c.AnyCommand, **more: object) -> tuple[e.AnyEvent, ...]:
    """The events with which Rita's report begins."""
    decision = decide(situation(RITA, None, **more), command, NOON)
    assert isinstance(decision, tuple)
    return decision


def test_work_begins_as_it_was_reported() -> None:
    command = c.OpenTask(
        title="  Ronda\n zona  norte ", sent_at=NOON, priority=Priority.HIGH, place=PARK, address="Av. 9 de Octubre"
    )
    (opened,) = begun(command)
    assert isinstance(opened, e.Opened)
    assert (opened.title, opened.priority, opened.place) == ("Ronda zona norte", Priority.HIGH, PARK)
    assert (opened.address, opened.reporter, opened.policy) == ("Av. 9 de Octubre", RITA.id, None)


@pytest.mark.parametrize(
    ("assignee", "expected"),
    [
        (None, "opened"),
        (ANA, "opened+offered"),
        (RITA, "opened+offered+accepted"),
        (replace(RITA, availability=Availability.OFF_DUTY), "opened+offered+accepted"),
        (replace(ANA, availability=Availability.ON_TASK), "opened+offered"),
        (replace(ANA, availability=Availability.OFF_DUTY), "-agent-unfit"),
        (replace(ANA, reachable=False), "-agent-unfit"),
        (replace(ANA, membership=Membership.DISABLED), "-unknown-person"),
    ],
)
def test_work_is_offered_to_whom_it_is_for_and_ones_own_is_accepted(assignee: Person | None, expected: str) -> None:
    command = replace(WORK, assignee=assignee.id if assignee else None)
    assert answer(RITA, command, None, agent=assignee) == expected


def test_work_for_somebody_who_does_not_exist_is_refused() -> None:
    assert answer(RITA, replace(WORK, assignee=99), None) == "-unknown-person"


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (replace(WORK, title=" \n"), "-empty"),
        (replace(WORK, title="a" * 201), "-too-long"),
        (replace(WORK, title="a" * 200), "opened"),
        (replace(WORK, address=" "), "-empty"),
        (replace(WORK, address="a" * 201), "-too-long"),
        (replace(WORK, place=Place(91, 0)), "-off-earth"),
        (replace(ALARM, place=Place(0, float("nan"))), "-off-earth"),
    ],
)
def test_a_report_that_cannot_be_kept_is_refused(command: c.Reporting, why: str) -> None:
    assert answer(RITA, command, None) == why


def test_p2_the_same_report_again_in_a_hurry_is_the_same_report() -> None:
    for command in (WORK, ALARM):
        assert answer(RITA, command, None, duplicate_of=3) == "-twin"


def test_an_emergency_goes_to_the_nearest_and_climbs_at_once() -> None:
    opened, *waves, climbed = begun(replace(ALARM, place=PARK), candidates=free(ANA, BETO, CARLA, SARA))
    assert isinstance(opened, e.Opened)
    assert (opened.priority, opened.policy) == (Priority.CRITICAL, LADDER)
    until = NOON + timedelta(seconds=45)
    assert waves == [
        e.Offered(agent=ANA.id, distance=100.0, until=until),
        e.Offered(agent=BETO.id, distance=200.0, until=until),
        e.Offered(agent=CARLA.id, distance=300.0, until=until),
    ]
    assert isinstance(climbed, e.Escalated)
    assert (climbed.cause, climbed.notified) == (Cause.OPENED, (SARA.id,))


def test_p4_with_nobody_to_ask_the_alert_climbs_and_says_so() -> None:
    _, climbed = begun(ALARM)
    assert isinstance(climbed, e.Escalated)
    assert climbed.cause is Cause.NOBODY


def test_p4_no_configuration_takes_an_emergencys_ladder_away() -> None:
    for rules in (Rules(), Rules(policies={}), Rules(policies={Priority.CRITICAL: replace(LADDER, steps=())})):
        (opened, *_) = begun(ALARM)
        assert isinstance(opened, e.Opened)
        policy = rules.policy(Priority.CRITICAL)
        assert policy is not None
        assert policy.steps
        assert policy.broadcast_every is not None


def test_an_emergency_is_never_refused_for_its_words() -> None:
    assert answer(RITA, replace(ALARM, title=""), None) == "opened+escalated"
    long = "auxilio " * 200
    opened, noted, *_ = begun(replace(ALARM, title=long))
    assert isinstance(opened, e.Opened)
    assert len(opened.title) == 200
    assert opened.title.endswith("…")
    assert noted == e.Noted(text=long), "the whole text is kept"
